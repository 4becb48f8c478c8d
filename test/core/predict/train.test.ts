import { bandOf, probability, scorerOf, trainModel } from '../../../workflows/core/predict';
import { foldsOf } from '../../../workflows/core/predict/folds';
import { diceOf, gym, school, software } from './lists';
import type { MadeRow } from './lists';
import { ask, out, reason, trained } from './training';

jest.setTimeout(60_000);

describe('columns of every kind', () => {
  const dice = diceOf(21);
  const rows = Array.from({ length: 3_000 }, (_, at): MadeRow => {
    const shape = dice.pick({ low: 1, middle: 1, high: 1 });
    const won = dice.hit(shape === 'middle' ? 0.6 : 0.15);
    return {
      Nº: String(at + 1),
      amount: String(
        shape === 'low'
          ? Math.floor(dice.unit() * 100)
          : shape === 'middle'
            ? 100 + Math.floor(dice.unit() * 100)
            : 200 + Math.floor(dice.unit() * 5_000),
      ),
      place: `place ${Math.floor(dice.unit() ** 4 * 9_000)}`,
      religion: dice.pick({ a: 1, b: 1 }),
      blank: '',
      result: won ? '1' : '0',
    };
  });
  const model = trained(rows, 'result');

  test('a number that is best in the middle is learnt as such', () => {
    expect(model.models[0]?.metrics.auc).toBeGreaterThan(0.7);
    const chance = (amount: string): number => probability(model, { amount });
    expect(chance('150')).toBeGreaterThan(2 * chance('20'));
    expect(chance('150')).toBeGreaterThan(2 * chance('3000'));
  });

  test('thousands of different answers become the common ones and the others together', () => {
    const place = model.models[0]?.terms.find(({ source }) => source.column === 'place');
    expect(place?.as === 'answers' && place.levels.length).toBeLessThanOrEqual(40);
    expect(model.columns.find(({ column }) => column === 'place')?.read).toMatch(/common answers of [\d,]{3,}, the others together/);
  });

  test('what nobody may be scored by is refused, even when the user insists', () => {
    expect(reason(model, 'religion')).toBe('nobody may be scored by religion or belief');
    expect(out(trained(rows, 'result', { keep: ['religion'] }))).toContain('religion');
    expect(reason(model, 'Nº')).toContain('numbers the rows');
    expect(reason(model, 'blank')).toBe('is empty in every row');
  });

  test('answers never seen, text for a number and missing columns give a probability all the same', () => {
    for (const lead of [{}, { amount: 'lots', place: 'nowhere' }, { amount: null, place: undefined }, { amount: Number.MAX_VALUE }]) {
      const chance = probability(model, lead);
      expect(chance).toBeGreaterThan(0.01);
      expect(chance).toBeLessThan(0.9);
    }
  });

  test('two columns that only tell together are learnt together', () => {
    const luck = diceOf(4);
    const crossed = Array.from({ length: 4_000 }, () => {
      const [a, b] = [luck.pick({ x: 1, y: 1 }), luck.pick({ x: 1, y: 1 })];
      return { a, b, c: luck.pick({ p: 1, q: 1 }), z: luck.hit(a === b ? 0.7 : 0.2) ? 'won' : 'lost' };
    });
    const paired = trained(crossed, 'z');
    expect(paired.models[0]?.pairs.length).toBeGreaterThan(0);
    expect(probability(paired, { a: 'x', b: 'x', c: 'p' })).toBeCloseTo(0.7, 1);
    expect(probability(paired, { a: 'x', b: 'y', c: 'p' })).toBeCloseTo(0.2, 1);
  });
});

test('more columns than a model holds, none of which tells anything, are judged as telling nothing', () => {
  const dice = diceOf(77);
  const rows = Array.from({ length: 1_500 }, (): MadeRow => {
    const answers = Array.from({ length: 150 }, (_, at) => [`question ${at}`, String.fromCharCode(97 + Math.floor(dice.unit() * 6))]);
    return { ...Object.fromEntries(answers), won: dice.hit(0.4) ? '1' : '0' };
  });
  const model = trained(rows, 'won');
  expect(Math.abs((model.models[0]?.metrics.auc ?? 1) - 0.5)).toBeLessThan(0.05);
  expect(model.models[0]?.metrics.ece).toBeLessThan(0.06);
  expect(model.leftOut.some(({ because }) => because.includes('more of them than a model holds'))).toBe(true);
});

describe('when a lead came', () => {
  const dice = diceOf(31);
  const day = (at: number): string => new Date(Date.UTC(2025, 0, 1 + at)).toISOString().slice(0, 10);
  const rows = Array.from({ length: 3_000 }, (): MadeRow => {
    const at = Math.floor(dice.unit() * 400);
    const kind = dice.pick({ x: 1, y: 1 });
    return { came: day(at), kind, won: dice.hit((at < 200 ? 0.1 : 0.4) + (kind === 'x' ? 0.1 : 0)) ? '1' : '0' };
  });
  const model = trained(rows, 'won');
  const chance = (came: string, kind = 'y'): number => probability(model, { came, kind });

  test('counts among the leads of the list, by the days before its newest', () => {
    expect(model.models[0]?.metrics.auc).toBeGreaterThan(0.68);
    expect(chance(day(350))).toBeGreaterThan(2 * chance(day(50)));
  });

  test('says nothing of whoever comes after the list was made: neither the luck of its last weeks nor their short time', () => {
    const [old, late, after] = [chance(day(50)), chance(day(399)), chance(day(500))];
    expect(after).toBeGreaterThan(1.4 * old);
    expect(after).toBeLessThan(late / 1.2);
    expect(chance(day(5_000))).toBeCloseTo(chance(day(5_007)), 9);
    const { reasons } = scorerOf(model).scored({ came: day(5_000), kind: 'y' });
    expect(reasons.find(({ name }) => name === 'came (days before the newest)')).toMatchObject({
      says: 'after the list was made',
      weight: 0,
    });
  });

  test('is not read from a date that is written anew as long as somebody works on the lead', () => {
    const touched = trained(
      rows.map(({ came = '', ...rest }) => ({ 'Last modified': came, ...rest })),
      'won',
    );
    expect(touched.columns.map(({ column }) => column)).toEqual(['kind', 'Last modified (weekday)']);
  });
});

describe('reasons', () => {
  const list = software(5, 6_000);
  const scorer = scorerOf(trained(list.rows, list.target, { anyway: true }));

  test('name the answers that raise and lower, strongest first, in the words of the list', () => {
    const { reasons } = scorer.scored({ 'Logins in week one': '180', Role: 'Student', Seats: '' });
    expect(reasons[0]).toMatchObject({ name: 'Logins in week one', says: '180 (high)' });
    expect(reasons[0]?.weight).toBeGreaterThan(1);
    expect(reasons.find(({ name }) => name === 'Role')).toMatchObject({ says: 'Student' });
    expect(reasons.find(({ name }) => name === 'Role')?.weight).toBeLessThan(0);
    expect(reasons.find(({ name }) => name === 'Seats')?.says).toBe('not filled in');
  });

  test('add up: the same lead with a better answer has the higher probability', () => {
    const lead = { 'Logins in week one': '9', Role: 'Student', Seats: '50' };
    expect(scorer.probability({ ...lead, Role: 'Founder' })).toBeGreaterThan(scorer.probability(lead));
    expect(scorer.scored(lead).probability).toBeCloseTo(scorer.probability(lead), 12);
  });
});

describe('when', () => {
  test('is a range of days by probability, from the pair of dates that only conversions complete', () => {
    const list = software(9, 5_000);
    const model = trained(list.rows, list.target);
    expect(model.when).toMatchObject({ as: 'range', from: '"Signed up" to "Paid since"' });
    if (model.when.as !== 'range') return;
    const middles = model.when.bands.map(({ days }) => days[1]);
    // In this list the busier convert sooner.
    expect(middles[0]).toBeGreaterThan(middles.at(-1) ?? Infinity);
    for (const { days } of model.when.bands) expect([...days].sort((a, b) => a - b)).toEqual(days);
    expect(bandOf(model, 0)).toBe(model.when.bands[0]);
    expect(bandOf(model, 1)).toBe(model.when.bands.at(-1));
  });

  test('comes from the column that the user names, which then predicts nothing; text in it is refused', () => {
    const list = school(2);
    const rows = list.rows.map((row, at) => ({
      ...row,
      'took days': row['enrolled'] === 'won' ? String(5 + (at % 20)) : '',
      words: 'soon',
    }));
    const model = trained(rows, 'enrolled', { daysColumn: 'took days' });
    expect(model.when).toMatchObject({ as: 'range', from: 'the days in "took days"' });
    expect(reason(model, 'took days')).toContain('tells when, not whether');
    expect(trainModel(ask(rows, 'enrolled', { daysColumn: 'words' }))).toMatchObject({
      as: 'refused',
      because: 'data',
      says: expect.stringContaining('holds text'),
    });
  });

  test('is said to be unknown where the list cannot tell', () => {
    const { rows, target } = gym(1);
    expect(trained(rows, target).when).toMatchObject({ as: 'unknown', because: expect.stringContaining('--days-column') });
  });
});

describe('too little', () => {
  const { rows, target } = school(6, 999);

  test('data leaves the points in charge: nothing is trained, or a model that may not decide', () => {
    expect(trainModel(ask(rows, target))).toMatchObject({
      as: 'refused',
      because: 'data',
      says: expect.stringContaining('1,000 leads or 120 conversions'),
    });
    expect(trained(rows, target, { anyway: true }).mayDecide).toBe(false);
    expect(trained(school(6, 1_000).rows, target).mayDecide).toBe(true);
  });

  test('of one outcome teaches nothing, whoever insists', () => {
    const few = rows.map((row, at) => ({ ...row, enrolled: at < 19 ? 'won' : 'lost' }));
    expect(trainModel(ask(few, target, { anyway: true }))).toMatchObject({
      as: 'refused',
      says: expect.stringContaining('19 conversions are too few'),
    });
  });

  test('of columns is said with each one’s reason', () => {
    const bare = rows.map((row, at) => ({ id: `n${at}`, enrolled: row['enrolled'] ?? '' }));
    expect(trainModel(ask(bare, target, { anyway: true }))).toMatchObject({
      as: 'refused',
      says: expect.stringMatching(/no column is left.*"id" names the rows/),
    });
  });
});

describe('the same list', () => {
  const { rows, target } = school(12);

  test('gives the same model to the byte', () => {
    expect(JSON.stringify(trained(rows, target))).toBe(JSON.stringify(trained(rows, target)));
  });

  test('is always split alike: rows of one lead together, and each part with its share of conversions', () => {
    const labels = Uint8Array.from({ length: 4_000 }, (_, row) => (Math.floor(row / 4) % 10 === 0 ? 1 : 0));
    const folds = foldsOf(labels, (row) => `lead ${Math.floor(row / 4)}`, 5, 'seed');
    expect([...folds].every((fold, row) => fold === folds[row - (row % 4)])).toBe(true);
    for (const part of [0, 1, 2, 3, 4]) expect([...folds].filter((fold, row) => fold === part && labels[row] === 1)).toHaveLength(80);
    expect([...foldsOf(labels, (row) => `lead ${Math.floor(row / 4)}`, 5, 'seed')]).toEqual([...folds]);
    expect([...foldsOf(labels, (row) => `lead ${Math.floor(row / 4)}`, 5, 'another')]).not.toEqual([...folds]);
  });

  test('with an id is not scored by it', () => {
    const named = rows.map((row, at) => ({ ...row, who: `p${at % 40}` }));
    expect(reason(trained(named, target, { id: 'who' }), 'who')).toBe('names the lead');
  });
});
