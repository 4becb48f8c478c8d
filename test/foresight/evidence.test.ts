/** Which actions come before a purchase: rates per day on both sides of an action, intervals, too little data, and the points that follow. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { evidenceOf, suggested } from '../../workflows/foresight/evidence';
import type { Watched } from '../../workflows/foresight/evidence';
import { watchedOf } from '../../workflows/foresight/watched';
import { asFile, withPoints } from '../../workflows/settings/edit-points';
import { b2bPoints, publish } from '../support/published';
import { given, monday } from '../support/given';
import { people } from '../support/people';
import { daily } from '../core/plans';

const day = 86_400_000;
const watched = (days: number, bought: boolean, ...deeds: readonly (readonly [string, number])[]): Watched => ({
  from: 0,
  until: days * day,
  bought,
  deeds: deeds.map(([key, at]) => ({ key, at: at * day })),
});
const many = (count: number, one: Watched): readonly Watched[] => Array.from({ length: count }, () => one);
const of = (everybody: readonly Watched[], window = 30) =>
  new Map(evidenceOf(everybody, window * day).actions.map((one) => [one.key, one]));

test('the lift is the rate of buying within the window after the action over the rate of all other days', () => {
  // Ten of forty buy ten days after a demo: 10 of 400 + 30 x 30 = 1300 days. Ten others buy in 60 x 100 + 30 x 70 + … days without.
  const everybody = [
    ...many(10, watched(20, true, ['demo', 10])),
    ...many(30, watched(100, false, ['demo', 10])),
    ...many(10, watched(50, true)),
    ...many(50, watched(100, false)),
  ];
  const demo = of(everybody).get('demo');
  const [with_, without] = [10 * 10 + 30 * 30, 10 * 10 + 30 * 70 + 10 * 50 + 50 * 100];
  expect(demo).toMatchObject({ people: 40, bought: 10, personDays: with_ });
  expect(demo?.lift).toBeCloseTo(10 / with_ / (10 / without), 10);
  expect(demo?.interval?.[0]).toBeCloseTo((demo?.lift ?? 0) / Math.exp(1.96 * Math.sqrt(0.2)), 10);
});

test('who needs long to come to an action does not make it look good', () => {
  // Everybody buys at the same pace whether they did it or not: half do it on day 50 of 100, the other half never.
  const everybody = [
    ...many(10, watched(75, true, ['late', 50])),
    ...many(90, watched(100, false, ['late', 50])),
    ...many(10, watched(25, true)),
    ...many(10, watched(75, true)),
    ...many(80, watched(100, false)),
  ];
  const { lift = 0, interval = [0, 0] } = of(everybody, 1000).get('late') ?? {};
  expect(lift).toBeGreaterThan(0.7);
  expect(lift).toBeLessThan(1.6);
  expect(interval[0] < 1 && interval[1] > 1).toBe(true);
});

test('a purchase long after the action counts for nobody, and doing it twice counts its days once', () => {
  const everybody = [...many(30, watched(100, true, ['visit', 10], ['visit', 20])), ...many(30, watched(100, true))];
  expect(of(everybody, 30).get('visit')).toMatchObject({ people: 30, bought: 0, personDays: 30 * 40 });
});

test('what only a few did, or hardly anybody bought after or without, says nothing', () => {
  const few = of([...many(29, watched(20, true, ['a', 1])), ...many(60, watched(20, true))]).get('a');
  const without = of([...many(60, watched(20, true, ['a', 1])), ...many(60, watched(20, false))]).get('a');
  expect([few?.lift, few?.tooLittle]).toEqual([undefined, 'only 29 did it; 30 are needed']);
  expect(without?.tooLittle).toBe('only 0 bought without it; 5 are needed');
});

test('points follow from the cautious end of the lift, and together stay as many', () => {
  const judged = (key: string, low: number, high: number) =>
    [key, { key, people: 99, bought: 50, personDays: 1, lift: low, interval: [low, high] }] as const;
  const rules = ['form', 'click', 'visit', 'follow', 'unheard'].map((id) => ({ id, points: 10 }));
  const evidence = new Map([judged('form', 8, 12), judged('click', 2, 3), judged('visit', 0.8, 2), judged('follow', 0.2, 0.5)]);
  expect(suggested(rules, evidence)).toEqual([
    { rule: 'form', from: 10, to: 23 },
    { rule: 'click', from: 10, to: 8 },
    { rule: 'follow', from: 10, to: 0 },
  ]);
  expect(suggested(rules, new Map())).toEqual([]);
});

describe("a lead's facts", () => {
  const published = publish({ plans: [daily] });
  const looking = { since: 0, until: monday + 90 * day, leftOut: new Set(['subscription.started']), model: b2bPoints };
  test('are watched until the purchase, with events, their words and the rules that count them', () => {
    const facts = given(published, people.ada.leadId)
      .does('form.submitted', { form: 'demo' })
      .after('2 days')
      .does('page.viewed', { path: '/pricing' }, { actor: 'machine' })
      .does('rep.noted', { need: 'urgent' })
      .does('subscription.started')
      .history();
    expect(watchedOf(facts, looking)).toEqual({
      from: monday,
      until: monday + 2 * day,
      bought: true,
      deeds: ['form.submitted', 'form.submitted form=demo', 'rule form'].map((key) => ({ key, at: monday })),
    });
  });
  test('of somebody who was a customer before teach nothing', () => {
    const facts = given(published, people.fatima.leadId).profile(people.fatima.traits).does('form.submitted').history();
    expect(watchedOf(facts, looking)).toBeUndefined();
  });
});

describe('a model with other points', () => {
  test('keeps the comments and all else of its file', () => {
    const text = readFileSync(`${__dirname}/../../workflows/settings/b2b-points.yaml`, 'utf8');
    const edited = withPoints(text, 7, new Map([['demo', 42]]));
    const [was, is] = [parse(text), parse(edited)] as { version: number; rules: { id: string; points: number }[] }[];
    expect(is).toEqual({ ...was, version: 7, rules: was?.rules.map((rule) => (rule.id === 'demo' ? { ...rule, points: 42 } : rule)) });
    expect(edited.match(/^ *#.*$/gm)).toEqual(text.match(/^ *#.*$/gm));
  });
  test('can be written without a file', () => {
    expect(parse(withPoints(asFile(b2bPoints), 2, new Map()))).toEqual({ ...b2bPoints, version: 2 });
  });
});
