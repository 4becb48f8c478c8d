/** The engine's own router, shell, core and facts log for the benchmark; people are known by lead id and sends are counted, not made. */
import type { Client } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import type { NativeConnection } from '@temporalio/worker';
import { createDecide } from '../activities/decide';
import { createLoadLead, createRepairLead } from '../activities/load-lead';
import { natsFactsLog } from '../activities/adapters/facts-log';
import type { Nats } from '../activities/adapters/nats-connection';
import { durableInflow } from '../activities/adapters/nats-inflow';
import type { FactsLog } from '../activities/ports';
import { startRouter } from '../events/router';
import { consumers } from '../events/streams';
import type { Input, Outcome, Plan } from '../workflows/core';
import { nurtureQueue, sendQueue, viewQuery, workflowIdOf } from '../workflows/messages';
import { engineClock } from '../worker/clock';
import { doorTo } from '../worker/temporal';
import { counter } from './counter';
import { benchPlan, benchPublished } from './bench-plan';

const quiet = { info() {}, warn() {}, error: console.error };

export async function startBenchEngine({ client, native, nats, bundle }: { client: Client; native: NativeConnection; nats: Nats; bundle: string }) {
  const recorded = counter();
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
  const published = benchPublished();
  const deps = { facts, published: { snapshot: async () => published }, rejected: { reject: async () => undefined }, clock: engineClock(0, 1), erased: async () => false };
  const never = async (): Promise<Outcome> => ({ as: 'unavailable', because: 'not in this benchmark' });
  const activities = {
    decide: createDecide(deps),
    loadLead: createLoadLead(deps),
    repairLead: createRepairLead(deps),
    assignRep: never,
    closeSend: never,
    notifyRep: never,
    sendTouch: async (): Promise<Outcome> => {
      sent();
      return { as: 'sent', content: 'hello@1#bench' };
    },
  };
  const worker = await Worker.create({ connection: native, taskQueue: nurtureQueue, workflowBundle: { codePath: bundle }, activities, maxCachedWorkflows: 1_000, maxConcurrentWorkflowTaskExecutions: 100 });
  const sender = await Worker.create({ connection: native, taskQueue: sendQueue('email'), activities });
  const running = Promise.all([worker.run(), sender.run()]);
  const door = doorTo(client);
  const router = startRouter(
    {
      inflow: await durableInflow(nats, consumers.router),
      identifier: { identify: async (identities) => identities.map(({ value }) => ({ as: 'lead' as const, leadId: value })) },
      anonymous: { keepAnonymous: async () => ({ as: 'kept' as const }) },
      door,
      rejected: deps.rejected,
      toEngine: (at) => at,
      log: quiet,
    },
    { secret: 'a secret for the benchmark' },
  );
  const command = (id: string, plan: Plan): Input => ({ kind: 'command', id, command: { word: 'enrol', sequence: plan.id }, by: 'bench', because: 'bench' });
  const visit = (id: string): Input => ({ kind: 'engaged', id, event: { id, type: 'page.viewed', occurredAt: Date.now(), actor: 'human', data: { path: '/' } } });
  return {
    expect: recorded.expect,
    warm: async (leads: readonly string[]): Promise<void> => {
      const all = recorded.expect(leads.length);
      for (const [index, lead] of leads.entries()) await door.deliver(lead, [command(`e${index}`.padStart(11, '0'), benchPlan), visit(`v${index}`.padStart(11, '0'))]);
      await all;
    },
    /** Publish to the start of the send that the event causes, ms. */
    reaction: async (_lead: string, publish: (type: string, data: Record<string, unknown>) => Promise<void>): Promise<number> => {
      const started = new Promise<void>((resolve) => (sent = resolve));
      const startedAt = performance.now();
      await publish('form.submitted', { form: 'demo' });
      await started;
      return performance.now() - startedAt;
    },
    /** One lead: enrolled, five clicks, the mail each asks for; against start, signals, activities and their workflow tasks alone. */
    journeyHistory: async (): Promise<{ events: number; least: number }> => {
      const lead = `ld_journey${Date.now()}`;
      const inputs = 5;
      const all = recorded.expect(inputs);
      await door.deliver(lead, [command('journey0000', benchPlan)]);
      for (let index = 0; index < inputs; index += 1) {
        await door.deliver(lead, [visit(`journey000${index + 1}`)]);
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
      const mailed = new Promise<void>((resolve) => (sent = resolve));
      await door.deliver(lead, [{ kind: 'engaged', id: 'journeyform', event: { id: 'journeyform', type: 'form.submitted', occurredAt: Date.now(), actor: 'human', data: { form: 'demo' } } }]);
      await Promise.all([all, mailed]);
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      const handle = client.workflow.getHandle(workflowIdOf(lead));
      await handle.query(viewQuery);
      const events = Number((await handle.describe()).historyLength);
      // Started; seven signals with a workflow task of three events each; one activity of three with the task that takes its result; one timer.
      return { events, least: 1 + 7 * 4 + 3 + 3 + 1 };
    },
    stop: async () => {
      await router.stop();
      worker.shutdown();
      sender.shutdown();
      await running;
    },
  };
}
export type BenchEngine = Awaited<ReturnType<typeof startBenchEngine>>;
