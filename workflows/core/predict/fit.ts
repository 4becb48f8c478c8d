/** One fitted model over readings: ridge and pairs chosen by cross-validation, probabilities calibrated on leads that had no part in the weights. Knows no artefact. */
import { calibrate, oddsOf, pays, total } from './calibration';
import { readingOf } from './columns';
import type { Reading, Wanted } from './columns';
import { designOf, layoutOf } from './design';
import type { Layout } from './design';
import { placesOf } from './encoder';
import { fitLogistic, logistic, scoreRow } from './logistic';
import type { Design, Fit, Started } from './logistic';
import type { Calibration } from './model';
import type { Labels } from './outcome';
import { gainOf, pairOf } from './pairs';
import type { Pair } from './pairs';
import { strengthOf } from './strength';
import type { Table } from './table';

export type Fitted = {
  readonly readings: readonly Reading[];
  readonly pairs: readonly Pair[];
  readonly layout: Layout;
  readonly design: Design;
  readonly fit: Fit;
  readonly calibration: Calibration;
  /** Of the rows fitted, calibrated, each from a fit that it had no part in; 0 elsewhere. */
  readonly crossFitted: Float64Array;
};
/** What cross-validation chose, so that a second fit, whose readings may stand in another order, need not choose again. Pairs by the names of readings. */
export type Chosen = { readonly ridge: number; readonly pairs: readonly (readonly [string, string])[] };
/** `folds`: of each row of the table, 0 .. foldCount-1. */
export type Given = {
  readonly table: Table;
  readonly labels: Labels;
  /** The rows to learn from. */
  readonly rows: Uint32Array;
  readonly folds: Uint8Array;
  readonly foldCount: number;
};

const ridges = [6, 2, 20] as const;
/** Rows that the choice of ridge and pairs looks at, and no more. */
const choiceRows = 12_000;
const mostWeights = 450;
const mostPairs = 12;
/** Columns among which pairs are sought: the strongest. */
const pairColumns = 16;
const leastGain = 3;

/**
 * Strongest first, by the rows to learn from: were leads that are held back asked which columns tell most, of many columns that tell nothing those would be
 * taken that happen to fit them.
 */
export function readAll(given: Given, wanted: readonly Wanted[]): readonly Reading[] {
  const read = wanted.map((each) => {
    const reading = readingOf(given.table, each, given.rows);
    return { reading, explains: strengthOf(reading.levels, placesOf(reading.encoder), given).explains };
  });
  return withinWidth(read.sort((a, b) => b.explains - a.explains).map(({ reading }) => reading));
}

/** `readings`: of the rows given, from `wanted`. */
export function fitModel(given: Given, wanted: readonly Wanted[], readings: readonly Reading[], chosen: Chosen): Fitted {
  const { labels, rows, folds, foldCount } = given;
  const { design, started, ...made } = fitOnce(given, readings, chosen);
  const scores = readings.length < wanted.length ? scoresAnew(given, wanted, chosen) : crossScores(design, given, chosen.ridge, started);
  const calibration = calibrate({ scores, labels, rows, folds, foldCount });
  return { readings, ...made, design, fit: started.fit, calibration, crossFitted: calibrated(scores, rows, calibration) };
}

function fitOnce({ table, labels, rows }: Given, readings: readonly Reading[], { ridge, pairs: of }: Chosen) {
  const placeOf = new Map(readings.map(({ source }, at) => [source.name, at]));
  const pairs = of.flatMap(([first, second]) => pairOf(placeOf.get(first) ?? -1, placeOf.get(second) ?? -1, readings, rows) ?? []);
  const layout = layoutOf(readings, pairs, rows);
  const design = designOf(readings, pairs, layout, table.rows);
  return { pairs, layout, design, started: fitLogistic(design, labels, rows, ridge) };
}

/** Scores of rows by fits on the other folds, which choose among more columns than a model holds, too: else chance would look like knowledge. */
function scoresAnew(given: Given, wanted: readonly Wanted[], chosen: Chosen): Float64Array {
  const { table, rows, folds, foldCount } = given;
  const scores = new Float64Array(table.rows);
  for (let fold = 0; fold < foldCount; fold += 1) {
    const others = { ...given, rows: rows.filter((row) => folds[row] !== fold) };
    const { design, started } = fitOnce(others, readAll(others, wanted), chosen);
    for (const row of rows) if (folds[row] === fold) scores[row] = scoreRow(design, started.fit, row);
  }
  return scores;
}

/** Looks at a sample of a long list only. */
export function chooseModel(given: Given, readings: readonly Reading[]): Chosen {
  const { rows } = given;
  const passed = (at: number): number => Math.floor((at * choiceRows) / rows.length);
  const sample = { ...given, rows: rows.length <= choiceRows ? rows : rows.filter((_, at) => passed(at) !== passed(at - 1)) };
  const plain = tryRidges(sample, readings, [], ridges);
  const candidates = findPairs(sample, readings, plain);
  // Pairs bring many small weights: they are never held more loosely than the columns alone.
  const paired = candidates.length === 0 ? plain : tryRidges(sample, readings, candidates, [plain.ridge, 3 * plain.ridge]);
  const { ridge, pairs } = pays(plain.losses, paired.losses) ? paired : plain;
  const nameOf = (at: number): string => readings[at]?.source.name ?? '';
  return { ridge, pairs: pairs.map(({ of: [first, second] }) => [nameOf(first), nameOf(second)]) };
}

/** The strongest columns whose places fit together; a list of a thousand columns must not become a matrix of a million. */
function withinWidth(readings: readonly Reading[]): readonly Reading[] {
  let width = 0;
  return readings.filter(({ encoder }) => {
    const places = placesOf(encoder);
    if (width + places > mostWeights) return false;
    width += places;
    return true;
  });
}

type Tried = {
  readonly pairs: readonly Pair[];
  readonly ridge: number;
  readonly scores: Float64Array;
  /** Per row of the sample, each by a fit that it had no part in. */
  readonly losses: Float64Array;
};

function tryRidges(given: Given, readings: readonly Reading[], pairs: readonly Pair[], among: readonly number[]): Tried {
  const { table, labels, rows } = given;
  const design = designOf(readings, pairs, layoutOf(readings, pairs, rows), table.rows);
  let start: Started | undefined;
  const tried = among.map((ridge) => {
    start = fitLogistic(design, labels, rows, ridge, start === undefined ? undefined : { fit: start.fit });
    const scores = crossScores(design, given, ridge, start);
    return { pairs, ridge, scores, losses: Float64Array.from(rows, (row) => lossOf(scores[row] ?? 0, labels[row] ?? 0)) };
  });
  return tried.reduce((best, one) => (total(one.losses) < total(best.losses) ? one : best));
}

const lossOf = (score: number, label: number): number => -Math.log(Math.max(1e-12, label === 1 ? logistic(score) : logistic(-score)));

/** Scores of rows by fits on the other folds. */
function crossScores(design: Design, { labels, rows, folds, foldCount }: Given, ridge: number, start: Started): Float64Array {
  const scores = new Float64Array(design.rows);
  for (let fold = 0; fold < foldCount; fold += 1) {
    const others = rows.filter((row) => folds[row] !== fold);
    const { fit } = fitLogistic(design, labels, others, ridge, start);
    for (const row of rows) if (folds[row] === fold) scores[row] = scoreRow(design, fit, row);
  }
  return scores;
}

/** Pairs by what the model without them gets wrong on leads it had not seen, best first. */
function findPairs({ labels, rows }: Given, readings: readonly Reading[], { scores, ridge }: Tried): readonly Pair[] {
  const errors = new Float64Array(scores.length);
  const weights = new Float64Array(scores.length);
  for (const row of rows) {
    const p = logistic(scores[row] ?? 0);
    errors[row] = (labels[row] ?? 0) - p;
    weights[row] = p * (1 - p);
  }
  const found: { readonly pair: Pair; readonly gain: number }[] = [];
  const among = Math.min(pairColumns, readings.length);
  for (let first = 0; first < among; first += 1)
    for (let second = first + 1; second < among; second += 1) {
      const pair = readings[first]?.source.column === readings[second]?.source.column ? undefined : pairOf(first, second, readings, rows);
      const gain = pair === undefined ? 0 : gainOf(pair, rows, errors, weights, ridge);
      if (pair !== undefined && gain >= leastGain) found.push({ pair, gain });
    }
  return found
    .sort((a, b) => b.gain - a.gain)
    .slice(0, mostPairs)
    .map(({ pair }) => pair);
}

function calibrated(scores: Float64Array, rows: Uint32Array, calibration: Calibration): Float64Array {
  const out = new Float64Array(scores.length);
  for (const row of rows) out[row] = logistic(oddsOf(calibration, scores[row] ?? 0));
  return out;
}
