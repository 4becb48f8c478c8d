/** What holds for the whole workspace and marketing may change: cap, quiet hours, segments, personas. Knows no lead. */
import type { Condition } from './condition';
import type { Lifecycle } from './lifecycle';
import type { Span } from './time';

/** A condition over the person with a name and, for people, what it means. It knows no enrolment: no events, clicks or data. */
export type Segment = { readonly says: string; readonly when: Condition };
/** `weight`: whole, at least 1. */
export type Likeness = { readonly weight: number; readonly when: Condition };
/** Somebody typical, whom content is written for. */
export type Persona = Segment & {
  readonly needs?: readonly string[];
  readonly pains?: readonly string[];
  /** What makes somebody like this, each with its weight; the closeness is the share of the weight that holds. The parts of `when` where absent. */
  readonly like?: readonly Likeness[];
  /** Where they are best reached, in words. */
  readonly channels?: readonly string[];
};

/** Values marketing may change without an engineer. */
export type Settings = {
  readonly id: string;
  readonly version: number;
  /** The model whose score, grade and temperature decide for the workspace. */
  readonly model: string;
  /** Models that everybody is scored by besides; they decide nothing. */
  readonly beside?: readonly string[];
  /** At most `touches` marketing touches per person in any `per`, over all enrolments. */
  readonly cap: { readonly touches: number; readonly per: Span };
  /** Local hours of the lead between which nothing marketing goes: from 21 to 8. Zone used where the lead's is not known. */
  readonly quietHours: { readonly from: number; readonly to: number; readonly zone: string };
  /** A lead with nothing open sleeps after this long without engagement. */
  readonly restAfter: Span;
  /** When a due touch was unavailable at the provider, try anew after this; give up (withheld) after `attempts`. */
  readonly unavailable: { readonly retryAfter: Span; readonly attempts: number };
  /** What the words of the lifecycle mean, and the signs of each; as it always was where absent. */
  readonly lifecycle?: Lifecycle;
  /**
   * More hand-offs in an hour than `times` the usual number, and than `atLeast`, are held until an operator answers; 3 and 20 where absent.
   * Read where reps are asked, never by the rules.
   */
  readonly handOffBrake?: { readonly times: number; readonly atLeast: number };
  /** By name; conditions of sequences ask for them. */
  readonly segments?: Readonly<Record<string, Segment>>;
  readonly personas?: Readonly<Record<string, Persona>>;
};
