/** From fitted weights to the terms of a stored model: centred, so that 0 is the average lead, and rounded, so that the same list gives the same bytes. */
import type { Reading } from './columns';
import { placesOf } from './encoder';
import type { Fitted } from './fit';
import type { AgedModel, Calibration, PairTerm, Term } from './model';
import type { Pair } from './pairs';

export const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;

export function termsOf(fitted: Fitted, rows: Uint32Array): Pick<AgedModel, 'intercept' | 'terms' | 'pairs' | 'calibration'> {
  const { readings, pairs, layout, fit } = fitted;
  const weightOf = (slot: number | undefined): number => (slot === undefined || slot < 0 ? 0 : (fit.weights[slot] ?? 0));
  let intercept = fit.intercept;
  const terms = readings.map((reading, at) => {
    const weights = Array.from({ length: placesOf(reading.encoder) }, (_, place) => weightOf(layout.readings[at]?.[place]));
    const { centred, mean } = centre(weights, masses(reading, rows));
    intercept += mean;
    return termOf(reading, centred);
  });
  const pairTerms = pairs.map((pair, at) => {
    const weights = Array.from({ length: pair.cells }, (_, cell) => weightOf(layout.pairs[at]?.[cell]));
    const { centred, mean } = centre(weights, cellMasses(pair, rows));
    intercept += mean;
    return pairTermOf(pair, centred);
  });
  return { intercept: rounded(intercept), terms, pairs: pairTerms, calibration: roundedCalibration(fitted.calibration) };
}

const roundedCalibration = ({ shift, stretch, bends }: Calibration): Calibration => ({
  shift: rounded(shift),
  stretch: rounded(stretch),
  ...(bends === undefined ? {} : { bends: bends.map(({ at, weight }) => ({ at: rounded(at), weight: rounded(weight) })) }),
});

/** What no lead had weighs nothing: it says as much as the average lead. */
function centre(weights: readonly number[], mass: Float64Array): { readonly centred: readonly number[]; readonly mean: number } {
  const all = mass.reduce((sum, one) => sum + one, 0);
  const mean = weights.reduce((sum, weight, at) => sum + weight * (mass[at] ?? 0), 0) / Math.max(1, all);
  return { centred: weights.map((weight, at) => ((mass[at] ?? 0) > 0 ? rounded(weight - mean) : 0)), mean };
}

function masses({ encoder, column, placed }: Reading, rows: Uint32Array): Float64Array {
  const mass = new Float64Array(placesOf(encoder));
  for (const row of rows) for (const [place, share] of placed[column.codes[row] ?? 0] ?? []) mass[place] = (mass[place] ?? 0) + share;
  return mass;
}

function cellMasses(pair: Pair, rows: Uint32Array): Float64Array {
  const mass = new Float64Array(pair.cells);
  for (const row of rows) mass[pair.cellOf(row)] = (mass[pair.cellOf(row)] ?? 0) + 1;
  return mass;
}

function termOf({ source, encoder }: Reading, weights: readonly number[]): Term {
  const weight = (place: number): number => weights[place] ?? 0;
  if (encoder.as === 'answers') {
    const count = encoder.levels.length;
    return {
      as: 'answers',
      source,
      levels: encoder.levels.map(([key, shown], place) => ({ key, shown, weight: weight(place) })),
      rare: weight(count),
      empty: weight(count + 1),
      placeholder: weight(count + 2),
    };
  }
  const { decimal, spikes, knots } = encoder;
  return {
    as: 'number',
    source,
    decimal,
    spikes: spikes.map((at, place) => ({ at, weight: weight(place) })),
    knots: knots.map((at, place) => ({ at, weight: weight(spikes.length + place) })),
    empty: weight(spikes.length + knots.length),
    text: weight(spikes.length + knots.length + 1),
  };
}

function pairTermOf({ of, groups, cells }: Pair, weights: readonly number[]): PairTerm {
  const wide = 1 + groups[1].reduce((most, group) => Math.max(most, group), 0);
  const rows = Array.from({ length: cells / wide }, (_, first) => weights.slice(first * wide, (first + 1) * wide));
  return { of, groups: [[...groups[0]], [...groups[1]]], weights: rows };
}
