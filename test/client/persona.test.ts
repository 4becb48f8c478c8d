/** `ripen persona suggest`: what it says of few and of many customers, the draft, and the file it writes. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Reply } from '../../events/requests';
import { readSettingsFile } from '../../workflows/settings/load';
import { ripen } from './fake-context';
import type { World } from './fake-context';
import { fits } from './small-world';

const folder = mkdtempSync(join(tmpdir(), 'persona-'));
afterAll(() => rmSync(folder, { recursive: true }));

const base = { people: 1_000, won: 100 };
const many: Reply<'traitCounts'> = {
  ...base,
  known: { industry: base, size: base, country: base, source: base },
  values: [
    { field: 'industry', value: 'software', people: 200, won: 60 },
    { field: 'size', value: '11-50', people: 300, won: 70 },
    { field: 'country', value: 'PT', people: 30, won: 20 },
    { field: 'source', value: 'webinar', people: 200, won: 60 },
  ],
};
/** Of two together fewer than half of the customers are told, but for size and industry. */
const world = (first: Reply<'traitCounts'>): World => ({
  people: {
    traitCounts: ({ among }) => {
      const fields = Object.keys(among).filter((field) => field !== 'seniority');
      if (fields.length === 0) return first;
      if (fields.includes('country')) return { ...first, people: 12, won: 9 };
      return { ...first, ...(fields.length === 1 ? { people: 200, won: 60 } : { people: 80, won: 55 }) };
    },
  },
});

test('customers are compared with everybody, and what at least half of them are together makes the persona', async () => {
  const { exit, out } = await ripen(world(many), 'persona', 'suggest');
  expect(exit).toBe(0);
  fits(out);
  expect(out).toContain('1,000 people known, 100 of them customers.');
  expect(out).toMatch(/industry +software +60 \(60 %\) +200 \(20 %\) +3\.0 +stands out/);
  expect(out).toContain('55 of 100 customers (55 %) meet its "when"');
  const { json } = await ripen(world(many), 'persona', 'suggest', 'quick', '--json');
  expect(json).toMatchObject({
    ok: true,
    customers: 100,
    meets: { people: 80, won: 55 },
    persona: {
      quick: {
        channels: ['webinar'],
        when: {
          all: expect.arrayContaining([
            { field: 'industry', is: 'software' },
            { field: 'size', is: '11-50' },
          ]),
        },
        like: expect.arrayContaining([expect.objectContaining({ when: { field: 'country', is: 'PT' } })]),
      },
    },
  });
});

test('the file it writes is settings as they are, with the persona and the next version', async () => {
  const out = join(folder, 'mine.yaml');
  const { exit, json } = await ripen(world(many), 'persona', 'suggest', 'quick-buyer', '--out', out, '--json');
  expect([exit, json['out']]).toEqual([0, out]);
  const { faults, artefacts } = readSettingsFile(out);
  expect(faults).toEqual([]);
  expect(artefacts[0]?.body).toHaveProperty('personas.quick-buyer.when');
  const again = await ripen(world(many), 'persona', 'suggest', 'quick-buyer', '--settings', out, '--out', join(folder, 'x.yaml'));
  expect([again.exit, again.err]).toEqual([1, expect.stringContaining('has a persona "quick-buyer" already')]);
  expect(existsSync(join(folder, 'x.yaml'))).toBe(false);
  expect(readFileSync(out, 'utf8')).toContain('quick-buyer');
});

test('below thirty customers it says too little data, drafts nothing and writes nothing', async () => {
  const few = { ...many, won: 29 };
  const out = join(folder, 'few.yaml');
  const { exit, out: says } = await ripen(world(few), 'persona', 'suggest', '--out', out);
  expect(exit).toBe(0);
  expect(says).toContain('Too little data: only 29 of them bought; 30 are needed. Nothing is drafted.');
  expect(existsSync(out)).toBe(false);
  expect((await ripen(world({ people: 0, won: 0, known: {}, values: [] }), 'persona', 'suggest', '--json')).json).toMatchObject({
    customers: 0,
    values: [],
  });
});

test('among some people only they are asked for, and the persona keeps to them', async () => {
  const { asked, json } = await ripen(world(many), 'persona', 'suggest', 'boss', '--among', 'seniority=owner, executive', '--json');
  expect(asked[0]?.ask).toEqual({ among: { seniority: ['owner', 'executive'] } });
  expect(asked.every(({ ask }) => 'seniority' in (ask as { readonly among: object }).among)).toBe(true);
  expect(json).toMatchObject({
    persona: { boss: { when: { all: expect.arrayContaining([{ field: 'seniority', oneOf: ['owner', 'executive'] }]) } } },
  });
});

test.each([
  [['persona', 'suggest', 'Quick Buyer'], 2],
  [['persona', 'suggest', '--among', 'seniority'], 2],
  [['persona', 'suggest', '--among', 'seniority=a,,b'], 2],
  [['persona', 'suggest', '--settings', 'x.yaml'], 2],
  [['persona', 'suggest', '--top', 'many'], 2],
  [['persona', 'suggest', '--out', '/nowhere/at/all.yaml'], 3],
  [['persona', 'suggest', '--settings', '/nowhere.yaml', '--out', join(folder, 'y.yaml')], 3],
])('%j is refused', async (words, exit) => expect((await ripen(world(many), ...words)).exit).toBe(exit));
