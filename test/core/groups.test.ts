/** Caps over several rules: what a group is worth, whatever the order of events, and who took the points. */
import fc from 'fast-check';
import type { PointsModel } from '../../workflows/core';
import { totalOf } from '../../workflows/core/points';
import { modelSchema } from '../../workflows/settings/model-schema';
import { given, monday } from '../support/given';
import { people } from '../support/people';
import { b2bPoints, publish } from '../support/published';

const day = 86_400_000;
const model: PointsModel = {
  ...b2bPoints,
  groups: { social: { total: 12 }, site: { total: 20 } },
  rules: b2bPoints.rules.map((rule) => {
    if (rule.on.startsWith('social.')) return { ...rule, group: 'social' };
    return rule.on === 'page.viewed' ? { ...rule, group: 'site' } : rule;
  }),
};
const published = publish({ plans: [], models: [model] });
const tale = () => given(published, people.ada.leadId);
const pointsOf = (one: ReturnType<typeof given>) => (one.state().scores['b2b-points']?.total ?? 0) / 1_000;

test('rules of a group are worth no more together than the group', () => {
  const one = tale()
    .does('social.followed', { network: 'a' })
    .does('social.messaged', { network: 'a' })
    .does('social.messaged', { network: 'a' });
  expect(one.factsOf('PointsChanged').map(({ rule, delta, capped }) => [rule, delta / 1_000, capped])).toEqual([
    ['follow', 5, undefined],
    ['message', 7, 'group'],
    ['message', 0, 'group'],
  ]);
  expect(pointsOf(one.does('form.submitted', { form: 'x' }))).toBe(32);
});

test('what the cap of a group kept back counts again when older points have faded', () => {
  const one = tale();
  for (let n = 0; n < 4; n += 1) one.does('social.messaged', { network: 'a' });
  expect(pointsOf(one)).toBe(12);
  // Forty points, of which twelve count; at a quarter they are ten.
  expect(pointsOf(one.after('91 days').does('app.login'))).toBe(10);
});

test('a cap of the rule comes first, then that of its group', () => {
  const one = tale();
  for (let n = 0; n < 3; n += 1) one.does('social.followed', { network: 'a' });
  expect(one.factsOf('PointsChanged').at(-1)).toMatchObject({ delta: 0, capped: 'total' });
  expect(pointsOf(one)).toBe(10);
});

test('points gained lately stay within the group', () => {
  const one = tale();
  for (let n = 0; n < 4; n += 1) one.after('1 day').does('page.viewed', { path: '/pricing' });
  expect(pointsOf(one)).toBe(20);
});

test('the sum of all changes is the score, in any order and over any days', () => {
  const deeds = ['social.followed', 'social.messaged', 'page.viewed', 'form.submitted', 'email.unsubscribed'] as const;
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...deeds), fc.nat(120), fc.nat(3)), { maxLength: 40 }), (life) => {
      const one = tale();
      for (const [type, ago, days] of life) {
        one.after(`${days} days`);
        one.does(type, type === 'page.viewed' ? { path: '/pricing' } : {}, { at: monday + (days - ago) * day });
      }
      const sum = [...one.factsOf('PointsChanged'), ...one.factsOf('PointsDecayed')].reduce((total, { delta }) => total + delta, 0);
      const aggregate = one.state().scores['b2b-points'];
      expect(aggregate?.total ?? 0).toBe(sum);
      if (aggregate !== undefined) expect(totalOf(model, aggregate.raw, aggregate.throughDay)).toBe(aggregate.total);
    }),
    { numRuns: 150 },
  );
});

describe('a model file', () => {
  const file = { ...b2bPoints, fit: { industry: { software: 20, _other: 10, _unknown: 0 } } };
  const faultsOf = (changed: object) =>
    (modelSchema.safeParse({ ...file, ...changed }).error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);

  test('names groups that are there', () => {
    expect(faultsOf({})).toEqual([]);
    expect(faultsOf({ rules: [{ id: 'a', on: 'app.login', points: 1, group: 'use' }] })).toEqual([
      'rules.0.group: there is no group "use"; groups has none',
    ]);
  });

  test.each(['religion', 'health', 'ethnicity', 'trade union member', 'sexual orientation'])('scores nobody by %s', (trait) => {
    expect(faultsOf({ fit: { [trait]: { _other: 1, _unknown: 0 } } })).toEqual([expect.stringContaining('nobody is scored by that')]);
  });
});
