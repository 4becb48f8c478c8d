/**
 * A campaign over 20,000 people on a whole stack, whose roles are killed twice on the way: enrolments a second beside bare signals that start as many
 * workflows on the same server. Throws where somebody was missed or taken twice. What each figure means: bench/README.md.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { openNats } from '../activities/adapters/nats-connection';
import type { Nats } from '../activities/adapters/nats-connection';
import { natsScan } from '../activities/adapters/nats-scan';
import { openDatabase } from '../activities/people/database';
import type { Database } from '../activities/people/database';
import { migrate } from '../activities/people/migrate';
import { publishArtefacts } from '../activities/people/published';
import { artefactOf } from '../events/digest';
import { ensureStreams } from '../events/streams';
import { jsonOf } from '../events/strip';
import { streamNames } from '../events/subjects';
import { startDevStack } from '../worker/dev-stack';
import { readCatalogue } from '../workflows/catalogue';
import { defineSequence, email } from '../workflows/core/words';
import { shipped } from '../workflows/paths';
import { startBare } from './bare';
import type { Bare } from './bare';
import { makePeople } from './made-people';
import { median } from './median';
import { startRolesProcess } from './roles-process';
import type { RolesProcess } from './roles-process';

const people = Number(process.env['BENCH_PEOPLE'] ?? 20_000);
/** Shares of the people after which the roles are killed. */
const kills = [1 / 3, 2 / 3] as const;
const bareLot = Math.min(1_000, Math.ceil(people / 4));
const concurrency = 64;

/** Sends nothing while it is measured. */
const plan = defineSequence({
  id: 'bench-campaign',
  version: 1,
  model: 'b2b-points',
  phases: { start: { stage: 'awareness', touches: [email('welcome', { after: '60 days' })], exhaustedAfter: '80 days' } },
});

const say = (line: string): void => void process.stderr.write(`${line}\n`);

export async function run(): Promise<Record<string, number>> {
  const dir = mkdtempSync(join(tmpdir(), 'ripen-bench-'));
  const need = ['temporal', 'nats', 'postgres', 'smtp'] as const;
  const stack = await startDevStack({ dir, need, env: process.env, throwAway: true, onProgress: say });
  const environment = { ...process.env, ...stack.addresses, LOG_LEVEL: 'error', RIPEN_SECRET: randomBytes(24).toString('hex') };
  const db = openDatabase(stack.addresses.DATABASE_URL ?? '');
  const nats = await openNats({ url: stack.addresses.NATS_URL ?? '', name: 'bench' });
  const address = stack.addresses.TEMPORAL_ADDRESS ?? '';
  const connection = await Connection.connect({ address });
  const native = await NativeConnection.connect({ address });
  try {
    await ensureStreams(nats);
    await migrate(db);
    await publishArtefacts(db, [...readCatalogue(shipped('workflows')).artefacts, artefactOf('plan', plan)], 'bench');
    await makePeople(db, 0, people);
    const roles = await startRolesProcess(environment);
    const bare = await startBare(new Client({ connection }), native);
    try {
      return await measured(db, nats, roles, bare);
    } finally {
      await Promise.all([roles.stop(), bare.stop()]);
    }
  } finally {
    await Promise.all([nats.close(), db.close(), connection.close()]);
    await native.close();
    await stack.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function measured(db: Database, nats: Nats, roles: RolesProcess, bare: Bare): Promise<Record<string, number>> {
  const fresh = (): readonly string[] => Array.from({ length: bareLot }, () => randomBytes(8).toString('hex'));
  const signals: number[] = [];
  const lots = async (count: number): Promise<void> => {
    for (let lot = 0; lot < count; lot += 1) {
      signals.push(await bare.rate(fresh(), concurrency));
      say(`bare: ${signals.at(-1)?.toFixed(0)} signals with start a second`);
    }
  };
  await lots(3);
  const startedAt = performance.now();
  await roles.ripen('campaign', 'start', 'bench', '--sequence', plan.id, '--audience', 'suppressed is unknown', '--by', 'olga');
  if (people > 5_000) await roles.ripen('campaign', 'approve', 'bench', '--by', 'otto');
  const expected = await mayCome(db);
  const run = await enrolled(db, roles, expected, startedAt);
  await lots(3);
  const { missed, twice } = await checked(nats, expected);
  if (missed + twice > 0) throw new Error(`${missed} of ${expected} people were missed, ${twice} were taken twice`);
  const bareRate = median(signals);
  return {
    people: expected,
    enrolmentsPerSecond: run.whole,
    untilFirstKillPerSecond: run.untilKill,
    barePerSecond: bareRate,
    campaignVsBare: run.untilKill / bareRate,
    killedVsBare: run.whole / bareRate,
    missed,
    twice,
  };
}

/** Who is not suppressed, asked person by person and not as the campaign asks. */
async function mayCome(db: Database): Promise<number> {
  const { rows } = await db.query<{ n: number }>('select count(*)::int as n from email_standing where suppressed is null');
  return rows[0]?.n ?? 0;
}

/** Until all of them are in; rates a second, from the command on. */
async function enrolled(
  db: Database,
  roles: RolesProcess,
  expected: number,
  startedAt: number,
): Promise<{ readonly whole: number; readonly untilKill: number }> {
  const rate = (count: number): number => (count / (performance.now() - startedAt)) * 1_000;
  let untilKill: number | undefined;
  let killed = 0;
  for (let last = -1, silentSince = performance.now(); ;) {
    const { rows } = await db.query<{ state: string; n: number }>(
      `select state, count(*)::int as n from campaign_member where campaign = 'bench' group by 1`,
    );
    const of = (state: string): number => rows.find((row) => row.state === state)?.n ?? 0;
    const done = of('enrolled');
    if (done === expected) return { whole: rate(done), untilKill: untilKill ?? rate(done) };
    if (done !== last) [last, silentSince] = [done, performance.now()];
    if (performance.now() - silentSince > 180_000) throw new Error(`nobody more came in for three minutes: ${JSON.stringify(rows)}`);
    if (done >= expected * (kills[killed] ?? Infinity)) {
      untilKill ??= rate(done);
      killed += 1;
      say(`${done} are in, ${rate(done).toFixed(0)} a second; killing the roles`);
      await roles.killed();
    }
    await pause(200);
  }
}

/** By FACTS: how often each person entered. */
async function checked(nats: Nats, expected: number): Promise<{ readonly missed: number; readonly twice: number }> {
  const times = new Map<string, number>();
  await natsScan(nats).scan({ stream: streamNames.facts, subjects: ['facts.lead.>'], fromSeq: 1 }, async (messages) => {
    for (const { data } of messages) {
      const { lead, facts } = jsonOf(data) as { readonly lead: string; readonly facts: readonly { readonly type: string }[] };
      const entered = facts.filter(({ type }) => type === 'Enrolled').length;
      if (entered > 0) times.set(lead, (times.get(lead) ?? 0) + entered);
    }
    return true;
  });
  return { missed: expected - times.size, twice: [...times.values()].filter((count) => count > 1).length };
}
