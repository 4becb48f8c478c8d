/** Questions over 20,000 and 200,000 people in a Postgres of its own, beside a bare count of the same people: seconds, and growth. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { audienceSelection } from '../activities/people/audience';
import { audienceCount, audienceSample, audienceWhy } from '../activities/people/audience/ask';
import { openDatabase, type Database } from '../activities/people/database';
import { migrate } from '../activities/people/migrate';
import { publishArtefacts } from '../activities/people/published';
import { startDevStack } from '../worker/dev-stack';
import { readCatalogue } from '../workflows/catalogue';
import { shipped } from '../workflows/paths';
import { makePast, makePeople } from './made-people';
import { median } from './median';

const sizes = [20_000, 200_000] as const;
const rounds = 5;
const now = Date.UTC(2026, 10, 23, 12);

/** By what they look at: a few codes and the messages sent; the standing of the address; what people did; a condition of the settings. */
const questions = {
  codes: 'stage = awareness and score >= 30 and industry in (software, finance) and not received(pricing) in 30 days',
  standing: 'mailable and silent for 60 days',
  deeds: 'did(page.viewed) 3 times in 30 days or clicked(pricing) in 14 days',
  segment: 'segment(small-teams) and grade >= B and not sequence(buyers-journey)',
} as const;
type Question = keyof typeof questions;

export async function run(): Promise<Record<string, number>> {
  const dir = mkdtempSync(join(tmpdir(), 'ripen-bench-'));
  const onProgress = (line: string): void => void process.stderr.write(`${line}\n`);
  const stack = await startDevStack({ dir, need: ['postgres'], env: process.env, throwAway: true, onProgress });
  const db = openDatabase(stack.addresses.DATABASE_URL ?? '');
  try {
    await migrate(db);
    await publishArtefacts(db, readCatalogue(shipped('workflows')).artefacts, 'bench');
    const seconds: Record<string, number>[] = [];
    let made = 0;
    for (const size of sizes) {
      await makePeople(db, made, size);
      await makePast(db, made, size, now);
      made = size;
      seconds.push(await measured(db, size));
    }
    return figuresOf(seconds);
  } finally {
    await db.close();
    await stack.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Medians of rounds in which all take turns, by name. */
async function measured(db: Database, size: number): Promise<Record<string, number>> {
  const asks: Record<string, () => Promise<number>> = {
    bare: async () =>
      (await db.query<{ n: number }>('select count(*)::int as n from lead l join lead_summary s on s.lead_id = l.id')).rows[0]?.n ?? 0,
    select: async () => {
      const { text, values } = await audienceSelection(db, questions.codes, now);
      return (await db.query(text, [...values])).rows.length;
    },
    sample: async () => (await audienceSample(db, { query: questions.codes, people: 20 }, now)).people.length,
    why: async () => ((await audienceWhy(db, { query: questions.codes, leadId: 'ld_7' }, now)) === undefined ? 0 : 1),
  };
  for (const name of Object.keys(questions) as Question[])
    asks[name] = async () => (await audienceCount(db, { query: questions[name] }, now)).matched;
  const took: Record<string, number[]> = {};
  for (let round = 0; round <= rounds; round += 1)
    for (const [name, ask] of Object.entries(asks)) {
      const startedAt = performance.now();
      const found = await ask();
      const seconds = (performance.now() - startedAt) / 1_000;
      if (found === 0 || found > size) throw new Error(`${name} found ${found} of ${size} people`);
      process.stderr.write(`round ${round} ${size} people ${name}: ${found} in ${seconds.toFixed(3)} s\n`);
      if (round > 0) (took[name] ??= []).push(seconds);
    }
  return Object.fromEntries(Object.entries(took).map(([name, all]) => [name, median(all)]));
}

/** `...Seconds` at the larger size, `...VsBare` beside the bare count there, `...Growth` between the sizes (10 is proportional to the people). */
function figuresOf([small = {}, large = {}]: readonly Record<string, number>[]): Record<string, number> {
  const { bare = Number.NaN } = large;
  return Object.fromEntries(
    Object.entries(large).flatMap(([name, seconds]) => [
      [`${name}Seconds20k`, small[name] ?? Number.NaN],
      [`${name}Seconds200k`, seconds],
      ...(name === 'bare' ? [] : [[`${name}VsBare200k`, seconds / bare] as const]),
      [`${name}Growth`, seconds / (small[name] ?? Number.NaN)],
    ]),
  );
}
