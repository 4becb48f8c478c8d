/** Points that depend on when and how often: recent deeds count more, so many in a span bring extra points, all together are capped, and the first stage brings some. */
import type { PointsModel } from '../../workflows/core';
import { compiledModel } from '../../workflows/core/compiled-model';
import { oftenWorth } from '../../workflows/core/often';
import { withRaw } from '../../workflows/core/cells';
import { gainedSince } from '../../workflows/core/points';
import { defineSequence } from '../../workflows/core/words';
import { modelSchema } from '../../workflows/settings/model-schema';
import { given, monday } from '../support/given';
import type { Tale } from '../support/given';
import { people } from '../support/people';
import { b2bPoints, publish } from '../support/published';

const day = 86_400_000;
const base: PointsModel = { ...b2bPoints, rules: [], starting: { otherwise: 0 } };
const recent: PointsModel = { ...base, rules: [{ id: 'visit', on: 'page.viewed', points: 5, recent: { days: 7, percent: 200 } }] };
const often: PointsModel = {
  ...base,
  rules: [
    { id: 'visit', on: 'page.viewed', points: 2 },
    { id: 'third-visit', on: 'page.viewed', points: 10, times: 3, per: '7 days', perDay: 1 },
  ],
};
const tale = (model: PointsModel): Tale => given(publish({ plans: [], models: [model] }), people.ada.leadId);
const pointsOf = (one: Tale): number => (one.state().scores['b2b-points']?.total ?? 0) / 1_000;
const visit = (one: Tale): Tale => one.does('page.viewed', { path: '/' });

describe('what is recent', () => {
  test('counts double for a week and falls to its usual worth after, said as the passing of time', () => {
    const one = visit(tale(recent));
    expect([pointsOf(one), one.factsOf('PointsChanged')[0]]).toMatchObject([10, { raw: 5_000, delta: 10_000, decayPercent: 200 }]);
    expect(pointsOf(one.after('6 days').does('app.login'))).toBe(10);
    expect(pointsOf(one.after('1 day').does('app.login'))).toBe(5);
    expect(pointsOf(one.after('23 days').does('app.login'))).toBe(2.5);
    expect(one.factsOf('PointsDecayed').map(({ delta }) => delta)).toEqual([-5_000, -2_500]);
  });
  test('that is told late counts as old as it is', () => {
    const one = tale(recent).does('page.viewed', { path: '/' }, { at: monday - 10 * day });
    expect(pointsOf(one)).toBe(5);
  });
});

describe('what happens often', () => {
  test('brings extra points with the third day of visits in a week, once, and again in the next week', () => {
    const one = visit(visit(visit(tale(often))));
    expect(pointsOf(one)).toBe(6);
    visit(one.after('1 day'));
    expect(pointsOf(one)).toBe(8);
    visit(one.after('1 day'));
    expect([pointsOf(one), one.last()]).toMatchObject([20, [{}, { rule: 'visit' }, { rule: '#third-visit', delta: 10_000 }]]);
    expect(pointsOf(visit(visit(one.after('1 day'))))).toBe(24);
    // The Sunday still belongs to it, the Monday does not.
    expect(pointsOf(visit(one.after('3 days')))).toBe(26);
    for (const _ of [1, 2]) visit(one.after('1 day'));
    expect(pointsOf(one)).toBe(30);
    expect(pointsOf(visit(one.after('1 day')))).toBe(42);
  });
  test('fades from the day the span was full', () => {
    const one = visit(visit(visit(tale(often)).after('1 day')).after('1 day'));
    expect(pointsOf(one)).toBe(16);
    expect(pointsOf(one.after('29 days').does('app.login'))).toBe(2 * 0.5 * 2 + 2 + 10);
    expect(pointsOf(one.after('1 day').does('app.login'))).toBe(8);
  });
  test('is capped like any rule', () => {
    const capped: PointsModel = { ...often, rules: often.rules.map((rule) => (rule.times === undefined ? rule : { ...rule, total: 15 })) };
    const one = tale(capped);
    for (let week = 0; week < 2; week += 1) {
      for (let at = 0; at < 3; at += 1) visit(one).after('1 day');
      one.after('4 days');
    }
    expect(one.factsOf('PointsChanged').filter(({ rule, delta }) => rule === '#third-visit' && delta !== 0)).toMatchObject([
      { delta: 10_000 },
      { delta: 5_000, capped: 'total' },
    ]);
  });
  test('is no plain rule of the same name in another version: how often is not read as points', () => {
    const before = visit(tale(often));
    const plain: PointsModel = { ...often, version: 2, rules: often.rules.map(({ times: _times, per: _per, ...rule }) => rule) };
    const one = given(publish({ plans: [], models: [plain] }), people.ada.leadId, before.now(), before.state()).after('1 day');
    expect(pointsOf(one)).toBe(2);
  });
  test('a span pays once however the days are told, and only for what happened in it', () => {
    const rule = { times: 2, days: 7, points: 10_000 };
    const cells = (...days: readonly number[]): string => days.reduce((made, one) => withRaw(made, one, 1_000), '');
    // Day 4 was the first Monday of 1970.
    expect(oftenWorth(cells(4, 10), rule, 9, () => 100)).toBe(10_000);
    expect(oftenWorth(cells(10, 11), rule, 9, () => 100)).toBe(0);
    expect(oftenWorth(cells(11, 4, 10, 12, 17), rule, 9, () => 100)).toBe(20_000);
  });
});

describe('a cap over the whole model', () => {
  const capped: PointsModel = { ...b2bPoints, total: 50 };
  test('keeps all points together below it, whatever they are for, and the entry says so', () => {
    const one = tale(capped).profile({ source: 'referral' }).does('form.submitted', { form: 'a' }).does('trial.started', { plan: 'team' });
    expect([pointsOf(one), one.factsOf('PointsChanged').at(-1)]).toMatchObject([50, { raw: 25_000, delta: 15_000, capped: 'model' }]);
    expect(pointsOf(one.does('email.unsubscribed'))).toBe(40);
    expect(pointsOf(one.does('form.submitted', { form: 'b' }))).toBe(50);
  });
});

describe('starting points by stage', () => {
  const staged: PointsModel = { ...b2bPoints, startingByStage: { consideration: 10, decision: 25 } };
  const plan = defineSequence({
    id: 'plan',
    version: 1,
    model: 'b2b-points',
    phases: {
      learn: { stage: 'awareness', touches: [], exhaustedAfter: '9 days', exhausted: { to: 'weigh' } },
      weigh: { stage: 'consideration', touches: [], exhaustedAfter: '9 days', exhausted: { to: 'buy' } },
      buy: { stage: 'decision', touches: [], exhaustedAfter: '90 days' },
    },
  });
  const world = publish({ plans: [plan], models: [staged] });
  const enrolled = (phase?: string): Tale =>
    given(world, people.ada.leadId)
      .profile({ source: 'referral' })
      .command({ word: 'enrol', sequence: 'plan', ...(phase === undefined ? {} : { phase }) });

  test('are given once, for the stage somebody is first in, beside those of the source', () => {
    const one = enrolled('weigh');
    expect([pointsOf(one), one.state().began]).toEqual([25, 'consideration']);
    expect(one.factsOf('PointsChanged').map(({ rule, delta }) => [rule, delta])).toEqual([
      ['_start', 15_000],
      ['_stage', 10_000],
    ]);
    one.until(monday + 12 * day);
    expect([one.state().stage, pointsOf(one)]).toEqual(['decision', 25]);
  });
  test('are none for a stage that brings none, then or later', () => {
    const one = enrolled().until(monday + 20 * day);
    expect([one.state().stage, pointsOf(one)]).toEqual(['decision', 15]);
  });
  test('are counted again by new rules for the stage it was', () => {
    const one = enrolled('weigh').until(monday + 12 * day);
    const generous = publish({ plans: [plan], models: [{ ...staged, version: 2, startingByStage: { consideration: 20, decision: 90 } }] });
    const again = given(generous, people.ada.leadId, one.now(), one.state(), one.history()).command({
      word: 'rescore',
      model: 'b2b-points',
    });
    expect(pointsOf(again)).toBe(35);
  });
});

test('gained within a span counts the extra points of that span and no others', () => {
  const raw = visit(visit(visit(tale(often)).after('1 day')).after('1 day')).state().scores['b2b-points']?.raw ?? [];
  const today = Math.floor(monday / day) + 2;
  expect([gainedSince(often, raw, today), gainedSince(often, raw, today - 9), gainedSince(often, raw, today + 1)]).toEqual([
    12_000, 16_000, 0,
  ]);
});

test('a span is kept whole until none of its days counts', () =>
  expect(compiledModel(often).keptDays).toBe(compiledModel(often).forgetAge + 7));

test('a rule by frequency needs its span, and spans are whole days', () => {
  const faults = (rule: object): readonly string[] =>
    (modelSchema.safeParse({ ...base, fit: {}, rules: [{ id: 'x', on: 'page.viewed', points: 5, ...rule }] }).error?.issues ?? []).map(
      ({ path, message }) => `${path.join('.')}: ${message}`,
    );
  expect(faults({ times: 3 })).toEqual([expect.stringMatching(/^rules.0.times: needs a span beside it/)]);
  expect(faults({ per: '7 days' })).toEqual([expect.stringMatching(/^rules.0.per: says nothing without times/)]);
  expect(faults({ times: 3, per: '5 hours' })).toEqual([expect.stringMatching(/^rules.0.per: must be whole days/)]);
  expect(faults({ times: 1, per: '7 days' })).toEqual([expect.stringMatching(/^rules.0.times: must be at least 2/)]);
  expect(faults({ recent: { days: 0, percent: 200 } })).toEqual([expect.stringMatching(/^rules.0.recent.days/)]);
  expect(faults({ times: 3, per: '1 week', recent: { days: 7, percent: 150 } })).toEqual([]);
});
