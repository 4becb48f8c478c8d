/** A scoring model as plain data: what behaviour and fit are worth. How it is counted is `points.ts` and `score.ts`. */
import type { FieldTest } from './condition';

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
};

/** A scoring model: behaviour points, and fit from traits. Values are edited in `workflows/settings`. */
export type Model = {
  readonly id: string;
  readonly version: number;
  readonly rules: readonly PointRule[];
  /** Caps over several rules: at most so many points of all rules of the group together, at any moment. */
  readonly groups?: Readonly<Record<string, { readonly total: number }>>;
  /** Score the lead starts with, by source code; `otherwise` for the rest. Whole points. */
  readonly starting?: Readonly<Record<string, number>>;
  /** Percent of a day's points still counted after so many days: ascending `afterDays`, integers 0..100. Beyond the last entry its percent holds. */
  readonly decay: readonly { readonly afterDays: number; readonly percent: number }[];
  /** Fit points per trait value; `_other` and `_unknown` for the rest. */
  readonly fit: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Least fit points for the grade; below C is D. */
  readonly grades: { readonly A: number; readonly B: number; readonly C: number };
  /** Score bands where BANT is not known. */
  readonly bands: { readonly hot: number; readonly warm: number };
  /** Score at which a lead is marketing qualified. */
  readonly mqlAt: number;
};
