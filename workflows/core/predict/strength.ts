/** How much one column alone tells about the outcome, judged on leads it was not learnt from. Knows levels and labels, no names. */
import { areaUnderCurve, entropy } from './metrics';
import type { Labels } from './outcome';

export type Level = { readonly leads: number; readonly converted: number };
export type Strength = {
  /** Of the rate learnt on the other folds; 0.5 tells nothing. */
  readonly auc: number;
  /** Share of the uncertainty about the outcome that goes, 0 .. 1; may be a little below 0 where it tells nothing. */
  readonly explains: number;
  readonly levels: readonly Level[];
};

/** How many leads the base rate counts for beside a level's own. */
const prior = 5;

/** What is looked at: these rows, `folds` and `labels` per row of the table. */
export type Among = {
  readonly rows: Uint32Array;
  readonly labels: Labels;
  readonly folds: Uint8Array;
  readonly foldCount: number;
};

/** `levels`: per row of the table the level, from 0 to before `count`. */
export function strengthOf(levels: Uint16Array, count: number, { rows, labels, folds, foldCount }: Among): Strength {
  const leads = new Float64Array(count * (foldCount + 1));
  const converted = new Float64Array(count * (foldCount + 1));
  const known = Uint8Array.from(rows, (row) => labels[row] ?? 0);
  let positives = 0;
  rows.forEach((row, nth) => {
    const label = known[nth] ?? 0;
    positives += label;
    for (const fold of [folds[row] ?? 0, foldCount]) {
      const at = fold * count + (levels[row] ?? 0);
      leads[at] = (leads[at] ?? 0) + 1;
      converted[at] = (converted[at] ?? 0) + label;
    }
  });
  const base = positives / rows.length;
  const scores = new Float64Array(rows.length);
  let loss = 0;
  rows.forEach((row, nth) => {
    const level = levels[row] ?? 0;
    const [own, all] = [(folds[row] ?? 0) * count + level, foldCount * count + level];
    const score = ((converted[all] ?? 0) - (converted[own] ?? 0) + prior * base) / ((leads[all] ?? 0) - (leads[own] ?? 0) + prior);
    scores[nth] = score;
    loss -= Math.log(known[nth] === 1 ? score : 1 - score);
  });
  const whole = Array.from({ length: count }, (_, level) => ({
    leads: leads[foldCount * count + level] ?? 0,
    converted: converted[foldCount * count + level] ?? 0,
  }));
  return { auc: areaUnderCurve(scores, known), explains: 1 - loss / rows.length / entropy(base), levels: whole };
}

/** Rows where the level is none of what `b` or `a` say. */
export type Unsaid = (level: number) => boolean;

/**
 * How much of `a` is told already by `b` among leads of the same outcome, 0 .. 1: conditional mutual information over the conditional entropy of `a`,
 * with the bias of small counts taken off (Miller and Madow), where both are filled in. Two columns that somebody wrote together show it.
 */
export function toldBy(
  a: { readonly levels: Uint16Array; readonly count: number; readonly unsaid: Unsaid },
  b: { readonly levels: Uint16Array; readonly count: number; readonly unsaid: Unsaid },
  labels: Labels,
): { readonly share: number; readonly rows: number } {
  let information = 0;
  let uncertainty = 0;
  let rows = 0;
  for (const label of [0, 1]) {
    const both = new Float64Array(a.count * b.count);
    const [ofA, ofB] = [new Float64Array(a.count), new Float64Array(b.count)];
    let total = 0;
    for (let row = 0; row < labels.length; row += 1) {
      const [inA, inB] = [a.levels[row] ?? 0, b.levels[row] ?? 0];
      if (labels[row] !== label || a.unsaid(inA) || b.unsaid(inB)) continue;
      both[inA * b.count + inB] = (both[inA * b.count + inB] ?? 0) + 1;
      ofA[inA] = (ofA[inA] ?? 0) + 1;
      ofB[inB] = (ofB[inB] ?? 0) + 1;
      total += 1;
    }
    if (total === 0) continue;
    const bias = ((used(ofA) - 1) * (used(ofB) - 1)) / 2;
    information += total * (spread(ofA, total) + spread(ofB, total) - spread(both, total)) - bias;
    uncertainty += total * spread(ofA, total);
    rows += total;
  }
  return { share: uncertainty <= 0 ? 0 : Math.max(0, information / uncertainty), rows };
}

const used = (counts: Float64Array): number => counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
const spread = (counts: Float64Array, total: number): number =>
  counts.reduce((sum, count) => (count > 0 ? sum - (count / total) * Math.log(count / total) : sum), 0);
