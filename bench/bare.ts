/** Runs the bare signal-and-wait workflow on the same servers; applied signals are counted in its worker, without another server call. */
import type { Client } from '@temporalio/client';
import { bundleWorkflowCode, Worker } from '@temporalio/worker';
import type { NativeConnection } from '@temporalio/worker';
import { bareEntity, poke } from './bare-workflow';
import { counter } from './counter';

const silent = { trace() {}, debug() {}, info() {}, warn: console.error, error: console.error, log() {} };

export async function startBare(client: Client, connection: NativeConnection) {
  const workflowBundle = await bundleWorkflowCode({ workflowsPath: require.resolve('./bare-workflow'), logger: silent });
  const applied = counter();
  let begun: () => void = () => undefined;
  const worker = await Worker.create({
    connection,
    taskQueue: 'bare',
    workflowBundle,
    maxCachedWorkflows: 1_000,
    sinks: { bench: { applied: { fn: (_info: unknown, count: number) => applied.add(count), callDuringReplay: false } } },
  });
  const sender = await Worker.create({ connection, taskQueue: 'bare-send', activities: { begun: async () => begun() } });
  const running = Promise.all([worker.run(), sender.run()]);
  const signal = (id: string, acting: boolean) =>
    client.workflow.signalWithStart(bareEntity, { workflowId: `bare/${id}`, taskQueue: 'bare', args: [{ applied: 0, acting }], signal: poke, signalArgs: [1] });
  const rate = async (ids: readonly string[], each: number, concurrency: number): Promise<number> => {
    const order = Array.from({ length: each }, () => ids).flat();
    const all = applied.expect(order.length);
    const startedAt = performance.now();
    await Promise.all(
      Array.from({ length: concurrency }, async () => {
        for (let id = order.shift(); id !== undefined; id = order.shift()) await signal(id, false);
      }),
    );
    await all;
    return ((ids.length * each) / (performance.now() - startedAt)) * 1_000;
  };
  return {
    warm: async (ids: readonly string[]): Promise<void> => void (await rate(ids, 1, 32)),
    rate,
    /** Signal to the start of its activity, ms, on an entity that is warm. */
    reaction: async (id: string): Promise<number> => {
      for (let attempt = 0; ; attempt += 1) {
        const started = new Promise<void>((resolve) => (begun = resolve));
        const startedAt = performance.now();
        await signal(id, true);
        await started;
        if (attempt === 1) return performance.now() - startedAt;
      }
    },
    stop: async () => {
      worker.shutdown();
      sender.shutdown();
      await running;
    },
  };
}
export type Bare = Awaited<ReturnType<typeof startBare>>;
