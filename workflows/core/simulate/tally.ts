/** Counts what happened while leads are run one after the other, from their facts alone; keeps no fact and no lead. Two tallies of different leads add up. */
import { dayMs } from '../time';

export type Counts = Record<string, number>;
export type Row = Record<string, Counts>;

/** Plain data: sums only, so that the order of the leads leaves no trace. */
export type Tally = {
  readonly from: number;
  readonly days: number;
  leads: number;
  facts: number;
  /** A sum over every fact's kind, moment and lead: two runs with the same counts but other facts differ in it. */
  fingerprint: number;
  /** Series by name (`sent`, `stage.decision`, ...), one number a day; series of standing things hold changes. */
  readonly daily: Record<string, number[]>;
  /** Single counts: `facts.TouchSent`, `withheld.cap`, `engaged.form.submitted`, ... */
  readonly counts: Counts;
  /** What happened to each touch, by `sequence/phase/touch`. */
  readonly byTouch: Row;
  /** People in each phase, by `sequence/phase`. */
  readonly byPhase: Row;
  readonly byContent: Row;
  readonly byRep: Row;
  readonly byRule: Row;
  /** How often each way on from a choice was taken, by `sequence/phase/choice`. */
  readonly byArm: Row;
};

export const emptyTally = (from: number, days: number): Tally => ({
  from,
  days,
  leads: 0,
  facts: 0,
  fingerprint: 0,
  daily: {},
  counts: {},
  byTouch: {},
  byPhase: {},
  byContent: {},
  byRep: {},
  byRule: {},
  byArm: {},
});

export function count(counts: Counts, name: string, more = 1): void {
  counts[name] = (counts[name] ?? 0) + more;
}

export function countIn(row: Row, of: string, name: string, more = 1): void {
  count((row[of] ??= {}), name, more);
}

/** `at`: the moment; what lies beyond the last day counts to it. */
export function countOn(tally: Tally, series: string, at: number, more = 1): void {
  const day = Math.max(0, Math.min(tally.days - 1, Math.floor((at - tally.from) / dayMs)));
  const days = (tally.daily[series] ??= Array.from({ length: tally.days }, () => 0));
  days[day] = (days[day] ?? 0) + more;
}

/** The second's sums into the first. */
export function add(into: Tally, more: Tally): void {
  into.leads += more.leads;
  into.facts += more.facts;
  into.fingerprint = (into.fingerprint + more.fingerprint) | 0;
  for (const [series, days] of Object.entries(more.daily))
    days.forEach((number, day) => countOn(into, series, into.from + day * dayMs, number));
  for (const [name, number] of Object.entries(more.counts)) count(into.counts, name, number);
  for (const table of ['byTouch', 'byPhase', 'byContent', 'byRep', 'byRule', 'byArm'] as const)
    for (const [of, counts] of Object.entries(more[table]))
      for (const [name, number] of Object.entries(counts)) countIn(into[table], of, name, number);
}
