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
import { chance, deeds } from './traffic';
import type { Deed } from './traffic';
import { median } from './median';

const rounds = 5;
/** Publishes, signals and deliveries under way at once, on both sides. */
const concurrency = 64;
const leadCount = 360;
/** More leads than the rates need: over fewer, what the collector has not taken yet is half of the growth. */
const cachedLeads = 900;
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
  const cached = Array.from({ length: cachedLeads }, (_, index) => `ld_${mark}n${index}`);
  const leads = cached.slice(0, leadCount);
  const bytesPerCachedLead = await memory(cached, (some) => warm(engine, some));
  const bytesPerCachedBare = await memory(cached, (some) => bare.warm(some, concurrency));
  const rates = await interleaved(parts, leads);
  const { ahead, aheadOf } = rates;
  process.stderr.write(`signalled because ${JSON.stringify(engine.signalled())}\n`);
  const reactions = await react(parts, leads);
  const historyEvents = await journeyHistory(client, engine, engine.deliver);
  const historyEventsSignalled = await journeyHistory(client, engine, engine.signal);
  const { spread, bareSpread, burst: bursts, bareBurst, row, bareRow } = rates.perSecond;
  const cpu = rates.cpuMs;
  return {
    spreadVsBare: ratio(spread, bareSpread),
    burstVsBare: ratio(bursts, bareBurst),
    rowVsBare: ratio(row, bareRow),
    reactionP50VsBare: quantile(reactions.engine, 0.5) / quantile(reactions.bare, 0.5),
    reactionP99VsBare: quantile(reactions.engine, 0.99) / quantile(reactions.bare, 0.99),
    historyVsLeast: historyEvents / leastEvents,
    historySignalledVsLeast: historyEventsSignalled / leastEvents,
    spreadCpuVsBare: ratio(cpu.spread, cpu.bareSpread),
    burstCpuVsBare: ratio(cpu.burst, cpu.bareBurst),
    aheadShare: ahead / aheadOf,
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
    historyEventsSignalled,
    spreadCpuMs: median(cpu.spread),
    bareSpreadCpuMs: median(cpu.bareSpread),
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

type Side = 'spread' | 'bareSpread' | 'burst' | 'bareBurst' | 'row' | 'bareRow';
const none = (): Record<Side, number[]> => ({ spread: [], bareSpread: [], burst: [], bareBurst: [], row: [], bareRow: [] });
type Rates = {
  readonly perSecond: Record<Side, number[]>;
  /** Processor time of this process (router, client and worker of one side) an event. */
  readonly cpuMs: Record<Side, number[]>;
  /** Events the router decided itself, of all that the engine was given. */
  readonly ahead: number;
  readonly aheadOf: number;
};

async function interleaved({ nats, engine, bare, secret }: Parts, leads: readonly string[]): Promise<Rates> {
  const perSecond = none();
  const cpuMs = none();
  const row = leads.slice(0, burstLeads).flatMap((lead) => Array.from({ length: burst }, () => lead));
  const mixed = shuffled(row);
  const next = deeds(7);
  const engineRate = (order: readonly string[]): Promise<number> => rateOf(nats, engine, secret, order, next);
  const steps: Record<Side, readonly [order: readonly string[], rate: (order: readonly string[]) => Promise<number>]> = {
    spread: [leads, engineRate],
    bareSpread: [leads, (order) => bare.rate(order, concurrency)],
    burst: [mixed, engineRate],
    bareBurst: [mixed, (order) => bare.rate(order, concurrency)],
    row: [row, engineRate],
    bareRow: [row, (order) => bare.rate(order, concurrency)],
  };
  const aheadBefore = engine.ahead();
  const sides = Object.keys(steps) as Side[];
  for (let round = 0; round <= rounds; round += 1) {
    // Forth and back, so that a slope of the machine's load favours nobody.
    for (const name of round % 2 === 0 ? sides : sides.toReversed()) {
      const [order, rate] = steps[name];
      const before = process.cpuUsage();
      const reached = await rate(order);
      // What is left to do behind the last event is part of its price.
      while (!engine.routed()) await pause(20);
      await pause(1_000);
      const { user, system } = process.cpuUsage(before);
      const each = (user + system) / 1_000 / order.length;
      process.stderr.write(`round ${round} ${name} ${reached.toFixed(0)}/s, ${each.toFixed(2)} ms processor time an event\n`);
      if (round === 0) continue;
      perSecond[name].push(reached);
      cpuMs[name].push(each);
    }
  }
  return { perSecond, cpuMs, ahead: engine.ahead() - aheadBefore, aheadOf: (rounds + 1) * (leads.length + 2 * row.length) };
}

/** One event an entry of `order`, from the first publish until the last one's fact is stored; per second. */
async function rateOf(nats: Nats, engine: BenchEngine, secret: string, order: readonly string[], next: () => Deed): Promise<number> {
  const stored = engine.expect(order.length);
  const startedAt = performance.now();
  const one = (lead: string): Promise<void> => {
    const { type, data } = next();
    return publish(nats, secret, lead, type, data);
  };
  await Promise.all([inFlight(order, concurrency, one), stored]);
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
  const next = chance(1);
  return items
    .map((item) => ({ item, at: next() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/** Round by round, so that a disturbance hits both sides. */
const ratio = (ours: readonly number[], theirs: readonly number[]): number =>
  median(ours.map((value, index) => value / (theirs[index] ?? Number.NaN)));
