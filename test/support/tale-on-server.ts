/**
 * Tells a tale of the kit once more, on a real Temporal server with skipped time: the real shell and the real activities.
 *
 * The engine's clock goes in whole half minutes, so that what the machine needs to answer takes no time in the tale, as in the core. So what
 * falls due in a tale must lie on a half minute of it, and an answer that takes longer than one shows as a difference.
 */
import { Client, Connection, WithStartWorkflowOperation } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { memoryFactsLog } from '../../activities/adapters/memory-facts-log';
import type { EngineClock } from '../../activities/ports';
import type { Fact, Input } from '../../workflows/core';
import { commandUpdate, nurtureQueue, sendQueue, viewQuery, workflowIdOf } from '../../workflows/messages';
import { goodWorld } from '../../workflows/foresight/provider';
import type { Script } from '../../workflows/foresight/scene';
import { doorTo } from '../../worker/temporal';
import { eventually } from './shell-engine';
import { skippedTime } from './skipped-time';
import type { SkippedTime } from './skipped-time';
import { taleActivities } from './tale-activities';

/** `runs`: of the workflow, those continued as new too. */
export type ToldOnServer = { readonly facts: readonly Fact[]; readonly runs: number };

/** Throws where the lead is in trouble on the server. */
export async function onServer(address: string, { leadId, published, lines, reps }: Script): Promise<ToldOnServer> {
  const [connection, native] = await Promise.all([Connection.connect({ address }), NativeConnection.connect({ address })]);
  const clock = halfMinutes(lines[0]?.at ?? 0);
  const log = memoryFactsLog();
  const provider = goodWorld(published, reps);
  const activities = taleActivities({ leadId, published, log, clock, provider });
  const workflowBundle = { codePath: process.env['RIPEN_BUNDLE'] ?? '' };
  const workers = await Promise.all([
    Worker.create({ connection: native, taskQueue: nurtureQueue, workflowBundle, activities }),
    Worker.create({ connection: native, taskQueue: sendQueue('email'), activities }),
  ]);
  const running = Promise.all(workers.map((worker) => worker.run()));
  const client = new Client({ connection });
  const lead = leadOn(client, leadId, skippedTime(connection, 'default'), clock);
  try {
    for (const line of lines) {
      await lead.forwardTo(line.at);
      if (line.as === 'world') line.change(provider);
      if (line.as === 'input') await lead.give(line.input);
    }
  } finally {
    await lead.end();
    for (const worker of workers) worker.shutdown();
    await running;
    await Promise.all([native.close(), connection.close()]);
  }
  const decisions = log.all().map(({ decision }) => decision);
  return { facts: decisions.flatMap(({ facts }) => facts), runs: new Set(decisions.map(({ run }) => run)).size };
}

type MovedClock = EngineClock & { readonly isNow: (taleAt: number) => void };

function halfMinutes(startAt: number): MovedClock {
  const grainMs = 30_000;
  let realAt = Date.now();
  let taleAt = startAt;
  return {
    isNow(at) {
      realAt = Date.now();
      taleAt = at;
    },
    toEngine: (at) => taleAt + Math.floor((at - realAt) / grainMs) * grainMs,
    toReal: (at) => realAt + (at - taleAt),
  };
}

/** Far enough behind a moment for every timer set to it to have fired. */
const justAfterMs = 20;
/** An answer may take as long as this on a busy machine; a server that skips too far goes on to the next timer of the lead. */
const mostLateMs = 5 * 60_000;

/** The server's time skipping, which is experimental, went on past the moment it was asked for: what follows says nothing about the lead. */
export class RanAhead extends Error {
  override readonly name = 'RanAhead';
}

function leadOn(client: Client, leadId: string, time: SkippedTime, clock: MovedClock) {
  const workflowId = workflowIdOf(leadId);
  const handle = client.workflow.getHandle(workflowId);
  const { deliver } = doorTo(client);

  /** Nothing in the inbox, nothing running, nothing due. */
  const quiet = async (): Promise<true | undefined> => {
    const view = await handle.query(viewQuery);
    if (view.problem !== undefined) throw new Error(`the lead is in trouble on the server: ${view.problem}`);
    const now = await time.now(workflowId);
    if (now === undefined) return true;
    return view.inbox === 0 && view.running.length === 0 && (view.wakeAt === undefined || view.wakeAt > now) ? true : undefined;
  };
  const settled = (): Promise<true> => eventually('the lead is quiet on the server', quiet, 60_000);
  const runs = async (): Promise<boolean> => (await time.now(workflowId)) !== undefined;
  let sentTo: number | undefined;
  const inTime = async (): Promise<void> => {
    if (sentTo === undefined) return;
    const late = ((await time.now(workflowId)) ?? 0) - clock.toReal(sentTo);
    if (late > mostLateMs) throw new RanAhead(`${workflowId} is ${Math.round(late / 60_000)} minutes past the moment it was sent to`);
  };

  return {
    async forwardTo(at: number): Promise<void> {
      // A lead that sleeps has no clock; the next run begins at whatever moment this is.
      if (!(await runs())) {
        sentTo = undefined;
        return clock.isNow(at);
      }
      await inTime();
      sentTo = at;
      await time.forwardTo(workflowId, clock.toReal(at) + justAfterMs);
      await settled();
      await inTime();
    },
    async give(input: Input): Promise<void> {
      if (input.kind === 'command') await command(client, leadId, input);
      else {
        const delivered = await deliver(leadId, [input]);
        if (delivered.as !== 'delivered') throw new Error(delivered.says);
      }
      await settled();
    },
    async end(): Promise<void> {
      if (await runs()) await handle.terminate('the tale is told');
    },
  };
}

const command = (client: Client, leadId: string, input: Extract<Input, { kind: 'command' }>) =>
  client.workflow.executeUpdateWithStart(commandUpdate, {
    startWorkflowOperation: new WithStartWorkflowOperation('nurtureLead', {
      workflowId: workflowIdOf(leadId),
      taskQueue: nurtureQueue,
      args: [{ leadId }],
      workflowIdConflictPolicy: 'USE_EXISTING',
    }),
    args: [input],
    updateId: input.id,
  });
