/** Silence enrols: people who have done nothing for so long, once a silence. */
import { any, defineSequence, email, engaged, silentFor } from '../../workflows/core/words';
import { describeLead, faultsOf } from '../../workflows/core';
import type { Plan } from '../../workflows/core';
import { given, monday } from '../support/given';
import { people } from '../support/people';
import { publish } from '../support/published';
import { day, noQuiet } from './timed-plans';

const { ada } = people;
const wake = defineSequence({
  id: 'wake',
  version: 1,
  model: 'b2b-points',
  for: 'both',
  on: silentFor('90 days'),
  reenter: '120 days',
  goal: engaged('page.viewed'),
  phases: { ask: { touches: [email('still-useful', { after: '0 minutes', repeatable: 'per enrolment' })], exhaustedAfter: '20 days' } },
});
const known = (plan: Plan = wake, settings = {}) =>
  given(publish({ plans: [plan], settings: { ...noQuiet, ...settings } }), ada.leadId).profile(ada.traits);
type Tale = ReturnType<typeof given>;
const enrolled = (tale: Tale) => tale.factsOf('Enrolled').map(({ recordedAt, because }) => [(recordedAt - monday) / day, because]);

test('who was last heard of so long ago is enrolled at that very moment', () => {
  const tale = known().after('3 days').does('app.login');
  expect(tale.wake()).toBe(monday + 93 * day);
  expect(enrolled(tale.until(monday + 94 * day))).toEqual([[93, 'silent for 90 days']]);
});

test('who was never heard of is silent since they are known', () => {
  expect(enrolled(known().until(monday + 91 * day))).toEqual([[90, 'silent for 90 days']]);
});

test('every sign of life puts it off, a machine does not', () => {
  const tale = known()
    .until(monday + 80 * day)
    .does('page.viewed', { path: '/' }, { actor: 'machine' });
  expect(tale.wake()).toBe(monday + 90 * day);
  expect(tale.does('page.viewed', { path: '/' }).wake()).toBe(monday + 170 * day);
});

test('a lead with such a sequence ahead does not sleep before, and says what it waits for', () => {
  const tale = known().until(monday + 89 * day);
  expect(tale.state().resting).toBeUndefined();
  expect(describeLead(publish({ plans: [wake] }), tale.state(), tale.now()).details).toContain(
    'Enters wake by silence at 2026-04-05 10:00 UTC if nothing is heard until then.',
  );
  expect(tale.until(monday + 300 * day).state().resting).toBe(true);
});

test('one silence enrols once, however often people may enter', () => {
  const tale = known({ ...wake, reenter: 'always' }).until(monday + 700 * day);
  expect(enrolled(tale)).toEqual([[90, 'silent for 90 days']]);
});

test('a new silence enrols again when the rule of re-entry allows, and not before', () => {
  const tale = known()
    .until(monday + 95 * day)
    .does('page.viewed', { path: '/' });
  expect(tale.factsOf('EnrolmentEnded').map(({ because }) => because)).toEqual(['goal: page.viewed']);
  expect(tale.wake()).toBe(monday + (95 + 120) * day);
  expect(enrolled(tale.until(monday + 400 * day)).map(([at]) => at)).toEqual([90, 215]);
});

test('nobody is enrolled by silence who could not enter: already in it, suppressed, never again, the wrong audience, unknown', () => {
  const never = known({ ...wake, reenter: 'never' })
    .until(monday + 95 * day)
    .does('page.viewed', { path: '/' })
    .until(monday + 400 * day);
  expect(enrolled(never)).toHaveLength(1);
  expect(
    enrolled(
      known()
        .command({ word: 'suppress', channel: 'all' })
        .until(monday + 400 * day),
    ),
  ).toEqual([]);
  expect(enrolled(known({ ...wake, who: { kind: 'score', atLeast: 99 } }).until(monday + 400 * day))).toEqual([]);
  expect(enrolled(known({ ...wake, for: 'customers' }).until(monday + 400 * day))).toEqual([]);
  const anonymous = given(publish({ plans: [wake], settings: noQuiet }), ada.leadId).does('page.viewed', { path: '/' });
  expect([enrolled(anonymous.until(monday + 400 * day)), anonymous.state().resting]).toEqual([[], true]);
});

test('a sleeping lead is taken up by the next look at it', () => {
  const asleep = known({ ...wake, id: 'other', on: engaged('app.login') }).until(monday + 100 * day);
  expect(asleep.state().resting).toBe(true);
  const later = given(publish({ plans: [wake], settings: noQuiet }), ada.leadId, monday + 101 * day, asleep.state());
  expect(later.wake()).toBeUndefined();
  expect(enrolled(later.command({ word: 'nudge' }))).toEqual([[101, 'silent for 90 days']]);
});

test('an event or a silence may enrol, whichever comes first; the shortest silence counts', () => {
  const either = { ...wake, on: any(engaged('app.login'), silentFor('60 days'), silentFor('90 days')) };
  expect(known(either).wake()).toBe(monday + 60 * day);
  expect(enrolled(known(either).after('1 day').does('app.login'))).toEqual([[1, 'app.login']]);
});

test('what neither an event nor a silence is cannot enrol', () => {
  const faults = faultsOf({ ...wake, on: any(silentFor('90 dais' as '90 days'), { kind: 'grade', atLeast: 'B' }) });
  expect(faults.map(({ path, says }) => `${path}: ${says}`)).toEqual([
    `on.of[0]: "90 dais" is no span; write for example '3 days' or '15 minutes'`,
    'on.of[1]: an event, a silence or a score enrols, not "grade"; write engaged(...), silentFor(...), score.atLeast(...) or any(...) of such',
  ]);
});
