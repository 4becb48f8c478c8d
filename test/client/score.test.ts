import { readdirSync, readFileSync } from 'node:fs';
import { gym } from '../core/predict/lists';
import { nowAt, ripen } from './fake-context';
import { at, csv, file, model, rows, scoreFolder, target, train } from './score-world';

jest.setTimeout(60_000);
beforeAll(async () => {
  expect(await train()).toMatchObject({ exit: 0 });
});

describe('score train', () => {
  test('writes a model with its figures, its moment, its data and what was left out, and closes with one line', async () => {
    const { exit, json, out, err } = await train('--json');
    expect(exit).toBe(0);
    expect(out.trimEnd().split('\n')).toHaveLength(1);
    expect(json).toMatchObject({
      ok: true,
      leads: 2_500,
      mayDecide: true,
      n: 2_500,
      leftOut: expect.arrayContaining([{ column: 'faith', because: 'nobody may be scored by religion or belief' }]),
    });
    expect(err).toContain('calibration error');
    const stored = JSON.parse(readFileSync(model, 'utf8')) as Record<string, unknown>;
    expect(stored).toMatchObject({
      kind: 'ripen-predictive-model',
      v: 1,
      createdAt: nowAt,
      dataDigest: expect.stringMatching(/^[0-9a-f]{32}$/),
      mayDecide: true,
    });
    for (const figure of ['auc', 'logLoss', 'ece', 'precisionTopFifth', 'baseRate', 'n', 'positives'])
      expect(json[figure]).toEqual(expect.any(Number));
  });

  test('writes the same bytes from the same list', async () => {
    const before = readFileSync(model, 'utf8');
    await train();
    expect(readFileSync(model, 'utf8')).toBe(before);
  });

  test('learns the same from another delimiter, encoding and writing of the same list', async () => {
    const text = csv(rows).replaceAll(',', ';').replaceAll('sibling', 'geschwür');
    const plain = await ripen({}, 'score', 'train', '--from', file('a.csv', text), '--target', target, '--out', at('a.json'), '--json');
    const other = await ripen(
      {},
      'score',
      'train',
      '--from',
      file('b.csv', Buffer.from(text.replaceAll(';', '\t'), 'utf16le')),
      '--target',
      target,
      '--out',
      at('b.json'),
      '--json',
    );
    const latin = await ripen(
      {},
      'score',
      'train',
      '--from',
      file('c.csv', Buffer.from(text, 'latin1')),
      '--target',
      target,
      '--out',
      at('c.json'),
      '--json',
    );
    expect([plain.exit, other.exit, latin.exit]).toEqual([0, 0, 0]);
    expect([other.json['auc'], latin.json['auc']]).toEqual([plain.json['auc'], plain.json['auc']]);
  });

  test('repairs rows that are quoted as a whole, leaves out those that cannot be read, and says both', async () => {
    const lines = csv(rows).trimEnd().split('\r\n');
    const dirty = lines.map((line, n) => (n === 5 ? `"${line.replaceAll('"', '""')}"` : n === 9 ? 'too,short' : line)).join('\n');
    const { exit, json, err } = await ripen(
      {},
      'score',
      'train',
      '--from',
      file('dirty.csv', dirty),
      '--target',
      target,
      '--out',
      at('d.json'),
      '--json',
    );
    expect({ exit, json }).toMatchObject({ exit: 0, json: { leads: 2_499, badRows: 1, repairedRows: 1 } });
    expect(err).toContain('1 row stood in quotation marks as a whole and was repaired.');
    expect(err).toMatch(/row 9 has 2 cells where the header\s+has 7/);
  });

  const few = csv(rows.slice(0, 500));
  test.each<[string, number, RegExp, string, readonly string[]]>([
    ['a list of one outcome', 1, /every row says "won"/, csv(rows.map((row) => ({ ...row, enrolled: 'won' }))), []],
    [
      'text where yes and no should be',
      2,
      /holds "maybe" beside yes and no/,
      csv(rows.map((row, n) => (n === 7 ? { ...row, enrolled: 'maybe' } : row))),
      [],
    ],
    [
      'a target of 9,000 different values',
      2,
      /9,000 different values/,
      `a,enrolled\n${Array.from({ length: 9_000 }, (_, n) => `${n % 7},${n}.5\n`).join('')}`,
      [],
    ],
    ['a target that is not there', 2, /"enrolled" is no column.*The columns are: a, b/, 'a,b\n1,2\n', []],
    ['a target with a slip of the pen', 2, /did you mean "enroled"\? The columns are/, 'a,enroled\n1,2\n', []],
    ['a target that two columns could be', 2, /"enrolled" is no column.*did you mean "Enrolled"/, 'a,Enrolled,ENROLLED\n1,2,3\n', []],
    ['an empty file', 1, /the list is empty/, '', []],
    ['a header alone', 1, /holds no row/, 'a,enrolled\n', []],
    ['two columns called like the target', 2, /Two columns.*"enrolled"/, 'enrolled,a,enrolled\n1,2,0\n', []],
    ['a file that holds no text', 1, /is no list: it holds no text/, '\u0000\u0001\u0002PNG\u0003\n\u0004', []],
    ['an id that is the target', 2, /cannot both name the lead and say/, few, ['--id', 'enrolled']],
    ['a file where a folder should be', 2, /is no folder to write/, few, ['--out', at('bad.csv/model.json')]],
    ['a workbook', 1, /Excel workbook/, 'PK\u0003\u0004rest', []],
    ['a column to keep that is not there', 2, /there is no column "gone"/, few, ['--keep', 'gone']],
    ['days in words', 1, /holds text where days should be/, csv(rows), ['--days-column', 'open day']],
    ['too few leads', 1, /500 leads with \d+ conversions are below 1,000 leads or 120 conversions.*--anyway/s, few, []],
    ['an answer that nobody gave', 2, /no row says "gold"/, few, ['--positive', 'gold']],
    ['a folder to write to that is not there', 3, /There is no folder/, few, ['--out', at('nowhere/model.json')]],
  ])('%s ends in a sentence, and nothing is written', async (name, code, says, content, more) => {
    const place = at('nothing.json');
    const from = file('bad.csv', content);
    const { exit, err, json } = await ripen(
      {},
      'score',
      'train',
      '--from',
      from,
      '--target',
      'enrolled',
      '--out',
      place,
      ...more,
      '--json',
    );
    expect({ name, exit, json }).toMatchObject({ name, exit: code, json: { ok: false, exit: code, says: expect.stringMatching(says) } });
    expect(err).toMatch(says);
    expect(err).not.toMatch(/\n\s+at /);
    expect(readdirSync(scoreFolder).filter((each) => each.includes('nothing'))).toEqual([]);
  });

  test('below the least numbers trains only on insistence, and such a model may not decide', async () => {
    const { exit, json, err } = await ripen(
      {},
      'score',
      'train',
      '--from',
      file('few.csv', few),
      '--target',
      target,
      '--out',
      at('few.json'),
      '--anyway',
      '--json',
    );
    expect({ exit, json }).toMatchObject({ exit: 0, json: { mayDecide: false } });
    expect(err).toMatch(/may not replace\s+points/);
  });

  test('names the leaks of a list in another language', async () => {
    const made = gym(2);
    const { json } = await ripen(
      {},
      'score',
      'train',
      '--from',
      file('gym.csv', csv(made.rows)),
      '--target',
      made.target,
      '--id',
      'Kunde',
      '--out',
      at('gym.json'),
      '--json',
    );
    const columns = (json['leftOut'] as readonly { readonly column: string }[]).map(({ column }) => column);
    expect(columns).toEqual(expect.arrayContaining([...made.leaks, 'Kunde']));
  });
});
