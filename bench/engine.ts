/**
 * The engine beside a bare signal-and-wait workflow on the same servers in the same run: events from publish to stored facts, reaction
 * time, history, memory. Prints ratios; absolute rates are of this machine only.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection, Client } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { openNats } from '../activities/adapters/nats-connection';
import type { Nats } from '../activities/adapters/nats-connection';
import { ensureStreams } from '../events/streams';
import { engagementSubject } from '../events/subjects';
import { startDevStack } from '../worker/dev-stack';
import { buildBundle } from '../worker/bundle';
import { startBare } from './bare';
import type { Bare } from './bare';
import { startBenchEngine } from './bench-engine';
import type { BenchEngine } from './bench-engine';

const rounds = 3;
const leadCount = 200;
const concurrency = 64;
const burst = 10;
const samples = 60;

export async function run(): Promise<Record<string, number>> {
  const dir = mkdtempSync(join(tmpdir(), 'ripen-bench-'));
  const stack = await startDevStack({ dir, need: ['temporal', 'nats'], env: process.env, throwAway: true });
  try {
    const bundle = join(dir, 'bundle.js');
    writeFileSync(bundle, await buildBundle());
    const address = stack.addresses.TEMPORAL_ADDRESS ?? '';
    const connection = await Connection.connect({ address });
    const native = await NativeConnection.connect({ address });
    const nats = await openNats({ url: stack.addresses.NATS_URL ?? '', name: 'bench' });
    await ensureStreams(nats);
    const client = new Client({ connection });
    const engine = await startBenchEngine({ client, native, nats, bundle });
    const bare = await startBare(client, native);
    const figures = await measure(nats, engine, bare);
    await engine.stop();
    await bare.stop();
    await Promise.all([nats.close(), native.close(), connection.close()]);
    return figures;
  } finally {
    await stack.stop();
  }
}

async function measure(nats: Nats, engine: BenchEngine, bare: Bare): Promise<Record<string, number>> {
  const leads = Array.from({ length: leadCount }, (_, index) => `ld_bench${index}`);
  const cold = process.memoryUsage().rss;
  await engine.warm(leads);
  const bytesPerCachedLead = Math.round((process.memoryUsage().rss - cold) / leadCount);
  await bare.warm(leads);
  const rates = { spread: [] as number[], bareSpread: [] as number[], burst: [] as number[], bareBurst: [] as number[] };
  for (let round = 0; round <= rounds; round += 1) {
    const figures = {
      spread: await engineRate(nats, engine, leads, 2, false),
      bareSpread: await bare.rate(leads, 2, concurrency),
      burst: await engineRate(nats, engine, leads, burst, true),
      bareBurst: await bare.rate(leads, burst, concurrency),
    };
    if (round === 0) continue; // the first warms everything up
    for (const name of Object.keys(rates) as (keyof typeof rates)[]) rates[name].push(figures[name]);
  }
  const reaction: number[] = [];
  const bareReaction: number[] = [];
  for (let sample = 0; sample < samples; sample += 1) {
    const lead = leads[sample] ?? '';
    reaction.push(await engine.reaction(lead, (type, data) => publish(nats, lead, type, data)));
    bareReaction.push(await bare.reaction(`act-${sample}`));
  }
  const history = await engine.journeyHistory();
  return {
    eventsPerSecond: median(rates.spread),
    bareEventsPerSecond: median(rates.bareSpread),
    spreadVsBare: ratio(rates.spread, rates.bareSpread),
    burstEventsPerSecond: median(rates.burst),
    bareBurstEventsPerSecond: median(rates.bareBurst),
    burstVsBare: ratio(rates.burst, rates.bareBurst),
    reactionP50Ms: quantile(reaction, 0.5),
    reactionP50VsBare: quantile(reaction, 0.5) / quantile(bareReaction, 0.5),
    reactionP99Ms: quantile(reaction, 0.99),
    reactionP99VsBare: quantile(reaction, 0.99) / quantile(bareReaction, 0.99),
    historyEvents: history.events,
    historyVsLeast: history.events / history.least,
    bytesPerCachedLead,
  };
}

/** `each` events to every lead, from the first publish until every fact is stored. Spread: lead after lead; burst: a lead's events together. */
async function engineRate(nats: Nats, engine: BenchEngine, leads: readonly string[], each: number, together: boolean): Promise<number> {
  const order = together ? leads.flatMap((lead) => Array.from({ length: each }, () => lead)) : Array.from({ length: each }, () => leads).flat();
  const stored = engine.expect(order.length);
  const startedAt = performance.now();
  const queue = [...order];
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      for (let lead = queue.shift(); lead !== undefined; lead = queue.shift()) await publish(nats, lead, 'page.viewed', { path: '/pricing' });
    }),
  );
  await stored;
  return (order.length / (performance.now() - startedAt)) * 1_000;
}

async function publish(nats: Nats, lead: string, type: string, data: Record<string, unknown>): Promise<void> {
  const id = randomBytes(8).toString('hex');
  const event = { specversion: '1.0', id, source: '/bench', type, time: new Date().toISOString(), datacontenttype: 'application/json', data: { who: { lead }, ...data } };
  await nats.publish(engagementSubject(type, '-'), Buffer.from(JSON.stringify(event)), { msgId: `/bench${id}` });
}

const quantile = (values: readonly number[], share: number): number => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
const median = (values: readonly number[]): number => quantile(values, 0.5);
/** Round by round, so that a disturbance hits both sides. */
const ratio = (ours: readonly number[], theirs: readonly number[]): number => median(ours.map((value, index) => value / (theirs[index] ?? Number.NaN)));
