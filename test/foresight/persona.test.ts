/** What customers are more often than others: shares among those of whom it is known, too little data, chance, and the draft the settings can read. */
import { parse } from 'yaml';
import { compared, draftOf, traitsThatStandOut } from '../../workflows/foresight/persona';
import type { Counted, TraitCount } from '../../workflows/foresight/persona';
import { personaText, withPersona } from '../../workflows/settings/edit-persona';
import { settingsSchema } from '../../workflows/settings/schema';
import { readFileSync } from 'node:fs';

const counted = (base: { people: number; won: number }, ...values: readonly TraitCount[]): Counted => ({
  ...base,
  known: Object.fromEntries(values.map(({ field }) => [field, base])),
  values,
});
const value = (field: string, name: string, people: number, won: number): TraitCount => ({ field, value: name, people, won });
const standings = (all: Counted) => Object.fromEntries(compared(all).map((one) => [one.value, one.standing]));

test('a value stands out where customers have it far more often than chance would bring', () => {
  const rows = compared(
    counted(
      { people: 1_000, won: 100 },
      value('industry', 'software', 200, 60),
      value('industry', 'finance', 500, 30),
      value('industry', 'retail', 300, 10),
    ),
  );
  expect(rows.map((one) => [one.value, one.standing])).toEqual([
    ['software', 'stands-out'],
    ['finance', 'rarer'],
    ['retail', 'rarer'],
  ]);
  expect(rows[0]).toMatchObject({ shareOfWon: 0.6, shareOfAll: 0.2, times: expect.closeTo(3, 10) });
  // 60.5/100.5 over 140.5/900.5, by hand; 3.29 standard errors below.
  const ratio = 60.5 / 100.5 / (140.5 / 900.5);
  const spread = Math.exp(3.29 * Math.sqrt(1 / 60.5 - 1 / 100.5 + 1 / 140.5 - 1 / 900.5));
  expect(rows[0]?.surely).toBeCloseTo(ratio / spread, 10);
});

test('what could be chance is said so, and so is too little data', () => {
  const base = { people: 1_000, won: 40 };
  expect(standings(counted(base, value('size', '11-50', 250, 14), value('size', '51-200', 30, 2), value('size', '1-10', 720, 24)))).toEqual(
    { '11-50': 'may-be-chance', '51-200': 'too-little-data', '1-10': 'may-be-chance' },
  );
  expect(standings(counted({ people: 1_000, won: 29 }, value('size', '11-50', 29, 29)))).toEqual({ '11-50': 'too-little-data' });
  expect(standings(counted({ people: 60, won: 40 }, value('size', '11-50', 29, 29)))).toEqual({ '11-50': 'too-little-data' });
});

test('a field that sales filled in for customers alone makes nothing stand out', () => {
  // Of all customers the department is known, of others of a tenth: the shares among those are alike.
  const all: Counted = {
    people: 10_000,
    won: 500,
    known: { department: { people: 1_450, won: 500 } },
    values: [value('department', 'finance', 725, 250), value('department', 'it', 725, 250)],
  };
  expect(standings(all)).toEqual({ finance: 'may-be-chance', it: 'may-be-chance' });
});

test('nobody is sorted by special categories, and where people came from is not who they are', () => {
  const base = { people: 1_000, won: 100 };
  const all = counted(
    base,
    value('religion', 'some', 100, 90),
    value('club', 'catholic', 100, 90),
    value('source', 'webinar', 100, 90),
    value('account', 'x', 100, 90),
    value('zone', 'Europe/Berlin', 100, 90),
  );
  expect(compared(all)).toEqual([]);
  expect(compared(all, (field) => field === 'source').map((one) => one.value)).toEqual(['webinar']);
});

describe('the draft', () => {
  const base = { people: 1_000, won: 100 };
  const rows = compared(
    counted(
      base,
      value('industry', 'software', 200, 60),
      value('industry', 'agency', 100, 30),
      value('country', 'de', 300, 55),
      value('language', 'de', 300, 55),
      value('trained', 'true', 400, 80),
    ),
  );
  const traits = traitsThatStandOut(rows);

  test('holds each field once, weighs about ten in all, and asks no language beside the country', () => {
    expect(traits.map(({ field, values }) => [field, values])).toEqual([
      ['industry', ['software', 'agency']],
      ['trained', ['true']],
      ['country', ['de']],
    ]);
    expect(traits.reduce((sum, { weight }) => sum + weight, 0)).toBeGreaterThanOrEqual(9);
    expect(traits.reduce((sum, { weight }) => sum + weight, 0)).toBeLessThanOrEqual(11);
  });

  test('is read by the settings, with yes and no as such', () => {
    const draft = draftOf(traits.slice(0, 2), traits, ['webinar']);
    expect(parse(personaText('quick', draft))).toEqual({ quick: draft });
    const text = readFileSync('workflows/settings/workspace.yaml', 'utf8');
    const edited = withPersona(text, 'quick', draft);
    if ('says' in edited) throw new Error(edited.says);
    const before = parse(text) as { readonly version: number };
    const read = settingsSchema.parse(parse(edited.text));
    expect(read.version).toBe(before.version + 1);
    expect(read.personas?.['quick']).toMatchObject({
      channels: ['webinar'],
      when: {
        kind: 'all',
        of: [
          { kind: 'field', field: 'industry', test: { oneOf: ['software', 'agency'] } },
          { kind: 'field', field: 'trained', test: true },
        ],
      },
    });
    expect(read.personas?.['team-lead']).toBeDefined();
    expect(edited.text.match(/^#/gm)?.length).toBe(text.match(/^#/gm)?.length);
  });

  test('overwrites no persona and no file of another kind', () => {
    const draft = draftOf(traits, traits, []);
    const text = readFileSync('workflows/settings/workspace.yaml', 'utf8');
    expect(withPersona(text, 'team-lead', draft)).toEqual({ says: expect.stringContaining('already') });
    expect(withPersona(readFileSync('workflows/settings/b2b-points.yaml', 'utf8'), 'quick', draft)).toHaveProperty('says');
    expect(withPersona('a: [', 'quick', draft)).toHaveProperty('says');
  });
});
