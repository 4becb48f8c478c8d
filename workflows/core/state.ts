/** The lead as the fold of its facts: plain JSON, under 8 KB after a year of traffic. Only the core reads its fields. */
import type { Channel, ConsentCodes, Code, Qualification, Stage, Traits } from '../../events/stripped';
import type { Bant } from './bant';
import type { Effect, Notice } from './effects';
import type { Answer } from './inputs';
import type { Pain } from './pain';
import type { Grade } from './plan';
import type { RuleCells } from './rule-cells';

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
  /** No rep is asked because of the brake. */
  readonly heldBy?: 'brake';
  /** Reminders and breaches already decided, e.g. `reminder.accept`. */
  readonly done: readonly string[];
  readonly assignAttempts: number;
  /** Model whose points rearm the rule; absent in hand-offs requested before it was recorded. */
  readonly model?: string;
  /** How long a rep has to accept, from each offer; `contactBy` is never restarted. */
  readonly acceptFor?: number;
  readonly offeredAt?: number;
  /** Messages to reps so far; numbers their effects. */
  readonly notices?: number;
  /** Nobody else was free: the next turn asks everyone again. */
  readonly again?: boolean;
  /** Messages to the rep that did not go and are tried anew. */
  readonly unnotified?: readonly {
    readonly what: Notice;
    readonly clock?: 'accept' | 'contact';
    readonly retryAt: number;
  }[];
};

export type Enrolment = {
  /** `id@version#digest`. */
  readonly sequence: string;
  readonly campaign?: string;
  readonly key?: string;
  readonly data: Readonly<Record<string, Code>>;
  /** When the newest event happened that changed the data. */
  readonly dataAt?: number;
  readonly enrolledAt: number;
  readonly phase: string;
  readonly phaseAt: number;
  /** Index of the touch of the phase that is next, and when the one before closed (or the phase began). */
  readonly next: number;
  readonly previousAt: number;
  /** Arms of choices it is in, innermost last: at step `end` it goes on at `behind`. */
  readonly ways?: readonly (readonly [end: number, behind: number])[];
  /** `id@version#digest` it goes on with when it enters its next phase. */
  readonly moving?: string;
  /** When the step before was due, where that was before it closed and steps at dates follow; counts as when this one's turn came. */
  readonly turnAt?: number;
  /** When the step that is next was due, once it was held or begun. */
  readonly dueAt?: number;
  readonly heldUntil?: number;
  readonly heldBecause?: string;
  /** Content that goes in place of that of the touch that is next. */
  readonly instead?: string;
  /** Number of the pool's piece that is next; absent = the first. */
  readonly piece?: number;
  /** Attempts decided for the touch that is next; part of the effect's id. */
  readonly attempt: number;
  /** Of those, how many found the provider away; only they use up `settings.unavailable.attempts`. */
  readonly failures?: number;
  /** Phases entered more than once, and how often: keeps touch keys apart. */
  readonly visits?: Readonly<Record<string, number>>;
  /** Moments per condition key of the plan, newest kept as far as its `times` needs. */
  readonly marks: Readonly<Record<string, readonly number[]>>;
};

/** What one question or axis of a matrix is worth: `points` in thousandths (of an axis: its place on it), `is` = the answer or the nearest persona. */
export type Part = { readonly part: string; readonly points: number; readonly is?: Code };

/** Raw sums of one model: per rule packed `(day, points)` cells; `total` = what the ledger sums to, thousandths. */
export type Aggregate = {
  readonly model: string;
  readonly total: number;
  readonly throughDay: number;
  readonly raw: RuleCells;
  /** Nothing seen yet reads as score 0. */
  readonly seen: boolean;
  readonly fit?: number;
  readonly grade?: Grade;
  /** Of a matrix: where it puts the person; absent in a model of points. */
  readonly parts?: readonly Part[];
  /** What a quiet re-scoring added (thousandths), and the grade before it: rules do not see it until the person does something. */
  readonly quiet?: { readonly delta: number; readonly grade?: Grade };
};

/** Ids of events and commands, 11 characters each, oldest first, given up in blocks of 32. */
export type Ring = {
  /** Full blocks, without the last character of each id. */
  readonly ids: string;
  /** The block being filled. */
  readonly fresh: string;
  /** The last character of each id. */
  readonly keys: string;
  /** The latest event time ever given up; 0 = none yet. */
  readonly floorAt: number;
  /** Latest event time of the block being filled, and of each full one. */
  readonly topAt: number;
  readonly tops: readonly number[];
};

/** `points`: thousandths at the close, `at`: its moment; `engaged`: the person did something since. */
export type Disarmed = { readonly points: number; readonly at: number; readonly engaged: boolean };

export type LeadState = {
  readonly v: 1;
  readonly leadId: string;
  /** `recordedAt` of the last fact; `now` never goes below it. */
  readonly at: number;
  /** The last 256 ids of events and commands, 11 characters each, oldest first; an unknown id at or below `floorAt` is looked up in the log. */
  readonly ring: Ring;
  /** Answers of the last commands, for a repeated one. */
  readonly answers: readonly (readonly [id: string, answer: Answer])[];
  readonly stage?: Stage;
  /** The first stage it was in; absent in states older than this field that had one already. */
  readonly began?: Stage;
  readonly qualification: Qualification;
  /** Signs of a qualification that must be left alone until then, by id. */
  readonly signs?: Readonly<Record<string, number>>;
  /** What is known of budget, authority, need and timing; the newest word on each. */
  readonly bant?: Bant;
  /** How much what we solve hurts them: the newest word on it. */
  readonly pain?: Pain;
  readonly traits: Traits;
  readonly consent: ConsentCodes;
  readonly profileVersion: number;
  readonly paused?: { readonly by: string; readonly because: string; readonly at: number };
  readonly suppressed: { readonly [C in Channel | 'all']?: string };
  readonly lastEngagedAt?: number;
  /** How often the person did what, by event type; absent in states from before it was counted. */
  readonly deeds?: Readonly<Record<string, number>>;
  /** Moment of the first fact; absent in states older than it. */
  readonly knownAt?: number;
  /** By sequence id, the beginning of the last silence that enrolled there. */
  readonly silences?: Readonly<Record<string, number>>;
  /** Moments of marketing sends (uncertain ones too) within the longest cap span. */
  readonly sentAt: readonly number[];
  /** Content the person has had (uncertain too) and when last, packed: see `content-memory.ts`. */
  readonly had: string;
  readonly scores: Readonly<Record<string, Aggregate>>;
  readonly enrolments: Readonly<Record<string, Enrolment>>;
  /** Ended enrolments for re-entry: `<sequence id>|<key>` -> last end. */
  readonly past: Readonly<Record<string, number>>;
  readonly enrolmentCount: number;
  readonly handOff?: HandOff;
  readonly handOffCount: number;
  /** Rules that wait to be rearmed: `<sequence id>.<rule>` -> points (thousandths) and moment at the close. */
  readonly disarmed: Readonly<Record<string, Disarmed>>;
  /** Decided and not yet closed. */
  readonly effects: Readonly<Record<string, Effect>>;
  readonly uncertain: readonly string[];
  /** Content of uncertain sends, so that one settled as not sent leaves the content memory: effect id -> content id. */
  readonly unsure?: Readonly<Record<string, string>>;
  /** Arms that fell to the person by lot: `<sequence id>/<choice>` -> arm; the oldest go beyond forty. */
  readonly arms?: Readonly<Record<string, string>>;
  readonly resting?: boolean;
  readonly erased?: boolean;
};
