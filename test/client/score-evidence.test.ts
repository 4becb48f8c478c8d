/** `ripen score evidence` over a small world: what it says, too little data, and the file it writes. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettingsFile } from '../../workflows/settings/load';
import { publishedView } from '../../client/published';
import type { Fact, Model } from '../../workflows/core';
import { given } from '../support/given';
import { nowAt, ripen } from './fake-context';
import type { World } from './fake-context';
import { fits, published } from './small-world';

const day = 86_400_000;
const began = nowAt - 60 * day;
const folder = mkdtempSync(join(tmpdir(), 'evidence-'));
afterAll(() => rmSync(folder, { recursive: true }));

const twoRules = published.map((one) => {
  if (one.kind !== 'model') return one;
  const rules = [
    { id: 'form', on: 'form.submitted', points: 20 },
    { id: 'download', on: 'content.downloaded', points: 20 },
  ];
  return { ...one, body: { ...(one.body as Model), rules } };
});
/** Who fills in a form buys more often. */
function life(number: number): readonly Fact[] {
  const view = publishedView(published);
  if (view === undefined) throw new Error('the small world holds no settings');
  const tale = given(view, `lead-${number}`, began).does('page.viewed', { path: '/blog' });
  if (number % 4 === 0 || number % 5 === 0) tale.does('content.downloaded', { content: 'guide' });
  if (number % 2 === 0) tale.after('10 days').does('form.submitted', { form: 'guide' });
  if (number % 4 === 0 || number % 20 === 1) tale.after('10 days').does('subscription.started');
  return tale.history();
}
function worldOf(count: number): World {
  const lives = Array.from({ length: count }, (_, number) => life(number));
  let next = 0;
  return {
    factsOf: () => lives[next++ % count] ?? [],
    people: { published: () => ({ artefacts: twoRules }) },
    stream: () => ({ state: { subjects: Object.fromEntries(lives.map((_, at) => [`facts.lead.lead-${at}`, 1])) }, total: count }),
  };
}

test('says how much more often people buy after an action, with an interval', async () => {
  const { exit, out, json } = await ripen(worldOf(200), 'score', 'evidence');
  expect(exit).toBe(0);
  fits(out);
  expect(out).toContain('200 people watched before a purchase; 60 bought.');
  expect(out).toMatch(/form\.submitted +100 +50 +10\.8x +5\.49 to 21\.4/);
  expect(out).toMatch(/page\.viewed +200 +60 +too little data: only 0 bought without it/);
  expect(json).toEqual({});
});

test('of the rules it says the same, or that there is too little data', async () => {
  const { out, json } = await ripen(worldOf(20), 'score', 'evidence', '--json');
  expect(out.trimEnd().split('\n')).toHaveLength(1);
  expect(json).toMatchObject({ ok: true, people: 20, bought: 6, suggested: [] });
  const { out: text } = await ripen(worldOf(20), 'score', 'evidence');
  expect(text).toMatch(/Too little data: with fewer than 10 purchases/);
  expect(text).toMatch(/too little data: only\s+\d+ did it/);
});

test('writes the model with the points that follow, which is a faultless file of settings with the next version', async () => {
  const out = join(folder, 'points.yaml');
  const { exit, json } = await ripen(worldOf(200), 'score', 'evidence', '--out', out, '--json');
  const suggestions = json['suggested'] as readonly { readonly rule: string; readonly to: number }[];
  expect([exit, existsSync(out), suggestions.map(({ rule }) => rule)]).toEqual([0, true, ['form', 'download']]);
  const { artefacts, faults } = readSettingsFile(out);
  expect(faults).toEqual([]);
  const body = artefacts[0]?.body as { version: number; rules: { id: string; points: number }[] };
  for (const { rule, to } of suggestions) expect(body.rules.find(({ id }) => id === rule)?.points).toBe(to);
  expect(readFileSync(out, 'utf8')).toContain(`version: ${body.version}`);
});

test.each([
  [['--within', 'soon'], 2, 'is no span'],
  [['--goal', 'form.sent'], 2, 'is no event'],
  [['--since', '2099-01-01'], 2, 'lies in the future'],
  [['--model', 'none'], 2, 'No scoring model "none"'],
  [['--out', '/no/such/folder/x.yaml'], 3, 'There is no folder'],
])('%j is refused in a sentence', async (words, code, says) => {
  const { exit, err } = await ripen(worldOf(4), 'score', 'evidence', ...words);
  expect([exit, err]).toEqual([code, expect.stringContaining(says)]);
});
