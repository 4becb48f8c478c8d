/** `ripen score train --from-log`: what is written, what it says, and what it refuses. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPredictiveModel } from '../../events/predictive-model';
import { madeLog } from '../core/predict/log';
import { ripen } from './fake-context';
import type { World } from './fake-context';
import { fits, published } from './small-world';

jest.setTimeout(60_000);

const folder = mkdtempSync(join(tmpdir(), 'from-log-'));
afterAll(() => rmSync(folder, { recursive: true }));
const out = join(folder, 'model.json');

function worldOf(size: number): World {
  const { leads } = madeLog(8, size);
  const facts = new Map(leads.map((lead) => [lead.leadId, lead.facts]));
  return {
    factsOf: (leadId) => facts.get(leadId) ?? [],
    people: { published: () => ({ artefacts: published }) },
    stream: () => ({ state: { subjects: Object.fromEntries(leads.map(({ leadId }) => [`facts.lead.${leadId}`, 1])) }, total: size }),
  };
}
const world = worldOf(1_600);

test('a model is learnt for each age that has enough leads, written whole, and may decide', async () => {
  const { exit, json } = await ripen(world, 'score', 'train', '--from-log', '--within', '60 days', '--out', out, '--json');
  expect(exit).toBe(0);
  expect(json).toMatchObject({ ok: true, mayDecide: true, withinDays: 60, ages: [{ age: 'arrival' }, { age: '7 days' }] });
  // Many have bought by then, so that too few are left to learn from.
  expect(json['notes']).toEqual([expect.stringMatching(/^after 30 days: .* below 1,000 leads or 120 conversions/)]);
  expect(readPredictiveModel(JSON.parse(readFileSync(out, 'utf8')))).toMatchObject({ as: 'model' });
});

test('it says how good it is at each age', async () => {
  const { out: says } = await ripen(world, 'score', 'train', '--from-log', '--within', '60 days', '--age', 'day-7', '--out', out);
  fits(says);
  expect(says).toContain('Leads after 7 days, judged on those that came last');
  expect(says).not.toContain('on arrival');
});

test('a list cannot be judged by it, and a sentence says why', async () => {
  await ripen(world, 'score', 'train', '--from-log', '--within', '60 days', '--age', 'arrival', '--out', out);
  const { exit, err } = await ripen(world, 'score', 'evaluate', '--model', out, '--from', out);
  expect([exit, err]).toEqual([1, expect.stringContaining("was trained from the engine's log")]);
});

test.each<[string, readonly string[], number, RegExp]>([
  ['an age there is not', ['--from-log', '--age', 'day-8'], 2, /--age "day-8" is none; say arrival, day-7 or day-30/],
  ['a span that is none', ['--from-log', '--within', 'soon'], 2, /--within "soon" is no span/],
  ['a column of a list', ['--from-log', '--target', 'x'], 2, /--target goes with a list/],
  ['neither a list nor the log', [], 2, /Say what to learn from/],
  ['a list without its outcome', ['--from', 'x.csv'], 2, /--target COLUMN/],
  ['an age of a list', ['--from', 'x.csv', '--target', 'y', '--age', 'arrival'], 2, /--age goes with --from-log/],
])('%s is refused and nothing is written', async (_, args, code, says) => {
  const place = join(folder, 'none.json');
  const { exit, err } = await ripen(world, 'score', 'train', ...args, '--out', place);
  expect([exit, err]).toEqual([code, expect.stringMatching(says)]);
  expect(existsSync(place)).toBe(false);
});

test('too few leads stay on points, and the sentence says how many there are', async () => {
  const place = join(folder, 'few.json');
  const { exit, err } = await ripen(worldOf(300), 'score', 'train', '--from-log', '--out', place);
  expect([exit, err.replace(/\s+/g, ' ')]).toEqual([
    1,
    expect.stringMatching(/on arrival: 300 leads with \d+ conversions are below 1,000 leads or 120 conversions/),
  ]);
  expect(existsSync(place)).toBe(false);
});
