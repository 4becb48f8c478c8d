/** A lead at a past moment: by what was known then, and by what is known now of what had happened then. */
import fc from 'fast-check';
import { ledgersOf } from '../../client/ledger';
import { asKnown, fold, inHindsight, initial, readScore } from '../../workflows/core';
import type { Fact, Model, Past, Published } from '../../workflows/core';
import { commandInput, eventInput, given, monday } from '../support/given';
import type { Tale } from '../support/given';
import { people } from '../support/people';
import { b2bPoints, publish } from '../support/published';

const { ada } = people;
const day = 86_400_000;
const world = publish({ plans: [] });
const score = ({ state }: Past): number => readScore(state.scores['b2b-points']);
const total = ({ state }: Past): number => state.scores['b2b-points']?.total ?? 0;
const then = (tale: Tale, at: number, published = world): { readonly known: Past; readonly hindsight: Past } => ({
  known: asKnown(published, ada.leadId, tale.history(), at),
  hindsight: inHindsight(published, ada.leadId, tale.history(), at),
});

test('an event that came two days late counts at its own day in hindsight, and not for what was known then', () => {
  const tale = given(world, ada.leadId)
    .profile({ ...ada.traits, source: 'referral' })
    .after('5 days');
  tale.does('form.submitted', { form: 'ebook' }, { at: monday + 3 * day });
  const { known, hindsight } = then(tale, monday + 4 * day);
  expect([score(known), score(hindsight)]).toEqual([15, 35]);
  expect([score(then(tale, monday + 2 * day).hindsight), score(then(tale, tale.now()).known)]).toEqual([15, 35]);
});

test('the points have faded to the day that is asked for, though nobody looked', () => {
  const tale = given(world, ada.leadId).does('form.submitted', { form: 'ebook' }).after('200 days').does('app.login');
  const at = monday + 40 * day;
  const faded = given(world, ada.leadId).does('form.submitted', { form: 'ebook' }).after('40 days').state().scores['b2b-points']?.total;
  expect(faded).toBeLessThan(20_000);
  expect([total(then(tale, at).known), total(then(tale, at).hindsight)]).toEqual([faded, faded]);
});

test('the grade is of the profile as it was', () => {
  const tale = given(world, ada.leadId).profile({}).after('3 days').profile(ada.traits);
  const grades = (at: number): unknown[] => Object.values(then(tale, at)).map(({ state }) => state.scores['b2b-points']?.grade);
  expect(grades(monday + day)).toEqual(['D', 'D']);
  expect(grades(monday + 4 * day)).toEqual(['A', 'A']);
});

test('rules that came later say nothing of what was known, and a re-scoring everything of what is known', () => {
  const generous: Model = { ...b2bPoints, version: 2, rules: b2bPoints.rules.map((rule) => ({ ...rule, points: rule.points * 2 })) };
  const both = publish({ plans: [], models: [b2bPoints, generous] });
  const tale = given(world, ada.leadId).does('form.submitted', { form: 'ebook' }).after('2 days');
  const again = given(both, ada.leadId, tale.now(), tale.state(), tale.history()).command({ word: 'rescore', model: 'b2b-points' });
  const facts = [...tale.history(), ...again.history()];
  expect(score(asKnown(both, ada.leadId, facts, monday + day))).toBe(20);
  expect(score(inHindsight(both, ada.leadId, facts, monday + day))).toBe(40);
  expect(score(inHindsight(both, ada.leadId, facts, monday - 1))).toBe(0);
});

const deed = fc.record({
  type: fc.constantFrom('form.submitted', 'page.viewed', 'email.clicked', 'social.followed', 'email.unsubscribed', 'app.login'),
  day: fc.integer({ min: 0, max: 250 }),
  hour: fc.integer({ min: 0, max: 23 }),
  lateDays: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 30 })),
  actor: fc.constantFrom('human' as const, 'human' as const, 'machine' as const),
});
const lives = fc.record({ deeds: fc.array(deed, { maxLength: 25 }), rescoredOn: fc.option(fc.integer({ min: 0, max: 280 })) });
type Life = { readonly published: Published; readonly facts: readonly Fact[]; readonly decided: readonly number[] };

/** Events in the order they came, some late; perhaps counted again by doubled points on some day. */
function lived({ deeds, rescoredOn }: typeof lives extends fc.Arbitrary<infer L> ? L : never): Life {
  const doubled: Model = { ...b2bPoints, version: 2, rules: b2bPoints.rules.map((rule) => ({ ...rule, points: rule.points * 2 })) };
  const after = publish({ plans: [], models: [b2bPoints, doubled] });
  const inputs = deeds.map((one) => {
    const at = monday + one.day * day + one.hour * 3_600_000;
    return { at: at + one.lateDays * day, input: eventInput(one.type, at, { path: '/pricing' }, { actor: one.actor }) };
  });
  const again =
    rescoredOn === null ? [] : [{ at: monday + rescoredOn * day, input: commandInput({ word: 'rescore', model: 'b2b-points' }) }];
  const facts: Fact[] = [];
  const decided: number[] = [];
  let published = world;
  for (const { at, input } of [...inputs, ...again].sort((a, b) => a.at - b.at)) {
    if (input.kind === 'command') published = after;
    facts.push(
      ...given(published, ada.leadId, at, fold(initial(ada.leadId), facts), facts)
        .batch([input])
        .history(),
    );
    decided.push(at);
  }
  return { published, facts, decided };
}

test('whatever happened: at the last moment both ways come to the score of today, and their entries to the sum', () => {
  fc.assert(
    fc.property(lives, (life) => {
      const { published, facts, decided } = lived(life);
      const last = decided.at(-1);
      fc.pre(last !== undefined);
      const today = fold(initial(ada.leadId), facts).scores['b2b-points']?.total ?? 0;
      const [known, hindsight] = [asKnown(published, ada.leadId, facts, last), inHindsight(published, ada.leadId, facts, last)];
      expect([total(known), total(hindsight)]).toEqual([today, today]);
      for (const { facts: told, state } of [known, hindsight])
        for (const { sum, total: points } of ledgersOf(told, state)) expect(sum).toBe(points);
    }),
    { numRuns: 200 },
  );
});

test('whatever happened: what was known at a decision is the state as it was then', () => {
  fc.assert(
    fc.property(lives, fc.nat(), (life, which) => {
      const { published, facts, decided } = lived(life);
      const at = decided[which % Math.max(1, decided.length)];
      fc.pre(at !== undefined);
      const state = fold(
        initial(ada.leadId),
        facts.filter(({ recordedAt }) => recordedAt <= at),
      );
      expect(asKnown(published, ada.leadId, facts, at).state).toEqual(state);
    }),
    { numRuns: 100 },
  );
});
