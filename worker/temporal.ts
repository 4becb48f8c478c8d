/** Connections to Temporal, the workers of each queue, and the router's delivery by `signalWithStart`. Knows no rules. */
import { readFile } from 'node:fs/promises';
import { Client, Connection } from '@temporalio/client';
import type { ConnectionOptions } from '@temporalio/client';
import { NativeConnection, Runtime, Worker } from '@temporalio/worker';
import type { WorkerOptions } from '@temporalio/worker';
import type { CampaignActivities } from '../workflows/campaign';
import type { NurtureInput } from '../workflows/nurture-lead';
import type { EffectActivities } from '../workflows/perform';
import type { DecisionActivities } from '../workflows/shell/decided';
import { leadDoor } from '../events/lead-door';
import type { LeadDoor } from '../events/ports';
import { nurtureQueue, receiveSignal, sendQueue, workflowIdOf } from '../workflows/messages';
import type { Config } from './config';
import { findBundle } from './bundle';
import { temporalLogger } from './logger';
import type { Logger } from './logger';

type Address = { readonly address: string; readonly tls?: ConnectionOptions['tls']; readonly apiKey?: string };

async function addressOf(config: Config): Promise<Address> {
  const { TEMPORAL_ADDRESS: address, TEMPORAL_API_KEY: apiKey, TEMPORAL_TLS_CERT: crt, TEMPORAL_TLS_KEY: key } = config;
  if (crt !== undefined && key !== undefined)
    return { address, tls: { clientCertPair: { crt: await readFile(crt), key: await readFile(key) } } };
  return apiKey === undefined ? { address } : { address, tls: true, apiKey };
}

export async function openClient(config: Config): Promise<Client> {
  const connection = await Connection.connect(await addressOf(config));
  return new Client({ connection, namespace: config.TEMPORAL_NAMESPACE });
}

export const openNative = async (config: Config): Promise<NativeConnection> => NativeConnection.connect(await addressOf(config));

let logged = false;

/** Temporal's runtime logs through ours from the first call on; there is one runtime a process. */
export function logThrough(log: Logger): void {
  if (!logged) Runtime.install({ logger: temporalLogger(log) });
  logged = true;
}

/** A stack without the people store (tests, benchmarks) runs no campaigns. */
export type Activities = DecisionActivities & EffectActivities & Partial<CampaignActivities>;

/** How a worker of leads is sized; the benchmark gives its baseline the same. */
export const leadTuning = {
  // An idle lead costs about 0.3 MB in the cache; set by hand because the default follows the heap limit, not the container.
  maxCachedWorkflows: 1_000,
  maxConcurrentWorkflowTaskExecutions: 100,
  maxConcurrentLocalActivityExecutions: 100,
  workflowTaskPollerBehavior: { type: 'autoscaling' },
} as const satisfies Partial<WorkerOptions>;

/** The lead's queue: workflows, their decisions, rep assignment. One such worker a process. */
export async function nurtureWorker(connection: NativeConnection, config: Config, activities: Activities): Promise<Worker> {
  const { sendTouch: _, notifyRep: __, giveTask: ___, ...own } = activities;
  return Worker.create({
    connection,
    namespace: config.TEMPORAL_NAMESPACE,
    taskQueue: nurtureQueue,
    workflowBundle: await findBundle(),
    activities: own,
    ...leadTuning,
    shutdownGraceTime: '10 seconds',
  });
}

/** A channel's queue: activities only, so that slow providers never hold up decisions. */
export function sendWorker(connection: NativeConnection, config: Config, channel: string, activities: Activities): Promise<Worker> {
  const { sendTouch, notifyRep, giveTask } = activities;
  return Worker.create({
    connection,
    namespace: config.TEMPORAL_NAMESPACE,
    taskQueue: sendQueue(channel),
    activities: { sendTouch, notifyRep, giveTask },
    maxConcurrentActivityTaskExecutions: 50,
    // A cancelled send must hear of it within the shell's ten seconds of patience.
    maxHeartbeatThrottleInterval: '3 seconds',
    defaultHeartbeatThrottleInterval: '3 seconds',
    shutdownGraceTime: '30 seconds',
  });
}

/** One `signalWithStart` per lead and batch: wakes a sleeping lead, starts a new one. */
export function doorTo(client: Client): LeadDoor {
  return leadDoor(async (leadId, inputs) => {
    const args: [NurtureInput] = [{ leadId }];
    await client.workflow.signalWithStart('nurtureLead', {
      workflowId: workflowIdOf(leadId),
      taskQueue: nurtureQueue,
      args,
      signal: receiveSignal,
      signalArgs: [inputs],
      memo: { lead: leadId },
      staticSummary: 'One lead being nurtured; the current details say why it waits.',
    });
  });
}
