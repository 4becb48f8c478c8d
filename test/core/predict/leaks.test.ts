import { judge, probability } from '../../../workflows/core/predict';
import { toldBy } from '../../../workflows/core/predict/strength';
import { chanceFrom, diceOf, gym, school, software } from './lists';
import type { MadeList, MadeRow } from './lists';
import { out, trained } from './training';

jest.setTimeout(60_000);

describe.each([
  ['gym', gym],
  ['software', software],
  ['school', school],
] as const)('on the list of a %s', (_, made: (seed: number, size?: number) => MadeList) => {
  const list = made(31);
  const model = trained(list.rows, list.target);

  test('every column that gives the answer away is found and named, and no honest one is', () => {
    expect(list.leaks.filter((column) => !out(model).includes(column))).toEqual([]);
    expect(list.honest.filter((column) => out(model).includes(column))).toEqual([]);
  });

  test('probabilities hold on leads nobody has seen, nearly as well as the figures in the model say', () => {
    const fresh = made(77, 6_000);
    const chances = Float64Array.from(fresh.rows, (row) => probability(model, row));
    const happened = Uint8Array.from(fresh.rows, (row) => (/^(ja|true|won)$/i.test(row[list.target] ?? '') ? 1 : 0));
    const figures = judge(chances, happened);
    expect(figures.ece).toBeLessThan(0.03);
    expect(Math.abs(figures.auc - (model.models[0]?.metrics.auc ?? 0))).toBeLessThan(0.06);
    expect(figures.logLoss).toBeLessThan(figures.baseLogLoss * 0.95);
  });
});

describe('a leak', () => {
  const leaky = (leak: (won: boolean, dice: ReturnType<typeof diceOf>) => string, seed = 3): readonly MadeRow[] => {
    const dice = diceOf(seed);
    return Array.from({ length: 2_000 }, () => {
      const warm = dice.normal();
      const from = dice.pick({ web: 5, fair: 3, friend: 1 });
      const won = dice.hit(chanceFrom(-1.2 + 1.7 * warm + (from === 'friend' ? 2 : 0)));
      return {
        warmth: (warm + 0.5 * dice.normal()).toFixed(2),
        tier: warm > 1 ? 'gold' : warm > 0 ? 'silver' : 'bronze',
        from,
        thing: leak(won, dice),
        y: won ? '1' : '0',
      };
    });
  };

  test.each<[string, Parameters<typeof leaky>[0]]>([
    ['the outcome with one in twenty wrong', (won, dice) => (won !== dice.hit(0.05) ? 'a' : 'b')],
    ['a number that three of five customers have', (won, dice) => (won && dice.hit(0.6) ? String(Math.floor(dice.unit() * 1e6)) : '')],
    ['a reason that a third of the lost have', (won, dice) => (!won && dice.hit(0.33) ? dice.pick({ price: 2, time: 1 }) : '')],
    ['an owner whom every customer has and some of the others', (won, dice) => (won || dice.hit(0.4) ? dice.pick({ ann: 1, bob: 1 }) : '')],
    ['an amount that is 0 unless they bought', (won, dice) => (won ? String(Math.ceil(dice.unit() * 900)) : '0')],
    [
      'a stage of which some are the end',
      (won, dice) => (won ? dice.pick({ done: 4, talks: 5 }) : dice.pick({ over: 3, talks: 3, new: 4 })),
    ],
    [
      'what was said on the phone, of which only some is the end',
      (won, dice) =>
        won ? dice.pick({ 'sends papers': 60, talks: 38, silent: 2 }) : dice.pick({ silent: 45, 'sends papers': 1, talks: 54 }),
    ],
    ['a date of closing', (won, dice) => (won || dice.hit(0.5) ? `2025-0${1 + Math.floor(dice.unit() * 9)}-11` : '')],
    [
      'free words that only sales writes',
      (won, dice) => (won ? `agreed with person ${Math.floor(dice.unit() * 1e6)} about the first order` : ''),
    ],
  ])('%s is found under a name that says nothing, and its neighbours stay', (_, leak) => {
    expect(out(trained(leaky(leak), 'y'))).toEqual(['thing']);
  });

  test('is used when the user insists, and the report says what it looks like', () => {
    const rows = leaky((won, dice) => (won !== dice.hit(0.05) ? 'a' : 'b'));
    const kept = trained(rows, 'y', { keep: ['thing'] });
    expect(out(kept)).toEqual([]);
    expect(kept.columns.find(({ column }) => column === 'thing')?.note).toMatch(/kept on request; gives the answer away/);
    expect(kept.models[0]?.metrics.auc).toBeGreaterThan(0.95);
  });

  test('that is weaker is found by its name', () => {
    const weak = (won: boolean, dice: ReturnType<typeof diceOf>): string => (won !== dice.hit(0.13) ? 'a' : 'b');
    const rows = leaky(weak);
    expect(out(trained(rows, 'y'))).toEqual([]);
    const named = rows.map(({ thing = '', ...row }) => ({ ...row, 'Call outcome': thing }));
    expect(out(trained(named, 'y'))).toEqual(['Call outcome']);
  });

  describe('the length of a talk', () => {
    const talks = leaky((won, dice) => String(Math.floor(Math.exp(5 + (won ? 0.95 : 0) + 0.75 * dice.normal()))), 5);
    const called = (name: string): readonly MadeRow[] => talks.map(({ thing = '', ...row }) => ({ ...row, [name]: thing }));

    test.each(['duration', 'Call duration (sec)', 'last_contact_duration', 'Gesprächsdauer', 'callDuration'])(
      'named "%s" is left out: it ended with the answer',
      (name) => {
        const model = trained(called(name), 'y');
        expect(out(model)).toEqual([name]);
        expect(model.leftOut[0]?.because).toMatch(/how long somebody was spoken to/);
      },
    );

    test.each(['Total Time Spent on Website', 'ProductRelated_Duration', 'session duration', 'Minutes watched'])(
      'is not meant by "%s", which is known before',
      (name) => expect(out(trained(called(name), 'y'))).toEqual([]),
    );
  });

  test('a strong honest column that is followed by most conversions is none, but it is called doubtful', () => {
    const dice = diceOf(8);
    const rows = Array.from({ length: 4_000 }, () => {
      const use = dice.normal();
      return { use: use.toFixed(3), other: dice.pick({ a: 1, b: 1 }), y: dice.hit(chanceFrom(-1.5 + 2.6 * use)) ? 'yes' : 'no' };
    });
    const model = trained(rows, 'y');
    expect(out(model)).toEqual([]);
    expect(model.columns[0]).toMatchObject({ column: 'use', note: expect.stringContaining('doubtful') });
  });
});

describe('what one column tells of another among leads that ended alike', () => {
  const dice = diceOf(9);
  const rows = Array.from({ length: 3_000 }, (_, row) => ({
    a: Math.floor(dice.unit() * 10),
    b: Math.floor(dice.unit() * 10),
    label: row % 2,
  }));
  const labels = Uint8Array.from(rows, ({ label }) => label);
  const side = (level: (row: (typeof rows)[number]) => number) => ({
    levels: Uint16Array.from(rows, level),
    count: 32,
    unsaid: (at: number) => at === 31,
  });

  test('is nothing for columns that chance fills, however many answers they have', () => {
    expect(
      toldBy(
        side(({ a }) => a),
        side(({ b }) => b),
        labels,
      ).share,
    ).toBeLessThan(0.006);
  });

  test('is nothing for columns that only share the outcome', () => {
    const follows = ({ a, label }: (typeof rows)[number]): number => (a < 8 ? label : 2);
    expect(
      toldBy(
        side(follows),
        side(({ b, label }) => (b < 8 ? label : 2)),
        labels,
      ).share,
    ).toBeLessThan(0.006);
  });

  test('is all for a column that repeats the other, and rows where one is empty do not count', () => {
    const told = toldBy(
      side(({ a }) => a),
      side(({ a, b }) => (b < 5 ? a : 31)),
      labels,
    );
    expect(told.share).toBeGreaterThan(0.9);
    expect(told.rows).toBe(rows.filter(({ b }) => b < 5).length);
  });
});

describe('how much somebody used a thing', () => {
  const lists = (thing: (uses: number, won: boolean, dice: ReturnType<typeof diceOf>) => string): readonly MadeRow[] => {
    const dice = diceOf(21);
    return Array.from({ length: 5_000 }, () => {
      const uses = dice.hit(0.4) ? 0 : 1 + Math.floor(-Math.log(dice.unit()) * 6);
      const warm = dice.normal();
      const won = dice.hit(uses === 0 ? 0.001 : chanceFrom(-2.4 + 0.18 * uses + 0.6 * warm));
      return { thing: thing(uses, won, dice), warmth: warm.toFixed(2), y: won ? '1' : '0' };
    });
  };

  test.each([
    ['0', '0 where they never did'],
    ['', 'empty where they never did'],
  ])('is no leak though nobody without it ever bought (%s is written: %s)', (none) => {
    expect(
      out(
        trained(
          lists((uses) => (uses === 0 ? none : String(uses))),
          'y',
        ),
      ),
    ).toEqual([]);
  });

  test('is told from an amount that is written in the course of a sale', () => {
    const rows = lists((uses, won, dice) => (won || (uses > 0 && dice.hit(0.4)) ? String(Math.round(Math.exp(9 + dice.normal()))) : '0'));
    expect(out(trained(rows, 'y'))).toEqual(['thing']);
  });
});

describe('columns that tell nothing', () => {
  const dice = diceOf(4);
  // As many conversions for each number, so that the little that folds seem to tell points the wrong way.
  const rows = Array.from({ length: 3_000 }, (_, row) => ({
    a: String(row % 9),
    b: dice.pick({ x: 1, y: 1 }),
    y: row % 5 === 0 ? '1' : '0',
  }));
  const model = trained(rows, 'y');

  test('leave everybody with the base rate, and the figures say so', () => {
    expect(probability(model, { a: '4', b: 'x' })).toBeCloseTo(0.2, 1);
    expect(model.models[0]?.metrics.ece).toBeLessThan(0.03);
    expect(model.models[0]?.metrics.logLoss).toBeLessThan(0.52);
  });

  test('make no model that may replace points, however many leads there are', () => {
    const flat = trained(
      rows.map(({ a, y }) => ({ a, y })),
      'y',
    );
    expect(flat.mayDecide).toBe(false);
  });
});
