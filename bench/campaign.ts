/**
 * A campaign over 20,000 people on a whole stack, whose roles are killed twice on the way: enrolments a second beside bare signals that start as many
 * workflows on the same server. Throws where somebody was missed or taken twice. What each figure means: bench/README.md.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Nats } from '../activities/adapters/nats-connection';
import { natsScan } from '../activities/adapters/nats-scan';
import type { Database } from '../activities/people/database';
import { jsonOf } from '../events/strip';
import { streamNames } from '../events/subjects';
import { defineSequence, email } from '../workflows/core/words';
import { makePeople } from './made-people';
import { median } from './median';
import type { RolesProcess } from './roles-process';
import { bareStarts, onWholeStack, say } from './whole-stack';
import type { WholeStack } from './whole-stack';

const people = Number(process.env['BENCH_PEOPLE'] ?? 20_000);
/** Shares of the people after which the roles are killed. */
const kills = [1 / 3, 2 / 3] as const;
const bareLot = Math.min(1_000, Math.ceil(people / 4));

/** Sends nothing while it is measured. */
const plan = defineSequence({
  id: 'bench-campaign',
  version: 1,
  model: 'b2b-points',
  phases: { start: { stage: 'awareness', touches: [email('welcome', { after: '60 days' })], exhaustedAfter: '80 days' } },
});

export const run = (): Promise<Record<string, number>> => onWholeStack(plan, measured, (db) => makePeople(db, 0, people));

async function measured({ db, nats, roles, bare }: WholeStack): Promise<Record<string, number>> {
  const signals: number[] = [];
  const lots = async (count: number): Promise<void> => {
    for (let lot = 0; lot < count; lot += 1) signals.push(await bareStarts(bare, bareLot));
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
