/** `ripen explain --at`: what it shows, and what it answers to moments that there was nothing at. */
import { asha, nowAt, ripen } from './fake-context';
import { artefacts, facts, fits, world } from './small-world';

const at = (hours: number): string => new Date(Date.UTC(2026, 10, 1, 9) + hours * 3_600_000).toISOString();
const ref = artefacts.flatMap(({ kind, id, version, digest }) => (kind === 'model' ? [`${id}@${version}#${digest}`] : []))[0] ?? '';
/** Scored by the model as it is published here. */
const scored = facts.map((fact) => ('model' in fact && fact.type !== 'HandOffRequested' ? { ...fact, model: ref } : fact));
const counted = { ...world, facts: scored };
const explain = (...words: readonly string[]) => ripen(counted, 'explain', asha.leadId, ...words);
const startedAt = facts[0]?.recordedAt ?? 0;

test('shows score, grade, stage, lifecycle and the points at that moment, in words that fit the page', async () => {
  const moment = new Date(facts.find(({ type }) => type === 'StageChanged')?.recordedAt ?? 0).toISOString();
  const { exit, out } = await explain('--at', moment);
  fits(out);
  expect(exit).toBe(0);
  expect(out).toContain('Asha Rao <asha@orchard.example>, lead lead-asha, at 1 Nov 2026'.replace('1 Nov', '01 Nov'));
  expect(out).toContain('Score 5');
  expect(out).toContain('Stage: awareness');
  expect(out).toContain('known today');
});

test('as JSON says the moment, the way it was judged and the ledger, whose sum is the points', async () => {
  const { json, out } = await explain('--at', at(24 * 14), '--as-known', '--json');
  expect(out.trimEnd().split('\n')).toHaveLength(1);
  expect(json).toMatchObject({
    ok: true,
    lead: asha.leadId,
    at: Date.UTC(2026, 10, 15, 9),
    asKnown: true,
    model: 'b2b-points',
    score: 27,
    stage: 'awareness',
    qualification: 'lead',
  });
  expect(json['ledgers']).toMatchObject([{ sum: 27_500, total: 27_500 }]);
});

test.each([
  ['"3 days ago"', '3 days ago', nowAt - 3 * 86_400_000],
  ['a date with its zone', '2026-11-20T10:00:00+02:00', Date.UTC(2026, 10, 20, 8)],
  ["a date with time by this machine's clock", '2026-11-20 10:00', new Date(2026, 10, 20, 10).getTime()],
  ['a day, from its beginning', '2026-11-20', new Date(2026, 10, 20).getTime()],
])('takes %s', async (_, words, moment) => {
  expect((await explain('--at', words, '--json')).json).toMatchObject({ ok: true, at: moment });
});

test.each([
  ['what is no date', ['--at', 'last spring'], 2, /no date: write for example 2026-11-02 or 2026-11-02T14:30:00Z or 3 days ago/],
  ['a day that is in no month', ['--at', '2026-02-31'], 2, /no date/],
  ['the future', ['--at', '2027-01-01'], 2, /in the future: it is 23 Nov 2026/],
  ['--as-known without a moment', ['--as-known'], 2, /goes with --at/],
  ['a moment before the lead', ['--at', '2026-10-01'], 3, /was not known at 01 Oct 2026/],
])('answers %s with a sentence', async (_, words, exit, says) => {
  const ran = await explain(...words);
  expect(ran.exit).toBe(exit);
  expect(ran.err.replaceAll(/\s+/g, ' ')).toMatch(says);
});

test('points by a model that is not published here cannot be counted anew, and a sentence says which', async () => {
  const ran = await ripen(world, 'explain', asha.leadId, '--at', '2026-11-20');
  expect([ran.exit, ran.err.replaceAll(/\s+/g, ' ')]).toEqual([1, expect.stringContaining('b2b-points@1#0123456789ab')]);
});

test('of somebody unknown ends with 3, of somebody nothing has happened with too', async () => {
  expect(await ripen(world, 'explain', 'bob@nowhere.example', '--at', '2026-11-20')).toMatchObject({ exit: 3 });
  expect(await ripen({ ...world, facts: [] }, 'explain', asha.leadId, '--at', '2026-11-20')).toMatchObject({ exit: 3 });
});

test('the first moment of a lead is the first that can be asked for', async () => {
  expect((await explain('--at', new Date(startedAt).toISOString())).exit).toBe(0);
  expect((await explain('--at', new Date(startedAt - 1).toISOString())).exit).toBe(3);
});

test('while nothing published can be asked for, says so', async () => {
  expect(await ripen({ facts, peopleAway: true }, 'explain', 'lead-asha', '--at', '2026-11-20')).toMatchObject({ exit: 1 });
});
