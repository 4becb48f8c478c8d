/** A life under changing rules: points counted by several versions, taken back, told late and counted again still come to what the rules in force make of what was done. */
import fc from 'fast-check';
import { ledgersOf } from '../../client/ledger';
import { asKnown, fold, inHindsight, initial } from '../../workflows/core';
import type { Fact, Input, PointsModel, Published } from '../../workflows/core';
import { totalOf } from '../../workflows/core/points';
import { eventInput, given, monday } from '../support/given';
import { people } from '../support/people';
import { b2bPoints, publish } from '../support/published';

const { ada } = people;
const views = b2bPoints.rules.filter(({ on }) => on === 'page.viewed').map(({ id }) => id);
const generous: PointsModel = {
  ...b2bPoints,
  version: 2,
  total: 90,
  groups: { site: { total: 40 } },
  rules: [
    ...b2bPoints.rules.map((rule) =>
      views.includes(rule.id) ? { ...rule, points: 7, group: 'site', recent: { days: 10, percent: 150 } } : rule,
    ),
    { id: 'often', on: 'page.viewed', points: 7, times: 3, per: '7 days', perDay: 2, total: 30, group: 'site' },
  ],
};
/** Without the rule for followers, and with others under new names. */
const strict: PointsModel = {
  ...b2bPoints,
  version: 3,
  rules: [
    ...b2bPoints.rules
      .filter(({ on }) => on !== 'social.followed')
      .map((rule) => (views.includes(rule.id) ? { ...rule, id: `${rule.id}-new`, points: 3 } : rule)),
    { id: 'restless', on: 'page.viewed', points: -6, times: 2, per: '7 days' },
  ],
};
const rules: readonly PointsModel[] = [b2bPoints, generous, strict];
const worlds: readonly Published[] = rules.map((model) => publish({ plans: [], models: [model] }));

type Step =
  | { readonly does: 'event'; readonly type: string; readonly path: string; readonly late: number }
  | { readonly does: 'wait'; readonly days: number }
  | { readonly does: 'retract'; readonly which: number }
  | { readonly does: 'retract first'; readonly type: string }
  | { readonly does: 'change rules'; readonly to: number }
  | { readonly does: 'rescore' };
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      does: fc.constant('event' as const),
      type: fc.constantFrom('page.viewed', 'social.followed', 'form.submitted', 'email.unsubscribed', 'email.clicked'),
      path: fc.constantFrom('/', '/pricing'),
      late: fc.integer({ min: 0, max: 40 * 24 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('wait' as const), days: fc.integer({ min: 0, max: 50 }) }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('retract' as const), which: fc.nat() }) },
  {
    weight: 1,
    arbitrary: fc.record({ does: fc.constant('retract first' as const), type: fc.constantFrom('page.viewed', 'form.submitted') }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('change rules' as const), to: fc.nat({ max: rules.length - 1 }) }) },
  { weight: 1, arbitrary: fc.constant({ does: 'rescore' as const }) },
);
const rescore = { word: 'rescore', model: 'b2b-points' } as const;
const eventOf = (id: string, type: string, path: string, at: number): Input =>
  eventInput(type, at, type === 'page.viewed' ? { path } : type === 'form.submitted' ? { form: 'f' } : {}, { at, id });

/** Ada's life, told by steps; whatever the rules, the tale goes on with her history. */
function life() {
  const before: Fact[] = [];
  let inForce = 0;
  let tale = given(worlds[0] as Published, ada.leadId, monday).profile({ source: 'referral' });
  const told: { readonly id: string; readonly input: Input; gone: boolean }[] = [];
  const facts = (): readonly Fact[] => [...before, ...tale.history()];
  const tell = (id: string, type: string, path: string, at: number): void => {
    const input = eventOf(id, type, path, at);
    told.push({ id, input, gone: false });
    tale.batch([input]);
  };
  const changeRules = (to: number): void => {
    before.push(...tale.history());
    tale = given(worlds[to] as Published, ada.leadId, tale.now(), fold(initial(ada.leadId), before), [...before]);
    inForce = to;
  };
  const live = (one: Step, nth: number): void => {
    const id = `e${String(nth).padStart(10, '0')}`;
    if (one.does === 'event') tell(id, one.type, one.path, tale.now() - one.late * 3_600_000);
    if (one.does === 'wait') tale.after(`${one.days} days`);
    if (one.does === 'rescore') tale.command(rescore);
    if (one.does === 'change rules') changeRules(one.to);
    const taken = one.does === 'retract' && told.length > 0 ? told[one.which % told.length] : undefined;
    if (taken !== undefined) {
      taken.gone = true;
      tale.command({ word: 'retract', event: taken.id });
    }
    if (one.does !== 'retract first') return;
    tale.batch([eventInput('engagement.retracted', tale.now(), { of: id, because: 'gateway' }, { actor: 'machine' })]);
    tale.batch([eventOf(id, one.type, '/', tale.now())]);
  };
  return { live, facts, told, tale: () => tale, model: () => rules[inForce] as PointsModel, world: () => worlds[inForce] as Published };
}

test('whatever rules came and went: the ledger comes to the points, what is taken back is gone, and counted again all is as if it had always been so', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const { live, facts, told, tale, model, world } = life();
      const points = () => tale().state().scores['b2b-points'];
      steps.forEach((one, nth) => {
        live(one, nth);
        for (const { sum, total } of ledgersOf(facts(), tale().state())) expect(sum).toBe(total);
        const known = points();
        if (known?.model.startsWith(`b2b-points@${model().version}#`) === true)
          expect(known.total).toBe(totalOf(model(), known.raw, known.throughDay));
      });
      tale().after('1 hour').command(rescore);
      const anew = given(world(), ada.leadId, monday).profile({ source: 'referral' }).until(tale().now());
      anew.batch(told.filter(({ gone }) => !gone).map(({ input }) => input));
      const always = anew.command(rescore).state().scores['b2b-points']?.total ?? 0;
      expect(points()?.total ?? 0).toBe(always);
      for (const look of [asKnown, inHindsight])
        expect(look(world(), ada.leadId, facts(), tale().now()).state.scores['b2b-points']?.total ?? 0).toBe(always);
    }),
    { numRuns: 300 },
  );
});
