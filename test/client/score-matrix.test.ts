/** `ripen score matrix`: where the leads stand by pain and fit, or by questions, as picture, table and one closing line. */
import { publishedView } from '../../client/published';
import { cellsOf, inRank, matrixText, quadrantOf, usualLines } from '../../client/matrix-picture';
import type { Placed } from '../../client/matrix-picture';
import { refOf } from '../../events/digest';
import type { Traits } from '../../events/stripped';
import type { Fact } from '../../workflows/core';
import { shipped } from '../../workflows/paths';
import { readSettings } from '../../workflows/settings/load';
import { given } from '../support/given';
import { nowAt, ripen } from './fake-context';
import type { World } from './fake-context';
import { fits } from './small-world';

const { artefacts } = readSettings(shipped('workflows', 'settings'));
const published = artefacts.map(({ kind, id, version, digest, body }) => ({
  kind,
  ref: refOf(id, version, digest),
  publishedAt: 1,
  current: true,
  body,
}));
const view = publishedView(published);
if (view === undefined) throw new Error('the shipped settings are missing');
const day = 86_400_000;

function life(name: string, traits: Traits, pain?: number, then: readonly string[] = []): readonly Fact[] {
  const tale = given(view as NonNullable<typeof view>, name, nowAt - 9 * day).profile(traits);
  if (pain !== undefined) tale.does('form.submitted', { form: 'demo', pain });
  for (const type of then) tale.after('1 hour').does(type);
  return tale.history();
}
const lives: Readonly<Record<string, readonly Fact[]>> = {
  'lead-hurt': life('lead-hurt', { seniority: 'manager', size: '51-200', industry: 'software', department: 'operations' }, 9),
  'lead-calm': life('lead-calm', { seniority: 'owner', size: '51-200', industry: 'software', department: 'management' }),
  'lead-other': life('lead-other', { seniority: 'student', size: '1001+', industry: 'government', department: 'legal' }, 8),
  'lead-won': life('lead-won', { seniority: 'owner', size: '51-200', industry: 'software' }, 10, ['deal.won']),
  'lead-nobody': [],
};
function worldOf(facts: Readonly<Record<string, readonly Fact[]>> = lives): World {
  const ids = Object.keys(facts);
  let next = 0;
  return {
    factsOf: () => facts[ids[next++ % ids.length] ?? ''] ?? [],
    people: {
      published: () => ({ artefacts: published }),
      cards: () => ({ people: [{ leadId: 'lead-hurt', name: 'Asha Rao' }] }) as never,
    },
    stream: () => ({ state: { subjects: Object.fromEntries(ids.map((id) => [`facts.lead.${id}`, 1])) }, total: ids.length }),
  };
}

test('shows how many people stand where, what the quadrants are called, and who hurts and fits most, with source and age', async () => {
  const { exit, out } = await ripen(worldOf(), 'score', 'matrix');
  expect(exit).toBe(0);
  fits(out);
  expect(out).toMatch(/^3 people; of 1 nobody has said yet how much it hurts/m);
  expect(out).toMatch(/^ {5}9 \|.* 1$/m);
  expect(out).toMatch(/^ {5}8 \| {5}1/m);
  expect(out).toMatch(/^ {5}\? \|.* 1$/m);
  expect(out).toMatch(/pain and fit high +1 +Call today/);
  expect(out).toMatch(/Asha Rao +9 of 10 +a form, \d+ days ago +10 +team-lead/);
  expect(out).not.toContain('lead-won');
});

test('one closing line holds the quadrants, the cells and the people, customers when asked for', async () => {
  const { json } = await ripen(worldOf(), 'score', 'matrix', '--everybody', '--json');
  expect(json).toMatchObject({
    ok: true,
    people: 4,
    painNotKnown: 1,
    high: { pain: 7, fit: 7 },
    quadrants: { both: 2, pain: 1, fit: 1, neither: 0 },
    leads: [
      { leadId: 'lead-won', fit: 10, persona: 'budget-holder', quadrant: 'both', pain: { is: 10, by: 'form' } },
      { name: 'Asha Rao' },
      {},
      {},
    ],
  });
  expect(json['cells']).toEqual(expect.arrayContaining([{ pain: 8, fit: 0, leads: 1 }]));
});

test('questions have a table: what the customer persona answers, the sums there are, and who is closest', async () => {
  const { exit, out } = await ripen(worldOf(), 'score', 'matrix', '--model', 'four-questions');
  expect(exit).toBe(0);
  fits(out);
  expect(out).toMatch(/job-title +Do they decide\? +seniority +owner,/);
  expect(out).toMatch(/^ +16 {2}█+ 1$/m);
  expect(out).toMatch(/lead-calm +16 +A +owner \+4/);
  const { json } = await ripen(worldOf(), 'score', 'matrix', '--model', 'four-questions', '--json');
  expect(json['leads']).toMatchObject([
    { score: 16, grade: 'A' },
    { score: 14 },
    { score: -10, answers: [{ question: 'job-title', is: 'student', points: -4 }, {}, {}, {}] },
  ]);
});

describe('a matrix in the place of points', () => {
  const since = new Date(nowAt - 10 * day).toISOString();
  test('can be tried on the real history: who would cross by it, and whose score it would be', async () => {
    const { exit, out } = await ripen(worldOf(), 'score', 'what-if', '--model', 'four-questions', '--since', since);
    expect(exit).toBe(0);
    fits(out);
    expect(out).toMatch(/lead-calm +\d+ to 16 +. to A/);
    const pain = await ripen(worldOf(), 'score', 'what-if', '--model', 'pain-and-fit', '--since', since);
    expect(pain.out).toMatch(/lead-hurt.* \d+ to 90 +/);
  });
  test('has nothing to count again, and no rules to judge', async () => {
    expect(await ripen(worldOf(), 'score', 'apply', '--dry-run', '--model', 'pain-and-fit')).toMatchObject({
      exit: 1,
      err: expect.stringContaining('always says what is known now'),
    });
    expect(await ripen(worldOf(), 'score', 'evidence', '--model', 'four-questions')).toMatchObject({
      exit: 2,
      err: expect.stringContaining('no rules of points'),
    });
  });
});

test('a model of points is no matrix, and one that is not there is said so', async () => {
  expect(await ripen(worldOf(), 'score', 'matrix', '--model', 'b2b-points')).toMatchObject({
    exit: 2,
    err: expect.stringContaining('sums points'),
  });
  expect(await ripen(worldOf(), 'score', 'matrix', '--model', 'nope')).toMatchObject({ exit: 2, err: expect.stringContaining('"nope"') });
});

test('an empty installation has an empty picture', async () => {
  const { exit, out } = await ripen(worldOf({ 'lead-nobody': [] }), 'score', 'matrix');
  expect([exit, out]).toEqual([0, expect.stringContaining('0 people')]);
});

test('a million people are counted in cells that keep their width', () => {
  const at = (number: number): Placed => ({
    leadId: `lead-${number}`,
    fit: (number % 101) / 10,
    ...(number % 7 === 0 ? {} : { pain: { is: (number % 10) + 1, by: 'form' as const, at: nowAt } }),
  });
  const all = Array.from({ length: 1_000_000 }, (_, number) => at(number));
  const text = matrixText({ all, top: inRank(all).slice(0, 5), lines: usualLines, names: () => '', now: nowAt });
  fits(text);
  expect(text).toMatch(/^ {4}10 \|.*8\d{3}/m);
  expect(cellsOf(all).reduce((sum, { leads }) => sum + leads, 0)).toBe(1_000_000);
  const counted = all.filter((one) => quadrantOf(usualLines, one) === 'both').length;
  expect(text).toContain(counted.toLocaleString('en'));
});
