/** Runs the bare signal-and-wait workflow on the same servers; applied signals are counted in its worker, without another server call. */
import type { Client } from '@temporalio/client';
import { bundleWorkflowCode, Worker } from '@temporalio/worker';
import type { NativeConnection } from '@temporalio/worker';
import { leadTuning } from '../worker/temporal';
import { bareEntity, poke } from './bare-workflow';
import { counter, inFlight } from './counter';

const silent = { trace() {}, debug() {}, info() {}, warn: console.error, error: console.error, log() {} };

export async function startBare(client: Client, connection: NativeConnection) {
  const workflowBundle = await bundleWorkflowCode({ workflowsPath: require.resolve('./bare-workflow'), logger: silent });
  const applied = counter('signals applied by the bare workflow');
  let begun: () => void = () => undefined;
  const worker = await Worker.create({
    connection,
    taskQueue: 'bare',
    workflowBundle,
    ...leadTuning,
    sinks: { bench: { applied: { fn: (_info: unknown, count: number) => applied.add(count), callDuringReplay: false } } },
  });
  const sender = await Worker.create({
    connection,
    taskQueue: 'bare-send',
    activities: { begun: async () => begun() },
    maxConcurrentActivityTaskExecutions: 50,
  });
  const running = Promise.all([worker.run(), sender.run()]);
  const signal = (id: string, acting: boolean) =>
    client.workflow.signalWithStart(bareEntity, {
      workflowId: `bare/${id}`,
      taskQueue: 'bare',
      args: [{ applied: 0, acting }],
      signal: poke,
      signalArgs: [1],
    });
  /** One signal an entry of `order`, until the last is applied; per second. */
  const rate = async (order: readonly string[], concurrency: number, acting = false): Promise<number> => {
    const all = applied.expect(order.length);
    const startedAt = performance.now();
    await Promise.all([inFlight(order, concurrency, (id) => signal(id, acting)), all]);
    return (order.length / (performance.now() - startedAt)) * 1_000;
  };
  return {
    warm: (ids: readonly string[], concurrency: number) => rate(ids, concurrency),
    warmActing: (ids: readonly string[], concurrency: number) => rate(ids, concurrency, true),
    rate,
    /** Signal to the start of its activity, ms, on an entity warmed by `warmActing`. */
    reaction: async (id: string): Promise<number> => {
      const started = new Promise<number>((resolve) => (begun = () => resolve(performance.now())));
      const startedAt = performance.now();
      await signal(id, true);
      return (await started) - startedAt;
    },
    stop: async () => {
      worker.shutdown();
      sender.shutdown();
      await running;
    },
  };
}
export type Bare = Awaited<ReturnType<typeof startBare>>;
