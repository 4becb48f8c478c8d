/** The engine's own router, shell, core and facts log for the benchmark; people are known by lead id and sends are counted, not made. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import type { NativeConnection } from '@temporalio/worker';
import { createDecide } from '../activities/decide';
import { aheadDoor } from '../activities/decide-ahead';
import { createLoadLead, createRepairLead } from '../activities/load-lead';
import { natsFactsLog } from '../activities/adapters/facts-log';
import { intlCalendar } from '../workflows/published/intl-calendar';
import type { Nats } from '../activities/adapters/nats-connection';
import { durableInflow } from '../activities/adapters/nats-inflow';
import type { FactsLog } from '../activities/ports';
import type { LeadDoor } from '../events/ports';
import { startRouter } from '../events/router';
import { consumers } from '../events/streams';
import type { Outcome } from '../workflows/core';
import { nurtureQueue, sendQueue } from '../workflows/messages';
import { engineClock } from '../worker/clock';
import type { Logger } from '../worker/logger';
import { doorTo, leadTuning } from '../worker/temporal';
import { counter } from './counter';
import { benchPublished } from './bench-plan';

export type BenchEngineOptions = {
  readonly client: Client;
  readonly native: NativeConnection;
  readonly nats: Nats;
  readonly bundle: string;
  readonly secret: string;
  readonly log: Logger;
};

export async function startBenchEngine({ client, native, nats, bundle, secret, log }: BenchEngineOptions) {
  const recorded = counter('events stored as facts');
  let sent: () => void = () => undefined;
  const real = natsFactsLog(nats);
  const facts: FactsLog = {
    ...real,
    append: async (decision, seq) => {
      const appended = await real.append(decision, seq);
      if (appended.as === 'stored') recorded.add(decision.facts.filter(({ type }) => type === 'EngagementRecorded').length);
      return appended;
    },
  };
  const published = benchPublished(intlCalendar());
  const deps = {
    facts,
    published: { snapshot: async () => published },
    rejected: {
      reject: async (record: unknown): Promise<void> => void log.error({ record }, 'the benchmark had something rejected'),
    },
    clock: engineClock(0, 1),
    erased: async () => false,
  };
  const never = async (): Promise<Outcome> => ({ as: 'unavailable', because: 'not in this benchmark' });
  const send = async (): Promise<Outcome> => {
    sent();
    return { as: 'sent', content: 'hello@1#bench' };
  };
  const worker = await Worker.create({
    connection: native,
    taskQueue: nurtureQueue,
    workflowBundle: { codePath: bundle },
    activities: {
      decide: createDecide(deps),
      loadLead: createLoadLead(deps),
      repairLead: createRepairLead(deps),
      assignRep: never,
      closeSend: never,
    },
    ...leadTuning,
  });
  const sender = await Worker.create({
    connection: native,
    taskQueue: sendQueue('email'),
    activities: { sendTouch: send, notifyRep: never },
    maxConcurrentActivityTaskExecutions: 50,
  });
  const running = Promise.all([worker.run(), sender.run()]);
  const signals = doorTo(client);
  const door = aheadDoor({ ...deps, door: signals, log, now: Date.now });
  /** As the router's queues do. */
  const deliver: LeadDoor['deliver'] = async (leadId, inputs) => {
    for (;;) {
      const delivered = await door.deliver(leadId, inputs);
      if (delivered.as !== 'later') return delivered;
      await pause(delivered.afterMs);
    }
  };
  const router = startRouter(
    {
      inflow: durableInflow(nats, consumers.router),
      identifier: { identify: async (identities) => identities.map(({ value }) => ({ as: 'lead' as const, leadId: value })) },
      anonymous: { keepAnonymous: async () => ({ as: 'kept' as const }), claim: async () => 0 },
      door,
      rejected: deps.rejected,
      toEngine: (at) => at,
      log,
    },
    { secret },
  );
  return {
    /** Resolves when so many more events are in the facts log. */
    expect: recorded.expect,
    /** As the router does: ahead of the workflow where it has nothing to do. */
    deliver,
    /** Every input by a signal. */
    signal: signals.deliver,
    /** Of all inputs so far, how many the router decided itself. */
    ahead: (): number => door.stats().ahead,
    signalled: () => door.stats().signalled,
    /** Nothing of the router is under way. */
    routed: (): boolean => router.stats().held === 0,
    /** `performance.now()` at the start of the next send. */
    nextSend: (): Promise<number> => new Promise((resolve) => (sent = () => resolve(performance.now()))),
    /** Ends only when the workers do: by `stop`, by a signal to the process, or by a failure. */
    ended: running,
    stop: async () => {
      await router.stop();
      await door.stop();
      worker.shutdown();
      sender.shutdown();
      await running;
    },
  };
}
export type BenchEngine = Awaited<ReturnType<typeof startBenchEngine>>;
