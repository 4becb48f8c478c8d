/** A step's delay that marketing sets for a campaign. */
import { choose, defineSequence, email, field, setting, task } from '../../workflows/core/words';
import type { SaidStep } from '../../workflows/core/words';
import { faultsOf } from '../../workflows/core';
import type { Plan } from '../../workflows/core';
import type { PlanSettings } from '../../workflows/core/plan-settings';
import { explainPlan } from '../../workflows/speech/explain-plan';
import { given, monday } from '../support/given';
import { people } from '../support/people';
import { publish } from '../support/published';
import { day, hour, noQuiet, sent } from './timed-plans';

const { ada } = people;
const settings: PlanSettings = {
  pause: { kind: 'span', says: 'Between the mails', default: '3 days', min: '1 hour' },
  bonus: { kind: 'number', says: 'Percent off', default: 10 },
};
const planOf = (...touches: SaidStep<string, never>[]): Plan =>
  defineSequence({ id: 'plan', version: 1, model: 'b2b-points', settings, phases: { start: { touches, exhaustedAfter: '90 days' } } });
const enrolled = (plan: Plan, set?: Readonly<Record<string, string>>, traits: Readonly<Record<string, string>> = ada.traits) =>
  given(publish({ plans: [plan], settings: noQuiet }), ada.leadId)
    .profile(traits)
    .command({ word: 'enrol', sequence: 'plan', ...(set === undefined ? {} : { settings: set }) });
const later = email('later', { after: setting('pause') });

test('a step waits as long as the campaign says, else as long as the plan says', () => {
  expect(enrolled(planOf(later)).wake()).toBe(monday + 3 * day);
  expect(enrolled(planOf(later), { pause: '5 hours' }).wake()).toBe(monday + 5 * hour);
});

test('it counts from the closing of the step before, for tasks and choices too', () => {
  const plan = planOf(
    email('first', { after: '0 minutes' }),
    task('ring', { after: setting('pause'), says: 'Ring.' }),
    choose('way', {
      after: setting('pause'),
      arms: { here: { when: field('zone').known(), touches: [email('last', { after: '0 minutes' })] } },
    }),
  );
  const tale = enrolled(plan, { pause: '2 days' }, { zone: 'Etc/UTC' });
  tale.delivered();
  tale.until(monday + 2 * day, { hold: true });
  tale.outcome(tale.effects()[0]?.id ?? '', { as: 'assigned', rep: 'rep-rosa' });
  expect(sent(tale.until(monday + 4 * day)).at(-1)).toEqual(['last', '2026-01-09T10:00']);
});

test('days are calendar days of the person, and a local time comes on top', () => {
  const berlin = { zone: 'Europe/Berlin' };
  const tale = enrolled(planOf(email('later', { after: setting('pause'), on: 'Tuesday 10:00' })), { pause: '80 days' }, berlin);
  // The Tuesday after 26 March, when the clocks have gone forward.
  expect(tale.wake()).toBe(Date.UTC(2026, 2, 31, 8));
});

test('what is no span is refused on entry, and too short a one', () => {
  const answer = (pause: string) => enrolled(planOf(later), { pause }).factsOf('CommandRecorded')[0]?.answer;
  expect(answer('soon')).toMatchObject({ ok: false });
  expect(answer('5 minutes')?.says).toContain('must be at least 1 hour');
});

test('a setting that is not there, or is no span, is a fault', () => {
  const faults = (name: string) =>
    faultsOf({
      ...planOf(),
      phases: { start: { touches: [email('later', { after: setting(name) })], advance: [], exhaustedAfter: '9 days' } },
    });
  expect(faults('pauze')).toEqual([
    expect.objectContaining({ path: 'phases.start.touches[0].after', says: 'there is no setting "pauze"; there is pause, bonus' }),
  ]);
  expect(faults('bonus')).toEqual([expect.objectContaining({ says: 'setting "bonus" is a number; a time needs one of kind \'span\'' })]);
});

test('people read that the campaign says how long', () => {
  expect(JSON.stringify(explainPlan(planOf(later)))).toContain("as long after the step before as the campaign's pause says");
});
