/** The baseline: an entity that takes a signal and waits for the next, optionally starting one activity. No rules, no log. */
import type { Sinks } from '@temporalio/workflow';
import { condition, continueAsNew, defineSignal, proxyActivities, proxySinks, setHandler, workflowInfo } from '@temporalio/workflow';

export const poke = defineSignal<[count: number]>('poke');
export type BareInput = { readonly applied: number; readonly acting: boolean };

interface BenchSinks extends Sinks {
  bench: { applied(count: number): void };
}
const { bench } = proxySinks<BenchSinks>();
const { begun } = proxyActivities<{ begun(): Promise<void> }>({ startToCloseTimeout: '1 minute', taskQueue: 'bare-send' });

export async function bareEntity(input: BareInput): Promise<void> {
  let { applied } = input;
  let inbox = 0;
  setHandler(poke, (count) => void (inbox += count));
  for (;;) {
    if (workflowInfo().historyLength > 300 && inbox === 0) await continueAsNew<typeof bareEntity>({ applied, acting: input.acting });
    await condition(() => inbox > 0);
    applied += inbox;
    bench.applied(inbox);
    inbox = 0;
    if (input.acting) await begun();
  }
}
