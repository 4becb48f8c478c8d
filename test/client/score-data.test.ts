/** Predictive scoring on a real list that nobody on the team wrote; skipped where it is not here. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ripen } from './fake-context';

jest.setTimeout(120_000);

const data = resolve(__dirname, '../../../shared/data/leads');
const clean = join(data, 'x-education-train.csv');
const misquoted = join(data, 'x-education-train-misquoted.csv');
const present = existsSync(clean) && existsSync(misquoted);
if (!present) process.stderr.write('scoring a real list: skipped, the data folder is not here\n');

(present ? describe : describe.skip)('the list of a school of further education', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ripen-score-data-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('is predicted as well as published with honest columns alone, and the three that sales wrote are left out', async () => {
    const [head = '', ...lines] = readFileSync(clean, 'utf8').trimEnd().split('\n');
    const part = (name: string, held: boolean): string => {
      const path = join(folder, name);
      writeFileSync(path, `${[head, ...lines.filter((_, at) => (at % 5 === 2) === held)].join('\n')}\n`);
      return path;
    };
    const model = join(folder, 'model.json');
    const trained = await ripen(
      {},
      'score',
      'train',
      '--from',
      part('known.csv', false),
      '--target',
      'Converted',
      '--out',
      model,
      '--json',
    );
    const { exit, json } = await ripen({}, 'score', 'evaluate', '--model', model, '--from', part('held.csv', true), '--json');
    expect([trained.exit, exit]).toEqual([0, 0]);
    expect(json['auc']).toBeGreaterThan(0.9);
    expect(json['ece']).toBeLessThan(0.03);
    const leaks = (json['leftOut'] as readonly { readonly column: string; readonly because: string }[]).filter(({ because }) =>
      because.startsWith('gives the answer away'),
    );
    expect(leaks.map(({ column }) => column).sort()).toEqual(['Lead Profile', 'Lead Quality', 'Tags']);
  });

  test('gives the same figures as its misquoted export, every row of which is repaired', async () => {
    const figures = await Promise.all(
      [clean, misquoted].map(
        async (from) =>
          (await ripen({}, 'score', 'train', '--from', from, '--target', 'Converted', '--out', join(folder, 'm.json'), '--json')).json,
      ),
    );
    expect(figures.map((each) => each['auc'])).toEqual([figures[0]?.['auc'], figures[0]?.['auc']]);
    expect(figures.map((each) => each['repairedRows'])).toEqual([0, 268]);
  });
});
