/** The rounds: engine and bare in turn, a rest between, the first round thrown away, medians of the rounds' ratios. Knows how to measure, not what. */
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { Nats } from '../activities/adapters/nats-connection';
import { publishEvent } from '../events/publish-event';
import type { Bare } from './bare';
import type { BenchEngine } from './bench-engine';
import { enrol, visit } from './bench-plan';
import { inFlight } from './counter';
import { journeyHistory, leastEvents } from './journey';

const rounds = 5;
/** Publishes, signals and deliveries under way at once, on both sides. */
const concurrency = 64;
const leadCount = 360;
const burstLeads = 200;
const burst = 10;
const samples = 100;

type Parts = {
  readonly client: Client;
  readonly nats: Nats;
  readonly engine: BenchEngine;
  readonly bare: Bare;
  readonly secret: string;
};

export async function measure(parts: Parts): Promise<Record<string, number>> {
  const { client, engine, bare } = parts;
  const mark = randomBytes(3).toString('hex');
  const leads = Array.from({ length: leadCount }, (_, index) => `ld_${mark}n${index}`);
  const bytesPerCachedLead = await memory(leads, (some) => warm(engine, some));
  const bytesPerCachedBare = await memory(leads, (some) => bare.warm(some, concurrency));
  const rates = await interleaved(parts, leads);
  const reactions = await react(parts, leads);
  const historyEvents = await journeyHistory(client, engine);
  const { spread, bareSpread, burst: bursts, bareBurst, row, bareRow } = rates;
  return {
    spreadVsBare: ratio(spread, bareSpread),
    burstVsBare: ratio(bursts, bareBurst),
    rowVsBare: ratio(row, bareRow),
    reactionP50VsBare: quantile(reactions.engine, 0.5) / quantile(reactions.bare, 0.5),
    reactionP99VsBare: quantile(reactions.engine, 0.99) / quantile(reactions.bare, 0.99),
    historyVsLeast: historyEvents / leastEvents,
    bytesPerCachedLead,
    spreadPerSecond: median(spread),
    bareSpreadPerSecond: median(bareSpread),
    burstPerSecond: median(bursts),
    bareBurstPerSecond: median(bareBurst),
    rowPerSecond: median(row),
    bareRowPerSecond: median(bareRow),
    reactionP50Ms: quantile(reactions.engine, 0.5),
    bareReactionP50Ms: quantile(reactions.bare, 0.5),
    reactionP99Ms: quantile(reactions.engine, 0.99),
    bareReactionP99Ms: quantile(reactions.bare, 0.99),
    historyEvents,
    bytesPerCachedBare,
  };
}

/** Growth of the process from the first sixth of the leads to the last, so that what is paid once is not counted. */
async function memory(leads: readonly string[], bring: (some: readonly string[]) => Promise<unknown>): Promise<number> {
  const first = Math.floor(leads.length / 6);
  await bring(leads.slice(0, first));
  await pause(2_000);
  const before = process.memoryUsage().rss;
  await bring(leads.slice(first));
  await pause(2_000);
  return Math.round((process.memoryUsage().rss - before) / (leads.length - first));
}

async function warm(engine: BenchEngine, leads: readonly string[]): Promise<void> {
  const all = engine.expect(leads.length);
  const id = (): string => randomBytes(8).toString('base64url');
  await Promise.all([inFlight(leads, concurrency, (lead) => engine.deliver(lead, [enrol(id()), visit(id())])), all]);
}

type Rates = Record<'spread' | 'bareSpread' | 'burst' | 'bareBurst' | 'row' | 'bareRow', number[]>;

async function interleaved({ nats, engine, bare, secret }: Parts, leads: readonly string[]): Promise<Rates> {
  const rates: Rates = { spread: [], bareSpread: [], burst: [], bareBurst: [], row: [], bareRow: [] };
  const row = leads.slice(0, burstLeads).flatMap((lead) => Array.from({ length: burst }, () => lead));
  const mixed = shuffled(row);
  const steps: Record<keyof Rates, () => Promise<number>> = {
    spread: () => engineRate(nats, engine, secret, leads),
    bareSpread: () => bare.rate(leads, concurrency),
    burst: () => engineRate(nats, engine, secret, mixed),
    bareBurst: () => bare.rate(mixed, concurrency),
    row: () => engineRate(nats, engine, secret, row),
    bareRow: () => bare.rate(row, concurrency),
  };
  const order = Object.keys(steps) as (keyof Rates)[];
  for (let round = 0; round <= rounds; round += 1) {
    // Forth and back, so that a slope of the machine's load favours nobody.
    for (const name of round % 2 === 0 ? order : order.toReversed()) {
      const rate = await steps[name]();
      process.stderr.write(`round ${round} ${name} ${rate.toFixed(0)}/s\n`);
      if (round > 0) rates[name].push(rate);
      while (!engine.routed()) await pause(20);
      await pause(1_000);
    }
  }
  return rates;
}

/** One event an entry of `order`, from the first publish until the last one's fact is stored; per second. */
async function engineRate(nats: Nats, engine: BenchEngine, secret: string, order: readonly string[]): Promise<number> {
  const stored = engine.expect(order.length);
  const startedAt = performance.now();
  await Promise.all([inFlight(order, concurrency, (lead) => publish(nats, secret, lead, 'page.viewed', { path: '/pricing' })), stored]);
  return (order.length / (performance.now() - startedAt)) * 1_000;
}

/** One at a time on idle servers; a rest after each, so that the end of one is not measured in the other. */
async function react({ nats, engine, bare, secret }: Parts, leads: readonly string[]): Promise<Record<'engine' | 'bare', number[]>> {
  const acting = leads.slice(0, samples).map((lead) => `acting-${lead}`);
  await bare.warmActing(acting, concurrency);
  await pause(2_000);
  const reactions: Record<'engine' | 'bare', number[]> = { engine: [], bare: [] };
  for (const [sample, lead] of leads.slice(0, samples).entries()) {
    const started = engine.nextSend();
    const startedAt = performance.now();
    await publish(nats, secret, lead, 'form.submitted', { form: 'demo' });
    reactions.engine.push((await started) - startedAt);
    await pause(100);
    reactions.bare.push(await bare.reaction(acting[sample] ?? ''));
    await pause(100);
  }
  return reactions;
}

async function publish(nats: Nats, secret: string, lead: string, type: string, data: Record<string, unknown>): Promise<void> {
  const event = {
    specversion: '1.0',
    id: randomBytes(8).toString('hex'),
    source: '/bench',
    type,
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    data: { who: { lead }, ...data },
  };
  await publishEvent(nats, secret, event);
}

const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
/** The same order every run. */
function shuffled<T>(items: readonly T[]): T[] {
  let seed = 1;
  const next = (): number => (seed = (seed * 48_271) % 2_147_483_647);
  return items
    .map((item) => ({ item, at: next() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

const median = (values: readonly number[]): number => quantile(values, 0.5);
/** Round by round, so that a disturbance hits both sides. */
const ratio = (ours: readonly number[], theirs: readonly number[]): number =>
  median(ours.map((value, index) => value / (theirs[index] ?? Number.NaN)));
