/** Logistic regression with a ridge, by Newton's method (iteratively re-weighted least squares) on sparse rows. Knows no column and no meaning. */
import type { Labels } from './outcome';

/** Rows as places and shares: row r holds `slots[k]` with `shares[k]` for k from `starts[r]` to before `starts[r + 1]`. */
export type Design = {
  readonly rows: number;
  /** Number of weights, the intercept not counted. */
  readonly width: number;
  readonly starts: Uint32Array;
  readonly slots: Uint32Array;
  readonly shares: Float64Array;
};
export type Fit = { readonly intercept: number; readonly weights: Float64Array };

const mostSteps = 60;
/** Fall of the loss per row above which the curvature is still changing. */
const far = 1e-3;
/** Fall of the loss per row under which a step is the last: Newton's steps square the error, so the next would change nothing seen. */
const enough = 1e-6;

/** The sum before the logistic curve, in natural log odds. */
export function scoreRow({ starts, slots, shares }: Design, { intercept, weights }: Fit, row: number): number {
  let sum = intercept;
  const end = starts[row + 1] ?? 0;
  for (let at = starts[row] ?? 0; at < end; at += 1) sum += (weights[slots[at] ?? 0] ?? 0) * (shares[at] ?? 0);
  return sum;
}

export const logistic = (score: number): number => 1 / (1 + Math.exp(-score));
/** ln(1 + e^x) without overflow. */
const softplus = (x: number): number => (x > 30 ? x : Math.log1p(Math.exp(x)));

/** The Cholesky factor of a curvature: lower triangle, row by row. */
export type Factor = Float64Array;
export type Started = { readonly fit: Fit; readonly factor?: Factor };

/**
 * Least of `-log likelihood + ridge / 2 * |weights|^2` over the rows given; the intercept is free. The ridge makes it convex with one answer, so
 * `start` only saves steps, and so does a factor from neighbouring rows: a curvature a little stale still points downhill. `ridge` 1 holds a weight as
 * firmly as four leads with an even chance move it.
 */
export function fitLogistic(design: Design, labels: Labels, rows: Uint32Array, ridge: number, start?: Started): Started {
  let fit: Fit = start?.fit ?? { intercept: 0, weights: new Float64Array(design.width) };
  let factor = start?.factor;
  let loss = lossOf(design, labels, rows, ridge, fit);
  let lastGain = Infinity;
  for (let step = 0; step < mostSteps; step += 1) {
    const fresh = factor === undefined || (step > 0 && lastGain > far * rows.length);
    const { gradient, curvature } = derivatives(design, labels, rows, ridge, fit, fresh);
    if (curvature !== undefined) factor = factorOf(curvature, design.width + 1);
    const next = downhill(design, labels, rows, ridge, fit, loss, solve(factor ?? new Float64Array(0), gradient));
    if (next === undefined) {
      if (curvature !== undefined) break;
      factor = undefined;
      continue;
    }
    const gain = loss - next.loss;
    ({ fit, loss } = next);
    if (gain < enough * rows.length) break;
    // A stale curvature that no longer helps is computed anew.
    if (curvature === undefined && gain > lastGain / 2) factor = undefined;
    lastGain = gain;
  }
  return factor === undefined ? { fit } : { fit, factor };
}

/** Half the step until the loss falls; `undefined` where it never does, which is the end. */
function downhill(
  design: Design,
  labels: Labels,
  rows: Uint32Array,
  ridge: number,
  from: Fit,
  loss: number,
  move: Float64Array,
): { readonly fit: Fit; readonly loss: number } | undefined {
  for (let share = 1; share > 1e-4; share /= 2) {
    const fit = moved(from, move, share);
    const next = lossOf(design, labels, rows, ridge, fit);
    if (next <= loss) return { fit, loss: next };
  }
  return undefined;
}

/** The intercept is the last place of `move`. */
function moved({ intercept, weights }: Fit, move: Float64Array, share: number): Fit {
  return {
    intercept: intercept - share * (move[weights.length] ?? 0),
    weights: weights.map((weight, at) => weight - share * (move[at] ?? 0)),
  };
}

function lossOf(design: Design, labels: Labels, rows: Uint32Array, ridge: number, fit: Fit): number {
  let loss = 0;
  for (const row of rows) {
    const score = scoreRow(design, fit, row);
    loss += softplus(score) - (labels[row] === 1 ? score : 0);
  }
  return loss + (ridge / 2) * fit.weights.reduce((sum, weight) => sum + weight * weight, 0);
}

type Derivatives = { readonly gradient: Float64Array; /** Lower half, row by row. */ readonly curvature: Float64Array | undefined };

function derivatives(design: Design, labels: Labels, rows: Uint32Array, ridge: number, fit: Fit, curved: boolean): Derivatives {
  const { starts, slots, shares, width } = design;
  const size = width + 1;
  const gradient = new Float64Array(size);
  const curvature = curved ? new Float64Array(size * size) : undefined;
  for (const row of rows) {
    const p = logistic(scoreRow(design, fit, row));
    const miss = p - (labels[row] ?? 0);
    const weight = p * (1 - p);
    const end = starts[row + 1] ?? 0;
    for (let at = starts[row] ?? 0; at < end; at += 1) {
      const slot = slots[at] ?? 0;
      gradient[slot] = (gradient[slot] ?? 0) + miss * (shares[at] ?? 0);
    }
    gradient[width] = (gradient[width] ?? 0) + miss;
    if (curvature !== undefined) addCurvature(curvature, design, row, weight);
  }
  for (let at = 0; at < width; at += 1) {
    gradient[at] = (gradient[at] ?? 0) + ridge * (fit.weights[at] ?? 0);
    if (curvature !== undefined) curvature[at * size + at] = (curvature[at * size + at] ?? 0) + ridge;
  }
  return { gradient, curvature };
}

/** Slots ascend within a row, so this fills the lower half only. */
function addCurvature(curvature: Float64Array, { starts, slots, shares, width }: Design, row: number, weight: number): void {
  const size = width + 1;
  const from = starts[row] ?? 0;
  const end = starts[row + 1] ?? 0;
  const last = width * size;
  for (let at = from; at < end; at += 1) {
    const slot = slots[at] ?? 0;
    const base = slot * size;
    const pull = weight * (shares[at] ?? 0);
    for (let to = from; to <= at; to += 1) {
      const place = base + (slots[to] ?? 0);
      curvature[place] = (curvature[place] ?? 0) + pull * (shares[to] ?? 0);
    }
    curvature[last + slot] = (curvature[last + slot] ?? 0) + pull;
  }
  curvature[last + width] = (curvature[last + width] ?? 0) + weight;
}

/** Cholesky, in place. A pivot that vanished (all predictions certain) is held up, which makes that step small. */
function factorOf(matrix: Float64Array, size: number): Factor {
  for (let row = 0; row < size; row += 1) {
    const own = row * size;
    for (let column = 0; column <= row; column += 1) {
      const other = column * size;
      let sum = matrix[own + column] ?? 0;
      for (let k = 0; k < column; k += 1) sum -= (matrix[own + k] ?? 0) * (matrix[other + k] ?? 0);
      matrix[own + column] = row === column ? Math.sqrt(Math.max(sum, 1e-9)) : sum / (matrix[other + column] ?? 1);
    }
  }
  return matrix;
}

function solve(factor: Factor, right: Float64Array): Float64Array {
  const size = right.length;
  const out = Float64Array.from(right);
  for (let row = 0; row < size; row += 1) {
    let sum = out[row] ?? 0;
    for (let k = 0; k < row; k += 1) sum -= (factor[row * size + k] ?? 0) * (out[k] ?? 0);
    out[row] = sum / (factor[row * size + row] ?? 1);
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    const solved = (out[row] ?? 0) / (factor[row * size + row] ?? 1);
    out[row] = solved;
    for (let k = 0; k < row; k += 1) out[k] = (out[k] ?? 0) - (factor[row * size + k] ?? 0) * solved;
  }
  return out;
}
