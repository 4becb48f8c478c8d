/** Scoring models as plain data, one shape a kind: points for behaviour and fit, pain against fit, questions compared with a customer persona, a model that was trained. How they are counted is `points.ts`, `matrix.ts`, `foreseen.ts` and `score.ts`. */
import type { Stage } from '../../events/stripped';
import type { FieldTest } from './condition';
import type { PredictiveModel } from './predict/model';
import type { Span } from './time';

export type PointRule = {
  readonly id: string;
  readonly on: string;
  readonly where?: Readonly<Record<string, FieldTest>>;
  /** Whole points, may be negative. */
  readonly points: number;
  /** At most this many points of the rule per UTC day. */
  readonly perDay?: number;
  /** At most this many points of the rule in total. */
  readonly total?: number;
  /** Its points count towards the cap of this group, too. */
  readonly group?: string;
  /** While it is not older than so many days it counts so many percent of what it would by its age. */
  readonly recent?: { readonly days: number; readonly percent: number };
  /**
   * By frequency: the points are for so many times within a span of `per` (whole UTC days, weeks from Monday), once a span; single times are worth nothing.
   * `perDay` is then how often of one day counts.
   */
  readonly times?: number;
  readonly per?: Span;
};

type Common = {
  readonly id: string;
  readonly version: number;
  /** Least fit for the grade, on the model's own scale; below C is D. */
  readonly grades: { readonly A: number; readonly B: number; readonly C: number };
};
/** What the score says where no word of the person says more. */
type ByScore = {
  /** Score bands where BANT is not known. */
  readonly bands: { readonly hot: number; readonly warm: number };
  /** Score at which a lead is marketing qualified. */
  readonly mqlAt: number;
};

/** Behaviour points, and fit from traits. The kind is not written, so that digests of models from before there were kinds stay. */
export type PointsModel = Common &
  ByScore & {
    readonly kind?: undefined;
    readonly rules: readonly PointRule[];
    /** Caps over several rules: at most so many points of all rules of the group together, at any moment. */
    readonly groups?: Readonly<Record<string, { readonly total: number }>>;
    /** At most so many points in all, whatever they are for, at any moment. */
    readonly total?: number;
    /** Points by the stage somebody is in when they first are in one, once. Whole points. */
    readonly startingByStage?: Readonly<Partial<Record<Stage, number>>>;
    /** Score the lead starts with, by source code; `otherwise` for the rest. Whole points. */
    readonly starting?: Readonly<Record<string, number>>;
    /** Percent of a day's points still counted after so many days: ascending `afterDays`, integers 0..100. Beyond the last entry its percent holds. */
    readonly decay: readonly { readonly afterDays: number; readonly percent: number }[];
    /** Fit points per trait value; `_other` and `_unknown` for the rest. */
    readonly fit: Readonly<Record<string, Readonly<Record<string, number>>>>;
  };

/**
 * The matrix of Juan Merodio: pain (1..10) against fit (closeness to the nearest persona of the settings, 0..10). The score is pain times fit; both high: hot and
 * marketing qualified, one of them: warm. Grades are by fit.
 */
export type MerodioModel = Common & {
  readonly kind: 'merodio';
  /** From here on pain, and fit, are high: the lines between the four quadrants. */
  readonly high: { readonly pain: number; readonly fit: number };
  /** What people call the quadrants, and what becomes of who is there. */
  readonly quadrants?: Readonly<Partial<Record<Quadrant, string>>>;
};
export const quadrants = ['both', 'pain', 'fit', 'neither'] as const;
/** What is high there. */
export type Quadrant = (typeof quadrants)[number];

/** Business2Community's matrix: each question compared with the answer of the customer persona; the score, and the fit, is the sum. */
export type QuestionsModel = Common &
  ByScore & {
    readonly kind: 'questions';
    /** Points for the answer the customer persona gives. */
    readonly best: number;
    readonly questions: readonly Question[];
  };
export type Question = {
  readonly id: string;
  /** For people. */
  readonly says: string;
  /** Whose value is the answer. */
  readonly trait: string;
  /** What the customer persona answers. */
  readonly best: readonly string[];
  /** Whole points of the other answers, negative ones too; `_other` for those not named, `_unknown` where there is none; 0 where absent. */
  readonly others: Readonly<Record<string, number>>;
};

/** A model that was trained: the score is the probability, in percent, that the person becomes a customer; so is the fit that grades go by. */
export type PredictiveScoring = Common &
  ByScore & {
    readonly kind: 'predictive';
    readonly artefact: PredictiveModel;
  };

/** They say what is known now, whatever came before. */
export type MatrixModel = MerodioModel | QuestionsModel | PredictiveScoring;
export type Model = PointsModel | MatrixModel;

export const isPoints = (model: Model): model is PointsModel => model.kind === undefined;
