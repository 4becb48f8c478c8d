/** The shell with the real core, real Temporal and real NATS, and a recording stand-in for sends: for crash tests of the protocol. */
import { randomBytes } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { createDecide } from '../../activities/decide';
import { createLoadLead, createRepairLead } from '../../activities/load-lead';
import { openNats } from '../../activities/adapters/nats-connection';
import { natsFactsLog } from '../../activities/adapters/facts-log';
import { ensureStreams } from '../../events/streams';
import type { EngineClock, FactsLog } from '../../activities/ports';
import { doorTo } from '../../worker/temporal';
import { ensureSearchAttributes } from '../../worker/search-attributes';
import { nurtureQueue, sendQueue, workflowIdOf } from '../../workflows/messages';
import type { Input, Outcome, Published, SendTouch } from '../../workflows/core';
import { engineClock } from '../../worker/clock';

// Before any worker of the process; a lead that cannot decide warns by design in these tests.
Runtime.install({ logger: new DefaultLogger((process.env['TEST_LOG'] as 'WARN' | undefined) ?? 'ERROR') });

export type ShellOptions = {
  readonly natsUrl: string;
  readonly namespace: string;
  readonly published: Published;
  /** Wraps the log, for faults. */
  readonly facts?: (real: FactsLog) => FactsLog;
  readonly clock?: EngineClock;
  readonly onSend?: (leadId: string, send: SendTouch) => Promise<Outcome> | Outcome;
  readonly maxCachedWorkflows?: number;
};

const open = new Set<() => Promise<void>>();

/** For `afterAll`: ends what a failed test left running, or jest would wait for ever. */
export const stopLeftOver = async (): Promise<void> => void (await Promise.all([...open].map((stop) => stop())));

/** Creates a namespace of its own for a test file, so that workers of other files take none of its leads. */
export async function freshNamespace(): Promise<string> {
  const namespace = `t${randomBytes(5).toString('hex')}`;
  const connection = await Connection.connect({ address: process.env['TEMPORAL_ADDRESS'] });
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: { seconds: 86_400 as unknown as never },
  });
  for (;;) {
    try {
      await ensureSearchAttributes(connection, namespace);
      await connection.workflowService.listWorkflowExecutions({ namespace, pageSize: 1 });
      break;
    } catch (error) {
      // A new namespace is known to every part of the server only after a moment.
      if (!/not found|NotFound/i.test(String(error))) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  await connection.close();
  return namespace;
}

export async function startShell(options: ShellOptions) {
  const { namespace } = options;
  const address = process.env['TEMPORAL_ADDRESS'] ?? '127.0.0.1:7233';
  const [connection, native, nats] = await Promise.all([
    Connection.connect({ address }),
    NativeConnection.connect({ address }),
    openNats({ url: options.natsUrl, name: 'shell-test' }),
  ]);
  await ensureStreams(nats);
  const client = new Client({ connection, namespace });
  const real = natsFactsLog(nats);
  const facts = options.facts?.(real) ?? real;
  const clock = options.clock ?? engineClock(0, 1);
  const rejected: unknown[] = [];
  const deps = {
    facts,
    published: { snapshot: async () => options.published },
    rejected: { reject: async (record: unknown) => void rejected.push(record) },
    clock,
    erased: async () => false,
  };
  const sends: { leadId: string; send: SendTouch }[] = [];
  const activities = {
    decide: createDecide(deps),
    loadLead: createLoadLead(deps),
    repairLead: createRepairLead(deps),
    assignRep: async (): Promise<Outcome> => ({ as: 'assigned', rep: 'rep1' }),
    closeSend: async (): Promise<Outcome> => ({ as: 'uncertain', because: 'test' }),
    sendTouch: async ({ leadId, send }: { leadId: string; send: SendTouch }): Promise<Outcome> => {
      sends.push({ leadId, send });
      return options.onSend?.(leadId, send) ?? { as: 'sent', content: `${send.content}@1#test` };
    },
    notifyRep: async (): Promise<Outcome> => ({ as: 'notified' }),
  };
  const common = { connection: native, namespace };
  const workflows = await Worker.create({
    ...common,
    taskQueue: nurtureQueue,
    workflowBundle: { codePath: process.env['RIPEN_BUNDLE'] ?? '' },
    activities,
    maxCachedWorkflows: options.maxCachedWorkflows ?? 500,
  });
  const sender = await Worker.create({ ...common, taskQueue: sendQueue('email'), activities });
  const running = Promise.all([workflows.run(), sender.run()]);
  const { deliver } = doorTo(client);
  const stop = async (): Promise<void> => {
    if (!open.delete(stop)) return;
    workflows.shutdown();
    sender.shutdown();
    await running;
    await Promise.all([nats.close(), native.close(), connection.close()]);
  };
  open.add(stop);
  return {
    client,
    nats,
    facts: real,
    sends,
    rejected,
    deliver: async (leadId: string, ...inputs: Input[]) => {
      const delivered = await deliver(leadId, inputs);
      if (delivered.as !== 'delivered') throw new Error(`not delivered: ${JSON.stringify(delivered)}`);
    },
    handle: (leadId: string) => client.workflow.getHandle(workflowIdOf(leadId)),
    stop,
  };
}
export type Shell = Awaited<ReturnType<typeof startShell>>;

/** Waits until `look` gives something; fails with the sentence after `withinMs`. */
export async function eventually<T>(sentence: string, look: () => Promise<T | undefined> | T | undefined, withinMs = 20_000): Promise<T> {
  const until = Date.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    if (Date.now() > until) throw new Error(`not within ${withinMs} ms: ${sentence}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/**
 * As `eventually`, as long as there is movement: given up once `moved` has not changed for so long. Says when it gives up; a slow machine is waited for,
 * a standstill is not.
 */
export async function whileItMoves(
  sentence: string,
  look: () => Promise<{ readonly done: boolean; readonly moved: number }>,
  { standsMs, everyMs }: { readonly standsMs: number; readonly everyMs: number },
): Promise<void> {
  for (let [last, since] = [-1, Date.now()]; ;) {
    const { done, moved } = await look();
    if (done) return;
    if (moved !== last) [last, since] = [moved, Date.now()];
    if (Date.now() - since > standsMs) throw new Error(`nothing moved for ${standsMs} ms: ${sentence}`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

/** An id as the router makes them: 64 bits, 11 characters. */
export const freshId = (): string => randomBytes(8).toString('base64url');
