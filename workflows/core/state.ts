/** The lead as the fold of its facts: plain JSON, under 8 KB after a year of traffic. Only the core reads its fields. */
import type { Channel, ConsentCodes, Code, Qualification, Stage, Traits } from '../../events/stripped';
import type { Effect } from './effects';
import type { Answer } from './inputs';
import type { Grade } from './plan';

export type HandOff = {
  readonly number: number;
  readonly rule: string;
  readonly enrolment: string;
  readonly during: 'hold' | 'continue';
  readonly why: string;
  readonly requestedAt: number;
  readonly acceptBy?: number;
  readonly contactBy: number;
  readonly rep?: string;
  /** Reps who had it before. */
  readonly before: readonly string[];
  readonly acceptedAt?: number;
  readonly contactedAt?: number;
  readonly retryAt?: number;
  /** Reminders and breaches already decided, e.g. `reminder.accept`. */
  readonly done: readonly string[];
  readonly assignAttempts: number;
};

export type Enrolment = {
  /** `id@version#digest`. */
  readonly sequence: string;
  readonly campaign?: string;
  readonly key?: string;
  readonly data: Readonly<Record<string, Code>>;
  readonly enrolledAt: number;
  readonly phase: string;
  readonly phaseAt: number;
  /** Index of the touch of the phase that is next, and when the one before closed (or the phase began). */
  readonly next: number;
  readonly previousAt: number;
  readonly heldUntil?: number;
  readonly heldBecause?: string;
  readonly attempt: number;
  /** Moments per condition key of the plan, newest kept as far as its `times` needs. */
  readonly marks: Readonly<Record<string, readonly number[]>>;
};

/** Raw sums of one model: `raw[rule]` = packed `(day, thousandths)` cells; `total` = what the ledger sums to. */
export type Aggregate = {
  readonly model: string;
  readonly total: number;
  readonly throughDay: number;
  readonly raw: Readonly<Record<string, string>>;
  /** Nothing seen yet reads as score 0. */
  readonly seen: boolean;
  readonly fit?: number;
  readonly grade?: Grade;
};

export type LeadState = {
  readonly v: 1;
  readonly leadId: string;
  /** `recordedAt` of the last fact; `now` never goes below it. */
  readonly at: number;
  /** The last 256 ids of events and commands, 11 characters each, oldest first; an unknown id at or below `floorAt` is looked up in the log. */
  readonly ring: { readonly ids: string; readonly floorAt: number };
  /** Answers of the last commands, for a repeated one. */
  readonly answers: readonly (readonly [id: string, answer: Answer])[];
  readonly stage?: Stage;
  readonly qualification: Qualification;
  readonly traits: Traits;
  readonly consent: ConsentCodes;
  readonly profileVersion: number;
  readonly paused?: { readonly by: string; readonly because: string; readonly at: number };
  readonly suppressed: { readonly [C in Channel | 'all']?: string };
  readonly lastEngagedAt?: number;
  /** Moments of marketing sends (uncertain ones too) within the longest cap span. */
  readonly sentAt: readonly number[];
  /** Content the person has had (uncertain too): content id -> last moment. */
  readonly had: Readonly<Record<string, number>>;
  readonly scores: Readonly<Record<string, Aggregate>>;
  readonly enrolments: Readonly<Record<string, Enrolment>>;
  /** Ended enrolments for re-entry: `<sequence id>|<key>` -> last end. */
  readonly past: Readonly<Record<string, number>>;
  readonly enrolmentCount: number;
  readonly handOff?: HandOff;
  readonly handOffCount: number;
  /** Rules that wait to be rearmed: `<sequence id>.<rule>` -> points (thousandths) and moment at the close. */
  readonly disarmed: Readonly<Record<string, { readonly points: number; readonly at: number; readonly engaged: boolean }>>;
  /** Decided and not yet closed. */
  readonly effects: Readonly<Record<string, Effect>>;
  readonly uncertain: readonly string[];
  readonly resting?: boolean;
  readonly erased?: boolean;
};
