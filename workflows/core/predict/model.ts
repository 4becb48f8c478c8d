/** The predictive model as it is stored: everything a probability needs, and what was found on the way. Data only; knows no training. */
import type { Metrics } from './metrics';
import type { OutcomeWords } from './outcome';
import type { Source } from './sources';

export const modelKind = 'ripen-predictive-model';
export const modelVersion = 1;

/** Weights are natural log odds, centred: 0 is the average lead of the training list. */
export type AnswerTerm = {
  readonly as: 'answers';
  readonly source: Source;
  readonly levels: readonly { readonly key: string; readonly shown: string; readonly weight: number }[];
  /** For answers that were rare in training or not there. */
  readonly rare: number;
  readonly empty: number;
  /** For "Select", "N/A", "unknown". */
  readonly placeholder: number;
};
export type NumberTerm = {
  readonly as: 'number';
  readonly source: Source;
  readonly decimal: '.' | ',';
  readonly spikes: readonly { readonly at: number; readonly weight: number }[];
  /** Ascending; between two the weight goes in a straight line, outside it is that of the nearest. */
  readonly knots: readonly { readonly at: number; readonly weight: number }[];
  readonly empty: number;
  /** For text where a number is expected. */
  readonly text: number;
};
export type Term = AnswerTerm | NumberTerm;

/** Two terms together: what the pair tells beyond the sum. A group is a set of places of the term. */
export type PairTerm = {
  /** Places in `terms`. */
  readonly of: readonly [number, number];
  /** Per place of the term its group. */
  readonly groups: readonly [readonly number[], readonly number[]];
  /** Per group of the first, per group of the second. */
  readonly weights: readonly (readonly number[])[];
};

/**
 * Probability from the sum of weights z: logistic(`shift` + `stretch` * z + `weight` * (z - `at`) of every bend below z), fitted on leads that had no part in
 * the weights (Platt 1999; bends only where a straight line is seen not to fit).
 */
export type Calibration = {
  readonly shift: number;
  readonly stretch: number;
  readonly bends?: readonly { readonly at: number; readonly weight: number }[];
};

/** One model for leads of one age. */
export type AgedModel = {
  /** `listed`: what the list knew of each lead, whenever that was. Other ages come from the engine's own log. */
  readonly age: 'listed' | 'arrival' | '7 days' | '30 days';
  readonly intercept: number;
  readonly terms: readonly Term[];
  readonly pairs: readonly PairTerm[];
  readonly calibration: Calibration;
  /** On leads that had no part in training. */
  readonly metrics: Metrics;
};

/** Days from arrival to conversion, among leads that converted. */
export type WhenBand = {
  /** Probabilities from .. below `below`. */
  readonly from: number;
  readonly below: number;
  readonly leads: number;
  /** A tenth converts sooner, half, a tenth later. */
  readonly days: readonly [early: number, middle: number, late: number];
};
export type When =
  | { readonly as: 'range'; readonly from: string; readonly bands: readonly WhenBand[] }
  | { readonly as: 'unknown'; readonly because: string };

export type LeftOut = { readonly column: string; readonly because: string };
/** How a column that counts was read, and what is doubtful about it. */
export type ColumnReport = { readonly column: string; readonly read: string; readonly note?: string };

export type PredictiveModel = {
  readonly kind: typeof modelKind;
  readonly v: typeof modelVersion;
  /** Epoch ms. */
  readonly createdAt: number;
  /** First 32 hex of SHA-256 of the list it was trained on. */
  readonly dataDigest: string;
  readonly outcome: OutcomeWords;
  readonly id?: string;
  /** From the engine's own log: conversions count within so many days of arrival. Absent: from a list. */
  readonly withinDays?: number;
  /** False below 1,000 leads or 120 conversions: it may stand beside points and never replace them. */
  readonly mayDecide: boolean;
  readonly leads: number;
  readonly conversions: number;
  readonly models: readonly AgedModel[];
  readonly when: When;
  readonly columns: readonly ColumnReport[];
  readonly leftOut: readonly LeftOut[];
};
