/**
 * A list of people imported by the command line into a whole stack: rows a second beside csv-parse and `import check` on the same file; then lists that are
 * put into a sequence, beside bare workflows started on the same server. Throws where somebody is missing. What each figure means: bench/README.md.
 */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '../activities/people/database';
import { defineSequence, email } from '../workflows/core/words';
import { csvParseSeconds, makeContacts } from './contact-list';
import { checkList } from './import-check';
import { median } from './median';
import { bareStarts, onWholeStack, say } from './whole-stack';
import type { WholeStack } from './whole-stack';

const rows = Number(process.env['BENCH_ROWS'] ?? 10_000);
const enteringRows = Math.ceil(rows / 5);
const rounds = 3;
/** A list names one person in fifty twice. */
const peopleIn = (count: number): number => count - Math.floor(count / 50);

/** Sends nothing while it is measured. */
const plan = defineSequence({
  id: 'bench-import',
  version: 1,
  model: 'b2b-points',
  phases: { start: { stage: 'awareness', touches: [email('welcome', { after: '60 days' })], exhaustedAfter: '80 days' } },
});

/** All a second. */
type Round = Readonly<Record<'parse' | 'check' | 'whole' | 'known' | 'again' | 'bare' | 'entered', number>>;

export const run = (): Promise<Record<string, number>> => onWholeStack(plan, measured);

async function measured(stack: WholeStack): Promise<Record<string, number>> {
  const seen: Round[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const list = join(stack.dir, `people-${round}.csv`);
    makeContacts(list, rows, round * rows);
    const parse = rows / (await csvParseSeconds(list));
    const check = rows / (await checkList(list)).seconds;
    const whole = await imported(stack, list, rows);
    const again = await imported(stack, list, 0);
    const bare = await bareStarts(stack.bare, enteringRows);
    const entered = await enteredFrom(stack, round);
    const now = { parse, check, whole: whole.rate, known: whole.known, again: again.rate, bare, entered };
    say(`round ${round}, a second: ${JSON.stringify(now)}`);
    seen.push(now);
  }
  const of = (figure: (round: Round) => number): number => median(seen.map(figure));
  return {
    rowsPerSecond: of(({ whole }) => whole),
    againRowsPerSecond: of(({ again }) => again),
    checkRowsPerSecond: of(({ check }) => check),
    csvParseRowsPerSecond: of(({ parse }) => parse),
    importVsCheck: of(({ whole, check }) => check / whole),
    importVsCsvParse: of(({ whole, parse }) => parse / whole),
    knownPerSecond: of(({ known }) => known),
    enteredPerSecond: of(({ entered }) => entered),
    barePerSecond: of(({ bare }) => bare),
    knownVsBare: of(({ known, bare }) => known / bare),
    enteredVsBare: of(({ entered, bare }) => entered / bare),
  };
}

const consent = ['--consent', 'ticked at the stand', '--obtained', '2026-11-01'] as const;

/** `rate`: rows a second, the start of the command line included; `known`: people a second, until each has a workflow that has written its first facts. */
async function imported(
  { roles, db }: WholeStack,
  list: string,
  fresh: number,
): Promise<{ readonly rate: number; readonly known: number }> {
  const before = await count(db, 'lead');
  const startedAt = performance.now();
  await roles.ripen('import', list, '--source', 'trade-show', ...consent);
  const seconds = (performance.now() - startedAt) / 1_000;
  const made = (await count(db, 'lead')) - before;
  if (made !== peopleIn(fresh)) throw new Error(`${made} people are new after a list of ${peopleIn(fresh)}`);
  await until(db, 'lead_summary', before + made);
  return { rate: rows / seconds, known: made / ((performance.now() - startedAt) / 1_000) };
}

/** People a second from the command on, until the projector knows each of them in the sequence. */
async function enteredFrom({ roles, db, dir }: WholeStack, round: number): Promise<number> {
  const list = join(dir, `entering-${round}.csv`);
  makeContacts(list, enteringRows, 1_000_000 * (round + 1));
  const people = peopleIn(enteringRows);
  const inIt = `lead_summary where sequence like '${plan.id}%'`;
  const expected = (await count(db, inIt)) + people;
  const startedAt = performance.now();
  await roles.ripen('import', list, '--source', 'trade-show', ...consent, '--sequence', plan.id);
  await until(db, inIt, expected);
  return (people / (performance.now() - startedAt)) * 1_000;
}

/** Throws where nothing moves for a minute. */
async function until(db: Database, what: string, expected: number): Promise<void> {
  let last = { seen: -1, at: performance.now() };
  for (;;) {
    const seen = await count(db, what);
    if (seen === expected) return;
    if (seen !== last.seen) last = { seen, at: performance.now() };
    if (performance.now() - last.at > 60_000) throw new Error(`${seen} of ${expected} in ${what}, and nobody more for a minute`);
    await pause(100);
  }
}

async function count(db: Database, what: string): Promise<number> {
  const { rows: counted } = await db.query<{ n: number }>(`select count(*)::int as n from ${what}`);
  return counted[0]?.n ?? 0;
}
