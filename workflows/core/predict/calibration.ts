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
  const bent = bentAt(knots, held, held.rows);
  return rises(bent) &&
    pays(
      lossesOf(held, straight),
      lossesOf(held, (all, rows) => bentAt(knots, all, rows)),
    )
    ? bent
    : plain;
}

/** Shift and stretch by a regression of the outcome on the scores (Platt 1999). */
function straight({ scores, labels }: Held, rows: Uint32Array): Calibration {
  const { intercept, weights } = fitted(scores, [], labels, rows, 1e-6);
  const [stretch = 1] = weights;
  // A negative stretch would rank leads the other way round: there is nothing to learn then, and everybody has the base rate.
  return stretch > 0 ? { shift: intercept, stretch } : { shift: baseOdds(labels, rows), stretch: 0 };
}

function bentAt(knots: readonly number[], { scores, labels }: Held, rows: Uint32Array): Calibration {
  const { intercept, weights } = fitted(scores, knots, labels, rows, 1);
  return { shift: intercept, stretch: weights[0] ?? 1, bends: knots.map((at, place) => ({ at, weight: weights[place + 1] ?? 0 })) };
}

/** A higher sum must never mean a lower probability. */
function rises({ stretch, bends = [] }: Calibration): boolean {
  let slope = stretch;
  return slope > 0 && bends.every(({ weight }) => (slope += weight) > 0);
}

function fitted(scores: Float64Array, knots: readonly number[], labels: Labels, rows: Uint32Array, ridge: number): Fit {
  const width = 1 + knots.length;
  const design: Design = {
    rows: scores.length,
    width,
    starts: Uint32Array.from({ length: scores.length + 1 }, (_, row) => row * width),
    slots: Uint32Array.from({ length: scores.length * width }, (_, at) => at % width),
    shares: Float64Array.from({ length: scores.length * width }, (_, at) => {
      const score = scores[Math.floor(at / width)] ?? 0;
      return at % width === 0 ? score : Math.max(0, score - (knots[(at % width) - 1] ?? 0));
    }),
  };
  return fitLogistic(design, labels, rows, ridge).fit;
}

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
