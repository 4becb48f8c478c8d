/** How good probabilities are, against what happened. Knows no model. */
import type { Labels } from './outcome';

export type Metrics = {
  readonly n: number;
  readonly positives: number;
  /** Share that converted. */
  readonly baseRate: number;
  /** Chance that a lead that converted ranks above one that did not; ties count half. */
  readonly auc: number;
  /** Mean of -ln(probability of what happened). */
  readonly logLoss: number;
  /** The same for somebody who says the base rate of each lead. */
  readonly baseLogLoss: number;
  /** Expected calibration error: mean over ten equal groups by probability of |mean probability - share converted|. */
  readonly ece: number;
  /** Share converted among the fifth with the highest probabilities. */
  readonly precisionTopFifth: number;
};

const bins = 10;
const least = 1e-15;

/** `probabilities` and `labels` row by row; labels are 0 or 1, and both occur. */
export function judge(probabilities: Float64Array, labels: Labels): Metrics {
  const n = labels.length;
  const order = Array.from(probabilities.keys()).sort((a, b) => (probabilities[a] ?? 0) - (probabilities[b] ?? 0) || a - b);
  let positives = 0;
  let loss = 0;
  for (let row = 0; row < n; row += 1) {
    const p = Math.min(1 - least, Math.max(least, probabilities[row] ?? 0));
    positives += labels[row] ?? 0;
    loss -= Math.log(labels[row] === 1 ? p : 1 - p);
  }
  const baseRate = positives / n;
  return {
    n,
    positives,
    baseRate,
    auc: areaUnderCurve(probabilities, labels),
    logLoss: loss / n,
    baseLogLoss: entropy(baseRate),
    ece: calibrationError(order, probabilities, labels),
    precisionTopFifth: shareOf(order.slice(n - Math.max(1, Math.round(n / 5))), labels),
  };
}

/** Natural units; 0 where all or none converted. */
export const entropy = (rate: number): number => (rate <= 0 || rate >= 1 ? 0 : -(rate * Math.log(rate) + (1 - rate) * Math.log(1 - rate)));

/** By ranks (Mann-Whitney); NaN where one class is missing. */
export function areaUnderCurve(scores: Float64Array, labels: Labels): number {
  const order = Array.from(scores.keys()).sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0));
  let ranks = 0;
  let positives = 0;
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to < order.length && scores[order[to] ?? 0] === scores[order[from] ?? 0]) to += 1;
    for (let at = from; at < to; at += 1)
      if (labels[order[at] ?? 0] === 1) {
        ranks += (from + to + 1) / 2;
        positives += 1;
      }
    from = to;
  }
  return (ranks - (positives * (positives + 1)) / 2) / (positives * (order.length - positives));
}

function calibrationError(order: readonly number[], probabilities: Float64Array, labels: Labels): number {
  let error = 0;
  for (let bin = 0; bin < bins; bin += 1) {
    const rows = order.slice(Math.floor((bin * order.length) / bins), Math.floor(((bin + 1) * order.length) / bins));
    const expected = rows.reduce((sum, row) => sum + (probabilities[row] ?? 0), 0);
    const happened = rows.reduce((sum, row) => sum + (labels[row] ?? 0), 0);
    error += Math.abs(expected - happened);
  }
  return error / order.length;
}

const shareOf = (rows: readonly number[], labels: Labels): number => rows.reduce((sum, row) => sum + (labels[row] ?? 0), 0) / rows.length;
