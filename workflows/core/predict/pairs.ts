/** Pairs of columns that tell more together than apart, found by what a model without them gets wrong. Knows cells and errors. */
import type { Reading } from './columns';
import { placesOf } from './encoder';

export type Pair = {
  /** Places in the list of readings. */
  readonly of: readonly [number, number];
  /** Per place of the reading its group. */
  readonly groups: readonly [Uint8Array, Uint8Array];
  readonly cells: number;
  readonly cellOf: (row: number) => number;
};

const mostGroups = 6;

/** The places with most rows alone, the others together; numbers in stretches of neighbours. */
function groupsOf({ encoder, levels }: Reading, rows: Uint32Array): Uint8Array {
  const places = placesOf(encoder);
  const counts = new Uint32Array(places);
  for (const row of rows) counts[levels[row] ?? 0] = (counts[levels[row] ?? 0] ?? 0) + 1;
  const groups = new Uint8Array(places);
  if (encoder.as === 'number') {
    const knots = encoder.knots.length;
    const stretches = Math.min(4, knots);
    for (let knot = 0; knot < knots; knot += 1) groups[encoder.spikes.length + knot] = Math.floor((knot * stretches) / knots);
    const common = [...encoder.spikes.keys(), places - 2, places - 1].sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0));
    common.forEach((place, at) => (groups[place] = stretches + Math.min(at, mostGroups - stretches)));
    return groups;
  }
  const common = [...counts.keys()].sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b);
  common.forEach((place, at) => (groups[place] = Math.min(at, mostGroups)));
  return groups;
}

export function pairOf(first: number, second: number, readings: readonly Reading[], rows: Uint32Array): Pair | undefined {
  const [a, b] = [readings[first], readings[second]];
  if (a === undefined || b === undefined) return undefined;
  const groups = [groupsOf(a, rows), groupsOf(b, rows)] as const;
  const wide = 1 + groups[1].reduce((most, group) => Math.max(most, group), 0);
  const cells = wide * (1 + groups[0].reduce((most, group) => Math.max(most, group), 0));
  return {
    of: [first, second],
    groups,
    cells,
    cellOf: (row) => (groups[0][a.levels[row] ?? 0] ?? 0) * wide + (groups[1][b.levels[row] ?? 0] ?? 0),
  };
}

/** By how much the log likelihood would rise, about, were the pair's cells free; half a unit for each cell is what chance brings. */
export function gainOf(pair: Pair, rows: Uint32Array, errors: Float64Array, weights: Float64Array, ridge: number): number {
  const error = new Float64Array(pair.cells);
  const weight = new Float64Array(pair.cells);
  for (const row of rows) {
    const cell = pair.cellOf(row);
    error[cell] = (error[cell] ?? 0) + (errors[row] ?? 0);
    weight[cell] = (weight[cell] ?? 0) + (weights[row] ?? 0);
  }
  let gain = 0;
  for (let cell = 0; cell < pair.cells; cell += 1)
    if ((weight[cell] ?? 0) > 0) gain += ((error[cell] ?? 0) ** 2 / ((weight[cell] ?? 0) + ridge) - 1) / 2;
  return gain;
}
