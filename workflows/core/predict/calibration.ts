/** From the sum of a model's weights to log odds that hold: a straight line, bent where leads that had no part in the weights show that no straight one fits. Knows no column. */
import { fitLogistic, logistic } from './logistic';
import type { Design, Fit } from './logistic';
import type { Calibration } from './model';
import type { Labels } from './outcome';

/** Log odds of a sum of weights. */
export const oddsOf = ({ shift, stretch, bends = [] }: Calibration, sum: number): number =>
  bends.reduce((odds, { at, weight }) => (sum > at ? odds + weight * (sum - at) : odds), shift + stretch * sum);

/** `scores`: per row, each by a fit that the row had no part in; `folds`: per row, 0 .. foldCount-1. */
export type Held = {
  readonly scores: Float64Array;
  readonly labels: Labels;
  readonly rows: Uint32Array;
  readonly folds: Uint8Array;
  readonly foldCount: number;
};

/** Where the scores are bent: at these shares of the leads. */
const bendsAt = [0.1, 0.3, 0.5, 0.7, 0.9] as const;
/** Fewer leads cannot tell a bend from chance. */
const leastToBend = 1_000;

export function calibrate(held: Held): Calibration {
  const plain = straight(held, held.rows);
  if (plain.stretch === 0 || held.rows.length < leastToBend) return plain;
  const scores = Float64Array.from(held.rows, (row) => held.scores[row] ?? 0).sort();
  const knots = [...new Set(bendsAt.map((share) => scores[Math.floor(share * scores.length)] ?? 0))];
  const paid = pays(
    lossesOf(held, straight),
    lossesOf(held, (all, rows) => bentAt(knots, all, rows)),
  );
  return paid ? bentAt(knots, held, held.rows) : plain;
}

/** Shift and stretch by a regression of the outcome on the scores (Platt 1999). */
function straight({ scores, labels }: Held, rows: Uint32Array): Calibration {
  const { intercept, weights } = fitLogistic(designOf(scores.length, 1, scores), labels, rows, 1e-6).fit;
  const [stretch = 1] = weights;
  // A negative stretch would rank leads the other way round: there is nothing to learn then, and everybody has the base rate.
  return stretch > 0 ? { shift: intercept, stretch } : { shift: baseOdds(labels, rows), stretch: 0 };
}

/** A higher sum must never mean a lower probability; this much a slope is at least, so that leads keep their order. */
const leastSlope = 0.02;

/** A slope for each stretch between the knots. The one that falls most is levelled and the others are learnt anew, until none falls. */
function bentAt(knots: readonly number[], { scores, labels }: Held, rows: Uint32Array): Calibration {
  let free = [...knots.keys(), knots.length];
  for (;;) {
    const { intercept, weights } = fitted(scores, knots, free, labels, rows);
    const least = weights.reduce((worst, weight, at) => (weight < (weights[worst] ?? 0) ? at : worst), 0);
    if ((weights[least] ?? 0) >= 0 || free.length === 0) return bentBy(knots, intercept, slopesOf(free, weights, knots.length + 1));
    free = free.filter((_, at) => at !== least);
  }
}

function slopesOf(free: readonly number[], weights: Float64Array, stretches: number): readonly number[] {
  return Array.from({ length: stretches }, (_, stretch) => Math.max(leastSlope, weights[free.indexOf(stretch)] ?? 0));
}

/** `odds`: at the first knot. */
function bentBy(knots: readonly number[], odds: number, slopes: readonly number[]): Calibration {
  const [stretch = leastSlope] = slopes;
  return {
    shift: odds - stretch * (knots[0] ?? 0),
    stretch,
    bends: knots.map((at, place) => ({ at, weight: (slopes[place + 1] ?? 0) - (slopes[place] ?? 0) })),
  };
}

/** How far a score goes into a stretch; into the first backwards from its knot. */
function within(knots: readonly number[], stretch: number, score: number): number {
  if (stretch === 0) return Math.min(0, score - (knots[0] ?? 0));
  const from = knots[stretch - 1] ?? 0;
  return Math.max(0, Math.min(score, knots[stretch] ?? Infinity) - from);
}

function fitted(scores: Float64Array, knots: readonly number[], free: readonly number[], labels: Labels, rows: Uint32Array): Fit {
  const width = free.length;
  const shares = Float64Array.from({ length: scores.length * width }, (_, at) =>
    within(knots, free[at % width] ?? 0, scores[Math.floor(at / width)] ?? 0),
  );
  return fitLogistic(designOf(scores.length, width, shares), labels, rows, 1).fit;
}

const designOf = (rows: number, width: number, shares: Float64Array): Design => ({
  rows,
  width,
  starts: Uint32Array.from({ length: rows + 1 }, (_, row) => row * width),
  slots: Uint32Array.from({ length: rows * width }, (_, at) => at % width),
  shares,
});

/** Of each row by a calibration that it had no part in. */
function lossesOf(held: Held, learn: (held: Held, rows: Uint32Array) => Calibration): Float64Array {
  const losses = new Float64Array(held.rows.length);
  for (let fold = 0; fold < held.foldCount; fold += 1) {
    const learnt = learn(
      held,
      held.rows.filter((row) => held.folds[row] !== fold),
    );
    held.rows.forEach((row, at) => {
      if (held.folds[row] !== fold) return;
      const chance = logistic(oddsOf(learnt, held.scores[row] ?? 0));
      losses[at] = -Math.log(Math.max(1e-15, held.labels[row] === 1 ? chance : 1 - chance));
    });
  }
  return losses;
}

/** By how many standard errors the log loss must fall before more weights are worth their place. */
const paysAt = 2;

/** Whether the second are lower than chance alone would make them, row by row. */
export function pays(plain: Float64Array, richer: Float64Array): boolean {
  const gains = plain.map((loss, at) => loss - (richer[at] ?? 0));
  const mean = total(gains) / gains.length;
  const variance = total(gains.map((gain) => (gain - mean) ** 2)) / gains.length;
  return mean > paysAt * Math.sqrt(variance / gains.length);
}

export const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);

/** Log odds of the share that converted. */
function baseOdds(labels: Labels, rows: Uint32Array): number {
  const converted = rows.reduce((sum, row) => sum + (labels[row] ?? 0), 0);
  return Math.log(converted / (rows.length - converted));
}
