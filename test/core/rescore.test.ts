/** Points counted again by a changed model: exact, told by a fact, with what follows from it or without. */
import fc from 'fast-check';
import { ledgersOf } from '../../client/ledger';
import { fold, initial, readScore } from '../../workflows/core';
import type { PointsModel, Published } from '../../workflows/core';
import { eventInput, given, monday } from '../support/given';
import type { Tale } from '../support/given';
import { people } from '../support/people';
import { b2bPoints, publish } from '../support/published';
import { selling } from './plans';

const { ada } = people;
const form = (points: number): PointsModel => ({
  ...b2bPoints,
  version: 2,
  rules: b2bPoints.rules.map((rule) => (rule.id === 'form' ? { ...rule, points } : rule)),
});
const before = publish({ plans: [selling] });
const generous = publish({ plans: [selling], models: [form(45)] });
const rescore = { word: 'rescore', model: 'b2b-points' } as const;

/** Ada's life so far, gone on with in a world with another model. */
function later(tale: Tale, published: Published): Tale {
  const history = [...tale.history()];
  const more = given(published, ada.leadId, tale.now(), fold(initial(ada.leadId), history), history);
  return more;
}
const scored = (tale: Tale): number => readScore(tale.state().scores['b2b-points']);
const filledIn = () => given(before, ada.leadId).profile(ada.traits).command({ word: 'enrol', sequence: 'selling' }).does('form.submitted');

test('comes to what the events would have come to under the new rules from the first day', () => {
  const told = filledIn().after('40 days').does('page.viewed', { path: '/pricing' });
  const anew = given(generous, ada.leadId)
    .profile(ada.traits)
    .command({ word: 'enrol', sequence: 'selling' })
    .does('form.submitted')
    .after('40 days')
    .does('page.viewed', { path: '/pricing' });
  const again = later(told, generous).command(rescore);
  const [mine, its] = [again.state().scores['b2b-points'], anew.state().scores['b2b-points']];
  expect([mine?.total, mine?.grade, mine?.fit]).toEqual([its?.total, its?.grade, its?.fit]);
  expect(Object.fromEntries(mine?.raw ?? [])).toEqual(Object.fromEntries(its?.raw ?? []));
});

test('is a fact, and the sum of the ledger is still the score', () => {
  const tale = later(filledIn(), generous).command(rescore);
  expect(tale.factsOf('LeadRescored').map(({ model, from, delta }) => ({ model, from, delta }))).toEqual([
    { model: 'b2b-points@2#d1', from: 'b2b-points@1#d1', delta: 25_000 },
  ]);
  expect(tale.factsOf('CommandRecorded').at(-1)?.answer.says).toBe('The score was 20 and is 45 by b2b-points@2.');
  const [ledger] = ledgersOf([...filledIn().history(), ...tale.history()], tale.state());
  expect([ledger?.sum, ledger?.total]).toEqual([45_000, 45_000]);
});

test('lets follow what follows: the hand-off by score and the lifecycle', () => {
  const tale = later(filledIn(), generous).command(rescore);
  expect(tale.state()).toMatchObject({ qualification: 'sql', handOff: { rule: 'selling.scored' } });
});

test('whatever was done in whatever order: counted again is what the new rules would have counted', () => {
  const deed = fc.record({
    type: fc.constantFrom('form.submitted', 'page.viewed', 'email.clicked', 'social.followed', 'email.unsubscribed'),
    day: fc.integer({ min: 0, max: 250 }),
    path: fc.constantFrom('/blog', '/pricing'),
  });
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 30 }), fc.integer({ min: 1, max: 90 }), (deeds, points) => {
      const inputs = deeds.map(({ type, day, path }) => eventInput(type, monday + day * 86_400_000, { path }));
      const at = monday + 260 * 86_400_000;
      const world = publish({ plans: [], models: [form(points)] });
      const plain = publish({ plans: [] });
      const told = given(plain, ada.leadId, at).profile(ada.traits).batch(inputs);
      const again = given(world, ada.leadId, at, told.state(), told.history()).command(rescore);
      const anew = given(world, ada.leadId, at).profile(ada.traits).batch(inputs.toReversed());
      const [mine, its] = [again.state().scores['b2b-points'], anew.state().scores['b2b-points']];
      expect(mine?.total).toBe(its?.total);
      expect(Object.fromEntries(mine?.raw ?? [])).toEqual(Object.fromEntries(its?.raw ?? []));
    }),
    { numRuns: 200 },
  );
});

describe('without what follows', () => {
  const quiet = () => later(filledIn(), generous).command({ ...rescore, quiet: true });
  test('the score is the new one, and nobody is handed off or qualified by it, however long', () => {
    const tale = quiet().after('20 days');
    expect([scored(quiet()), tale.state().qualification, tale.state().handOff]).toEqual([45, 'lead', undefined]);
  });
  test('with the next thing the person does the rules see it', () => {
    const tale = quiet().after('1 day').does('page.viewed', { path: '/blog' });
    expect([scored(tale), tale.state().qualification]).toEqual([50, 'sql']);
  });
  test('a machine that opens a mail is no such thing', () => {
    expect(quiet().does('email.opened', {}, { actor: 'machine' }).state().qualification).toBe('lead');
  });
  test('done twice the rules still go by the score from before the first', () => {
    const twice = later(filledIn(), generous).command({ ...rescore, quiet: true });
    const other = given(publish({ plans: [selling], models: [{ ...form(60), version: 3 }] }), ada.leadId, monday, twice.state(), [
      ...filledIn().history(),
      ...twice.history(),
    ]).command({ ...rescore, quiet: true });
    expect([scored(other), other.state().scores['b2b-points']?.quiet?.delta, other.state().qualification]).toEqual([60, 40_000, 'lead']);
  });
});

test('where nothing changes nothing is recorded but the asking; an unknown model is refused', () => {
  const same = later(filledIn(), before).command(rescore);
  expect(same.last().map(({ type }) => type)).toEqual(['CommandRecorded']);
  expect(later(filledIn(), before).command({ word: 'rescore', model: 'none' }).factsOf('CommandRecorded').at(-1)?.answer).toEqual({
    ok: false,
    says: 'There is no scoring model "none".',
  });
});
