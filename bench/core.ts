/** The pure core beside `JSON.parse` of the same events and beside the same machine in XState: rounds interleaved, medians of the rounds' ratios. */
import type { StrippedEvent } from '../events/stripped';
import { decide, fold, initial } from '../workflows/core';
import type { Input, LeadState } from '../workflows/core';
import { liveTheYear, yearEvents, yearMs, yearPublished } from './year';
import type { Step } from './year';
import { firstSnapshot, next } from './xstate-machine';
import { median } from './median';

const rounds = 11;
/** Times 400 events a side and round: about a fifth of a second each. */
const repeats = { core: 150, batched: 150, year: 60, parse: 400, xstate: 40 } as const;
const batchSize = 20;

/** The events as they come over the wire, about 450 bytes each. */
const wire = (events: readonly StrippedEvent[]): readonly string[] =>
  events.map((event) =>
    JSON.stringify({
      specversion: '1.0',
      id: `7d0c3c1e-5a52-4d0e-9d54-${event.id}`,
      source: 'https://www.example.com/tracker',
      type: event.type,
      time: new Date(event.occurredAt).toISOString(),
      datacontenttype: 'application/json',
      subject: 'lead/5b2e1c9a-77c1-4c1e-8f3a-2a4e8d1f6b03',
      data: {
        who: { lead: '5b2e1c9a-77c1-4c1e-8f3a-2a4e8d1f6b03' },
        ...event.data,
        actor: event.actor,
        effect: 'e1.learn.lesson-7.1',
        userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0)',
      },
    }),
  );

/** The same traffic a year later, on a lead whose ring, ledger and memory are full. */
const later = (): readonly Extract<Input, { kind: 'engaged' }>[] =>
  yearEvents(7).map(({ id, event }) => ({
    kind: 'engaged',
    id: `z${id.slice(1)}`,
    event: { ...event, id: `z${id.slice(1)}`, occurredAt: event.occurredAt + yearMs },
  }));

const seconds = (work: () => void): number => {
  const startedAt = performance.now();
  work();
  return (performance.now() - startedAt) / 1_000;
};

/**
 * `eventsPerSecond`: one event a decision, decided and folded; `batchedPerSecond`: twenty a decision; `yearPerSecond`: the events of a whole year lived,
 * with every wake, send, outcome and word of a rep decided besides. `stateBytes`: the state after that year as JSON.
 */
export async function run(): Promise<Record<string, number>> {
  const published = yearPublished();
  const year = liveTheYear(published);
  const events = later();
  const texts = wire(events.map(({ event }) => event));
  const single: readonly Step[] = events.map((input) => ({ at: input.event.occurredAt, inputs: [input] }));
  const batches: readonly Step[] = Array.from({ length: events.length / batchSize }, (_, at) => {
    const inputs = events.slice(at * batchSize, (at + 1) * batchSize);
    return { at: inputs.at(-1)?.event.occurredAt ?? 0, inputs };
  });
  const warm = yearEvents().reduce((snapshot, { event }) => next(snapshot, event), firstSnapshot());
  const through = (from: LeadState, steps: readonly Step[]): LeadState => {
    let state = from;
    for (const { at, inputs } of steps) state = fold(state, decide(published, state, inputs, at));
    return state;
  };
  if (JSON.stringify(through(initial('lead-year'), year.steps)) !== JSON.stringify(year.state))
    throw new Error('the replayed year ended in another state');
  let sink = 0;
  const rate = (times: number, work: () => number): number =>
    (times * events.length) /
    seconds(() => {
      for (let n = 0; n < times; n += 1) sink += work();
    });
  const sides = {
    core: () => rate(repeats.core, () => through(year.state, single).at),
    parse: () => rate(repeats.parse, () => texts.reduce((sum, text) => sum + (JSON.parse(text) as { readonly id: string }).id.length, 0)),
    xstate: () => rate(repeats.xstate, () => events.reduce((snapshot, { event }) => next(snapshot, event), warm).context.lastEngagedAt),
    batched: () => rate(repeats.batched, () => through(year.state, batches).at),
    year: () => rate(repeats.year, () => through(initial('lead-year'), year.steps).at),
  };
  const measure = () => ({
    core: sides.core(),
    parse: sides.parse(),
    xstate: sides.xstate(),
    batched: sides.batched(),
    year: sides.year(),
  });
  measure();
  const measured = Array.from({ length: rounds }, measure);
  if (sink === 0) throw new Error('nothing was measured');
  const of = (side: keyof typeof sides): number => Math.round(median(measured.map((round) => round[side])));
  return {
    eventsPerSecond: of('core'),
    batchedPerSecond: of('batched'),
    yearPerSecond: of('year'),
    jsonParsePerSecond: of('parse'),
    xstatePerSecond: of('xstate'),
    vsJsonParse: median(measured.map(({ core, parse }) => core / parse)),
    vsXState: median(measured.map(({ core, xstate }) => core / xstate)),
    eventBytes: Math.round(texts.reduce((sum, text) => sum + text.length, 0) / texts.length),
    stateBytes: JSON.stringify(year.state).length,
  };
}
