/** Several people of one account: what colleagues do counts, and a cap per account makes a message wait. */
import { account, defineSequence, email, engaged, silentFor } from '../../workflows/core/words';
import { given, monday } from '../support/given';
import { people } from '../support/people';
import { publish } from '../support/published';

const { ada } = people;
const day = 86_400_000;
const plan = defineSequence({
  id: 'plan',
  version: 1,
  model: 'b2b-points',
  cap: { account: { people: 3, per: '7 days' } },
  exit: [account.any('deal.opened')],
  handOff: [{ name: 'warm', when: account.engagedPeople(3), sla: { contact: '24 hours' }, during: 'continue' }],
  phases: {
    only: {
      touches: [email('a', { after: '1 day' }), email('note', { after: '1 day', purpose: 'service' })],
      advance: [{ end: 'quiet', when: silentFor('20 days') }],
      exhaustedAfter: '60 days',
    },
  },
});
const settings = { quietHours: { from: 0, to: 0, zone: 'Etc/UTC' } } as const;
const entered = () =>
  given(publish({ plans: [plan], settings }), ada.leadId)
    .profile(ada.traits)
    .command({ word: 'enrol', sequence: 'plan' });
const told = { actor: 'unknown' } as const;

test('enough active colleagues hand the lead to sales', () => {
  const tale = entered().does('account.engaged', { people: 2 }, told);
  expect(tale.factsOf('HandOffRequested')).toEqual([]);
  expect(tale.does('account.engaged', { people: 3 }, told).factsOf('HandOffRequested')).toHaveLength(1);
});

test("a colleague's deal ends the enrolment", () => {
  const tale = entered().does('account.noticed', { event: 'deal.opened' }, told);
  expect(tale.factsOf('EnrolmentEnded').map(({ because }) => because)).toEqual(['exit: account.noticed']);
});

test('what colleagues do is no engagement of the lead: it stays silent and earns nothing', () => {
  const tale = entered().after('19 days').does('account.engaged', { people: 2 }, told);
  expect([tale.state().lastEngagedAt, tale.factsOf('PointsChanged').filter(({ event }) => event !== '')]).toEqual([undefined, []]);
  expect(
    tale
      .until(monday + 21 * day)
      .factsOf('EnrolmentEnded')
      .map(({ because }) => because),
  ).toEqual(['quiet']);
});

test('other events that no human caused still count for nothing', () => {
  const other = defineSequence({ ...plan, exit: [engaged('page.viewed')], cap: {} } as Parameters<typeof defineSequence>[0]);
  const tale = given(publish({ plans: [other], settings }), ada.leadId)
    .profile(ada.traits)
    .command({ word: 'enrol', sequence: 'plan' });
  expect(tale.does('page.viewed', { path: '/' }, told).factsOf('EnrolmentEnded')).toEqual([]);
});

test('the cap travels with marketing sends and not with service ones', () => {
  const tale = entered().until(monday + day, { hold: true });
  expect(tale.sends().map(({ accountCap }) => accountCap)).toEqual([{ people: 3, perMs: 7 * day }]);
  tale.outcome('e1.only.a.1', { as: 'sent', content: 'a@1#c1' }).until(monday + 2 * day, { hold: true });
  expect(tale.sends().map(({ touch, accountCap }) => [touch, accountCap])).toEqual([['note', undefined]]);
});

test("a message over the cap is tried again after a day, and waiting for it is nobody's failure", () => {
  const tale = entered().until(monday + day, { hold: true });
  for (let attempt = 1; attempt <= 8; attempt += 1) {
    tale.outcome(`e1.only.a.${attempt}`, { as: 'withheld', because: 'account-cap' });
    expect(tale.wake()).toBe(monday + (attempt + 1) * day);
    tale.until(monday + (attempt + 1) * day, { hold: true });
  }
  expect([tale.factsOf('TouchWithheld'), tale.sends().map(({ touch }) => touch)]).toEqual([[], ['a']]);
});
