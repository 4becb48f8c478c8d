/** Readings and pairs as the sparse rows that the regression takes, and its weights back as centred terms. Knows layouts, no outcome. */
import type { Reading } from './columns';
import { placesOf } from './encoder';
import type { Design } from './logistic';
import type { Pair } from './pairs';

/** The slot of each place, -1 for the commonest place, which is the zero of its reading and costs nothing. */
export type Layout = { readonly width: number; readonly readings: readonly Int32Array[]; readonly pairs: readonly Int32Array[] };

export function layoutOf(readings: readonly Reading[], pairs: readonly Pair[], rows: Uint32Array): Layout {
  let width = 0;
  const slotsFor = (places: number, counts: Uint32Array): Int32Array => {
    const most = counts.indexOf(counts.reduce((best, count) => Math.max(best, count), 0));
    // A place that no row has can learn nothing.
    return Int32Array.from({ length: places }, (_, place) => (place === most || (counts[place] ?? 0) === 0 ? -1 : width++));
  };
  return {
    readings: readings.map(({ encoder, levels }) => {
      const places = placesOf(encoder);
      // A knot may be nobody's nearest and still bear shares.
      const counts = countLevels(places, rows, (row) => levels[row] ?? 0).map((count, place) =>
        encoder.as === 'number' && place < places - 2 ? Math.max(1, count) : count,
      );
      return slotsFor(places, counts);
    }),
    pairs: pairs.map((pair) => slotsFor(pair.cells, countLevels(pair.cells, rows, pair.cellOf))),
    get width() {
      return width;
    },
  };
}

function countLevels(places: number, rows: Uint32Array, level: (row: number) => number): Uint32Array {
  const counts = new Uint32Array(places);
  for (const row of rows) {
    const at = level(row);
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts;
}

export function designOf(readings: readonly Reading[], pairs: readonly Pair[], layout: Layout, rows: number): Design {
  const widest = readings.reduce((sum, { encoder }) => sum + (encoder.as === 'number' ? 2 : 1), pairs.length);
  const starts = new Uint32Array(rows + 1);
  let slots = new Uint32Array(Math.max(16, rows * Math.ceil(widest / 2)));
  let shares = new Float64Array(slots.length);
  let used = 0;
  const put = (slot: number | undefined, share: number): void => {
    if (slot === undefined || slot < 0 || share === 0) return;
    slots[used] = slot;
    shares[used] = share;
    used += 1;
  };
  for (let row = 0; row < rows; row += 1) {
    if (used + widest > slots.length) [slots, shares] = [grown(slots, Uint32Array), grown(shares, Float64Array)];
    readings.forEach(({ column, placed }, at) => {
      for (const [place, share] of placed[column.codes[row] ?? 0] ?? []) put(layout.readings[at]?.[place], share);
    });
    pairs.forEach((pair, at) => put(layout.pairs[at]?.[pair.cellOf(row)], 1));
    starts[row + 1] = used;
  }
  return { rows, width: layout.width, starts, slots: slots.slice(0, used), shares: shares.slice(0, used) };
}

function grown<T extends Uint32Array | Float64Array>(array: T, make: new (length: number) => T): T {
  const wider = new make(array.length * 2);
  wider.set(array as never);
  return wider;
}
