/** The what-if: a lead's real log run again, under the same plan and under another. */
import { addCourse, courseOf, differenceOf, noSums } from '../../workflows/foresight/compare';
import { withPlan, withSettings } from '../../workflows/foresight/other-world';
import { rerun } from '../../workflows/foresight/rerun';
import { clicked, defineSequence, email, score } from '../../workflows/core/words';
import type { Fact, Plan } from '../../workflows/core';
import { given, monday } from '../support/given';
import { people } from '../support/people';
import { publish } from '../support/published';

const { ada } = people;
const day = 86_400_000;
const plan = (version: number, at: number, pause: '2 days' | '4 days' = '2 days'): Plan =>
  defineSequence({
    id: 'plan',
    version,
    model: 'b2b-points',
    handOff: [{ name: 'scored', when: score.atLeast(at), sla: { accept: '4 hours', contact: '24 hours' } }],
    phases: {
      learn: {
        stage: 'awareness',
        touches: [email('welcome', { after: '0 minutes' }), email('guide', { after: pause }), email('story', { after: pause })],
        advance: [{ to: 'close', when: clicked('guide') }],
        exhaustedAfter: '30 days',
      },
      close: { stage: 'decision', touches: [email('pricing', { after: '1 day' })], exhaustedAfter: '21 days' },
    },
  });
const [one, later, lower] = [plan(1, 60), plan(2, 60, '4 days'), plan(2, 20)];
const published = publish({ plans: [one] });
const refOf = (version: number) => `plan@${version}#made`;

/** Ada gets three mails, clicks in the second, gets the price list, and fills in a form worth a hand-off at 20 points. */
function life(): { readonly facts: readonly Fact[]; readonly until: number } {
  const tale = given(published, ada.leadId)
    .profile(ada.traits)
    .command({ word: 'enrol', sequence: 'plan' })
    .until(monday + 3 * day);
  const guide = tale.factsOf('TouchSent').find(({ touch }) => touch === 'guide');
  tale.does('email.clicked', { link: 'guide' }, { effect: guide?.effect ?? '' }).until(monday + 6 * day);
  tale.does('form.submitted', { form: 'demo' }).until(monday + 10 * day);
  return { facts: tale.history(), until: monday + 10 * day };
}
const real = life();
const kinds = (facts: readonly Fact[]) =>
  facts.map((fact) =>
    'touch' in fact ? `${fact.type} ${fact.touch}` : fact.type === 'PhaseEntered' ? `entered ${fact.phase}` : fact.type,
  );

test('under what was published then, the log comes out as it was', () => {
  for (const since of [monday, monday + day, monday + 3 * day, monday + 5 * day]) {
    const again = rerun({ published, leadId: ada.leadId, facts: real.facts, since, until: real.until });
    const happened = real.facts.filter(({ recordedAt }) => recordedAt >= since);
    expect(kinds(again.facts)).toEqual(kinds(happened));
    expect(differenceOf(ada.leadId, courseOf(happened), courseOf(again.facts))).toBeUndefined();
  }
});

test('a lower threshold would hand her to sales', () => {
  const other = withPlan(published, refOf(2), lower);
  const would = rerun({ published: other, leadId: ada.leadId, facts: real.facts, since: monday, until: real.until });
  const difference = differenceOf(ada.leadId, courseOf(real.facts), courseOf(would.facts));
  expect(difference?.handOff).toBe('would be handed off by scored');
  expect(difference?.reached).toContain('would become sql');
});

test('slower mails: the click comes only where its mail went before it', () => {
  const other = withPlan(published, refOf(2), later);
  const would = rerun({ published: other, leadId: ada.leadId, facts: real.facts, since: monday, until: real.until });
  expect(would.answersLost).toBe(1);
  const difference = differenceOf(ada.leadId, courseOf(real.facts), courseOf(would.facts));
  expect([difference?.more, difference?.less]).toEqual([['story'], ['pricing']]);
});

test('who is on the sequence already is moved, and what was recorded before stays', () => {
  const other = withPlan(published, refOf(2), later);
  const since = monday + day;
  const would = rerun({ published: other, leadId: ada.leadId, facts: real.facts, since, until: real.until, moveTo: 'plan@2' });
  expect(would.facts.filter(({ type }) => type === 'SequenceChanged')).toHaveLength(1);
  expect(would.facts.every(({ recordedAt }) => recordedAt >= since)).toBe(true);
  const guide = would.facts.find((fact) => fact.type === 'TouchSent' && fact.touch === 'guide');
  expect((guide?.recordedAt ?? 0) - monday).toBeGreaterThanOrEqual(4 * day);
});

test('a tighter cap holds mails back', () => {
  const other = withSettings(published, { ...published.settings, cap: { touches: 1, per: '7 days' } });
  const would = rerun({ published: other, leadId: ada.leadId, facts: real.facts, since: monday, until: real.until });
  expect(courseOf(would.facts).mails.length).toBeLessThan(courseOf(real.facts).mails.length);
});

test('a refusal of the mail server comes again for the same content', () => {
  const tale = given(published, ada.leadId).profile(ada.traits).command({ word: 'enrol', sequence: 'plan' });
  tale.outcome('e1.learn.welcome.1', { as: 'refused', because: 'mailbox full', permanent: false }).until(monday + 3 * day);
  const again = rerun({ published, leadId: ada.leadId, facts: tale.history(), since: monday, until: monday + 3 * day });
  expect(again.facts.filter(({ type }) => type === 'TouchRefused')).toHaveLength(1);
});

test('the sums of many leads are sums of their courses', () => {
  const sums = noSums();
  addCourse(sums, courseOf(real.facts));
  addCourse(sums, courseOf(real.facts));
  const { mails } = courseOf(real.facts);
  expect([sums.leads, sums.mails, Object.values(sums.mailsByDay).reduce((sum, n) => sum + n, 0)]).toEqual([
    2,
    2 * mails.length,
    2 * mails.length,
  ]);
});
