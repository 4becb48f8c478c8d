import { existsSync, readFileSync } from 'node:fs';
import { school } from '../core/predict/lists';
import { ripen } from './fake-context';
import { at, csv, file, model, rows, train, without } from './score-world';

jest.setTimeout(60_000);
beforeAll(async () => {
  expect(await train()).toMatchObject({ exit: 0 });
});

describe('score evaluate', () => {
  const fresh = school(5, 3_000);
  const later = file('later.csv', csv(fresh.rows));
  const evaluate = (from: string, ...words: readonly string[]) =>
    ripen({}, 'score', 'evaluate', '--model', model, '--from', from, '--json', ...words);

  test('closes with the figures on leads the model has not seen', async () => {
    const { exit, json } = await evaluate(later);
    expect(exit).toBe(0);
    expect(json).toMatchObject({
      ok: true,
      n: 3_000,
      leftOut: expect.arrayContaining([{ column: 'last call', because: expect.stringContaining('gives the answer away') }]),
    });
    expect(json['auc']).toBeGreaterThan(0.8);
    expect(json['ece']).toBeLessThan(0.04);
    expect(json['logLoss']).toBeLessThan(json['baseLogLoss'] as number);
  });

  test('reads the outcome in another spelling and under another name', async () => {
    const respelt = fresh.rows.map(({ enrolled, ...row }) => ({ ...row, signed: enrolled === 'won' ? '1' : '0' }));
    const from = file('respelt.csv', csv(respelt));
    const lost = await evaluate(from);
    expect({ exit: lost.exit, says: lost.json['says'] }).toEqual({ exit: 2, says: expect.stringContaining('has no column "enrolled"') });
    const { exit, json } = await evaluate(from, '--target', 'signed');
    expect([exit, json['auc']]).toEqual([0, (await evaluate(later)).json['auc']]);
  });

  test('finds the outcome in another case and with spaces around it, and asks what was meant where a letter is wrong', async () => {
    const recased = fresh.rows.map(({ enrolled, ...row }) => ({ ...row, ENROLLED: enrolled ?? '' }));
    const from = file('recased.csv', csv(recased));
    expect((await evaluate(from)).json['auc']).toBe((await evaluate(later)).json['auc']);
    expect((await evaluate(later, '--target', ' Enrolled ')).json['auc']).toBe((await evaluate(later)).json['auc']);
    const shouted = fresh.rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, cell]) => [` ${name.toUpperCase()} `, cell])),
    );
    const { json } = await evaluate(file('shouted.csv', csv(shouted)));
    expect([json['auc'], json['missingColumns']]).toEqual([(await evaluate(later)).json['auc'], []]);
    expect((await evaluate(later, '--target', 'enroled')).json['says']).toContain('did you mean "enrolled"?');
  });

  test('says which columns are missing and which rows have no outcome, and judges the rest', async () => {
    const thin = fresh.rows.map((row, n) => without(n < 10 ? { ...row, enrolled: '' } : row, 'grade'));
    const { exit, json, err } = await evaluate(file('thin.csv', csv(thin)));
    expect({ exit, json }).toMatchObject({ exit: 0, json: { n: 2_990, missingColumns: ['grade'], withoutOutcome: 10 } });
    expect(err).toMatch(/lacks "grade".*count as not filled in/s);
  });

  test.each<[string, number, RegExp, () => string]>([
    [
      'leads of one outcome',
      1,
      /All of the 1,\d+ leads/,
      () => file('x.csv', csv(fresh.rows.filter(({ enrolled }) => enrolled === 'won'))),
    ],
    ['a list with other columns', 2, /none of the columns that the model reads/, () => file('x.csv', 'q,enrolled\n1,won\n2,lost\n')],
    ['an empty file', 1, /the list is empty/, () => file('x.csv', '')],
    ['a file that is not there', 3, /There is no file/, () => at('gone.csv')],
  ])('%s ends in a sentence', async (_, code, says, from) => {
    const { exit, json } = await evaluate(from());
    expect({ exit, says: json['says'] }).toEqual({ exit: code, says: expect.stringMatching(says) });
  });

  test.each<[string, number, RegExp, (stored: Record<string, unknown>) => unknown]>([
    ['a model of another version', 1, /version 2.*train it anew/, (stored) => ({ ...stored, v: 2 })],
    ['another JSON file', 1, /no predictive model/, () => ({ hello: 'world' })],
    ['a damaged model', 1, /damaged model: at models/, (stored) => ({ ...stored, models: [{}] })],
  ])('%s is refused in a sentence', async (_, code, says, change) => {
    const changed = file('changed.json', JSON.stringify(change(JSON.parse(readFileSync(model, 'utf8')) as Record<string, unknown>)));
    const { exit, json } = await ripen({}, 'score', 'evaluate', '--model', changed, '--from', later, '--json');
    expect({ exit, says: json['says'] }).toEqual({ exit: code, says: expect.stringMatching(says) });
  });

  test('of a model that is no JSON or not there, too', async () => {
    const broken = await ripen({}, 'score', 'evaluate', '--model', file('broken.json', '{"kind":'), '--from', later);
    const gone = await ripen({}, 'score', 'evaluate', '--model', at('gone.json'), '--from', later);
    expect([broken.exit, gone.exit]).toEqual([1, 3]);
    expect(broken.err).toMatch(/cannot be read as a model/);
  });
});

describe('score predict', () => {
  test('writes a probability and reasons for each lead, and no outcome is needed', async () => {
    const open = rows.slice(0, 40).map((row) => ({ ...without(row, 'enrolled'), pupil: '=cmd()' }));
    const from = file('open.csv', csv(open));
    const { exit, json, out } = await ripen(
      {},
      'score',
      'predict',
      '--model',
      model,
      '--from',
      from,
      '--id',
      'pupil',
      '--out',
      at('predicted.csv'),
    );
    expect(exit).toBe(0);
    expect(out).toContain('Scored 40 leads');
    expect(json).toEqual({});
    const lines = readFileSync(at('predicted.csv'), 'utf8').slice(1).trimEnd().split('\r\n');
    expect(lines).toHaveLength(41);
    expect(lines[0]).toBe('row,pupil,probability,raised by,lowered by');
    expect(lines[1]).toMatch(/^1,'=cmd\(\),0\.\d{4},/);
    expect(lines.join('\n')).toMatch(/sibling at school: Y/);
  });

  test('with a list of other columns writes nothing', async () => {
    const { exit } = await ripen({}, 'score', 'predict', '--model', model, '--from', file('y.csv', 'q\n1\n'), '--out', at('none.csv'));
    expect([exit, existsSync(at('none.csv'))]).toEqual([2, false]);
  });
});
