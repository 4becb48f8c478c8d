/** From a stored model and one lead to a probability and its reasons. Pure, so that a workspace's model of kind `predictive` can call it; knows no training. */
import { keyOf, noAnswer } from './answers';
import { oddsOf } from './calibration';
import { encode, placesOf } from './encoder';
import type { Encoder, Placed } from './encoder';
import { logistic } from './logistic';
import type { AgedModel, Calibration, PairTerm, PredictiveModel, Term, WhenBand } from './model';
import { readNumber } from './numbers';
import { shortNumber } from './say';
import { later, readSource } from './sources';

/** A lead as the list has it: cells by column name. What is missing counts as not filled in. */
export type LeadRecord = Readonly<Record<string, string | number | boolean | null | undefined>>;
export type Reason = {
  /** The column, or the reading of it. */
  readonly name: string;
  /** The lead's answer in words: `SMS Sent`, `1,428 (high)`, `not filled in`. */
  readonly says: string;
  /** By how much it moves the log odds away from the average lead; above 0 raises. */
  readonly weight: number;
};
export type Scored = { readonly probability: number; /** Strongest first. */ readonly reasons: readonly Reason[] };
export type Scorer = {
  readonly probability: (lead: LeadRecord) => number;
  readonly scored: (lead: LeadRecord) => Scored;
  /** The same without the words, which cost more than the weights. */
  readonly weighed: (lead: LeadRecord) => Weighed;
};
export type Weighed = { readonly probability: number; readonly reasons: readonly Omit<Reason, 'says'>[] };

export const modelOfAge = ({ models }: PredictiveModel, age: AgedModel['age']): AgedModel | undefined =>
  models.find((model) => model.age === age);

/** The probability, 0 .. 1, that the lead converts. For many leads make one scorer and keep it. */
export const probability = (model: PredictiveModel, lead: LeadRecord, age: AgedModel['age'] = 'listed'): number =>
  scorerOf(model, age).probability(lead);

/** `at`: which reader. */
type Weighing = { readonly probability: number; readonly reasons: readonly (Omit<Reason, 'says'> & { readonly at: number })[] };

/** Throws `RangeError` where the model holds nothing for that age. */
export function scorerOf(model: PredictiveModel, age: AgedModel['age'] = 'listed'): Scorer {
  const aged = modelOfAge(model, age);
  if (aged === undefined) throw new RangeError(`the model was not trained for leads of age "${age}"`);
  const readers = aged.terms.map(readerOf);
  const { intercept, pairs, calibration } = aged;
  const placedOf = (lead: LeadRecord): readonly Placed[] => readers.map(({ place }) => place(lead));
  const chance = (sum: number): number => logistic(oddsOf(calibration, sum));
  const alone = (placed: readonly Placed[]): readonly number[] => placed.map((each, at) => weigh(each, readers[at]?.weights ?? []));
  const together = (placed: readonly Placed[]): readonly number[] => pairs.map((pair) => pairWeight(pair, placed));
  const weighing = (lead: LeadRecord): Weighing => {
    const placed = placedOf(lead);
    const weights = [...alone(placed)];
    const paired = together(placed);
    const sum = sumOf(weights, sumOf(paired, intercept));
    // What two answers tell together is owed to each by half.
    pairs.forEach(({ of }, at) => {
      for (const term of of) weights[term] = (weights[term] ?? 0) + (paired[at] ?? 0) / 2;
    });
    const slope = slopeBetween(calibration, intercept, sum);
    const reasons = readers.map(({ term }, at) => ({ name: term.source.name, weight: (weights[at] ?? 0) * slope, at }));
    return { probability: chance(sum), reasons: reasons.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)) };
  };
  return {
    probability(lead) {
      const placed = placedOf(lead);
      return chance(sumOf(alone(placed), sumOf(together(placed), intercept)));
    },
    weighed: weighing,
    scored(lead) {
      const { probability: likely, reasons } = weighing(lead);
      return {
        probability: likely,
        reasons: reasons.map(({ name, weight, at }) => ({ name, says: readers[at]?.says(lead) ?? '', weight })),
      };
    },
  };
}

/** How steep the way from the average lead to this one is, so that the reasons together still come to the odds where the calibration is bent. */
function slopeBetween(calibration: Calibration, average: number, sum: number): number {
  const far = sum - average;
  return Math.abs(far) < 1e-9 ? calibration.stretch : (oddsOf(calibration, sum) - oddsOf(calibration, average)) / far;
}

const sumOf = (values: readonly number[], start: number): number => values.reduce((sum, value) => sum + value, start);

type Reader = {
  readonly term: Term;
  readonly weights: readonly number[];
  readonly place: (lead: LeadRecord) => Placed;
  readonly says: (lead: LeadRecord) => string;
};
/** Cells whose places are kept; a column of numbers has more different ones than are worth keeping. */
const keptCells = 5_000;

function readerOf(term: Term): Reader {
  const { encoder, weights } = encoderOf(term);
  const kept = new Map<string, Placed>();
  const read = (lead: LeadRecord): string => readSource(term.source, (name) => text(lead[name]));
  const place = (lead: LeadRecord): Placed => {
    const cell = read(lead);
    const known = kept.get(cell);
    if (known !== undefined) return known;
    const placed = encode(encoder, cell);
    if (placed.every(([at]) => at < placesOf(encoder)) && kept.size < keptCells) kept.set(cell, placed);
    return placed;
  };
  return { term, weights, place, says: (lead) => inWords(term, read(lead)) };
}

function text(value: LeadRecord[string]): string {
  return value === null || value === undefined ? '' : String(value).trim();
}

function encoderOf(term: Term): { readonly encoder: Encoder; readonly weights: readonly number[] } {
  if (term.as === 'answers')
    return {
      encoder: { as: 'answers', levels: term.levels.map(({ key, shown }) => [key, shown]) },
      weights: [...term.levels.map(({ weight }) => weight), term.rare, term.empty, term.placeholder],
    };
  return {
    encoder: { as: 'number', decimal: term.decimal, spikes: term.spikes.map(({ at }) => at), knots: term.knots.map(({ at }) => at) },
    weights: [...term.spikes.map(({ weight }) => weight), ...term.knots.map(({ weight }) => weight), term.empty, term.text],
  };
}

const weigh = (placed: Placed, weights: readonly number[]): number =>
  placed.reduce((sum, [place, share]) => sum + share * (weights[place] ?? 0), 0);

function pairWeight({ of, groups, weights }: PairTerm, placed: readonly Placed[]): number {
  const group = (side: 0 | 1): number => groups[side][leaning(placed[of[side]] ?? [])] ?? 0;
  return weights[group(0)]?.[group(1)] ?? 0;
}
const leaning = (placed: Placed): number => placed.reduce((best, one) => (one[1] > best[1] ? one : best), [0, -1] as const)[0];

function inWords(term: Term, cell: string): string {
  const none = noAnswer(cell);
  if (none === 'empty') return 'not filled in';
  if (none === 'placeholder') return `not answered ("${cell.slice(0, 30)}")`;
  if (cell === later) return later;
  if (term.as === 'answers') {
    const known = term.levels.some(({ key }) => key === keyOf(cell));
    return known ? cell.slice(0, 80) : `${cell.slice(0, 60)} (a rare answer)`;
  }
  const number = readNumber(cell, term.decimal);
  if (number === undefined) return `${cell.slice(0, 30)} (no number)`;
  const low = term.knots[Math.floor(term.knots.length / 4)]?.at ?? -Infinity;
  const high = term.knots[Math.ceil((3 * (term.knots.length - 1)) / 4)]?.at ?? Infinity;
  return `${shortNumber(number)}${low < high && number >= high ? ' (high)' : low < high && number <= low ? ' (low)' : ''}`;
}

/** When a lead of this probability converts, if it does; `undefined` where the model cannot tell. */
export const bandOf = ({ when }: PredictiveModel, chance: number): WhenBand | undefined =>
  when.as === 'range' ? (when.bands.find(({ from, below }) => chance >= from && chance < below) ?? when.bands.at(-1)) : undefined;
