/**
 * What the engine concluded about one lead, in the order it concluded it. Stored for ever, so a member is never changed:
 * a new meaning gets a new `v` and a step in `upcast`. No personal data: ids, codes and numbers only.
 */
import type { Actor, Channel, Code, ConsentCodes, Qualification, Stage, Traits } from '../../events/stripped';
import type { Answer, Command } from './inputs';
import type { Grade } from './plan';
import type { RuleCells } from './rule-cells';
import type { HandOffFact } from './facts-of-hand-offs';
import type { RetractionFact } from './facts-of-retractions';
import type { TouchFact } from './facts-of-touches';
import type { LeadState, Part } from './state';

export type { WithheldBecause } from './facts-of-touches';

/** `occurredAt`: when it happened in the world; `recordedAt`: the decision's `now`. Both epoch ms on the engine's clock. */
type Stamp = { readonly v: 1; readonly occurredAt: number; readonly recordedAt: number };

export type Fact = Stamp & (LeadFact | TouchFact | HandOffFact | RetractionFact);

export type FactType = Fact['type'];
export type FactOf<T extends FactType> = Extract<Fact, { type: T }>;

/** Position in the lead's log: decisions so far, stream sequence of the last, and its digest. */
export type Position = { readonly n: number; readonly seq: number; readonly digest: string };

/** One stored message of `facts.lead.<leadId>`: one decision. */
export type Decision = {
  readonly v: 1;
  readonly lead: string;
  /** 1 for the first. */
  readonly n: number;
  /** Digest of the decision before, '' for the first. */
  readonly prev: string;
  readonly run: string;
  /** The decision's `now`, engine's clock. */
  readonly at: number;
  /** Ids of the inputs it took, with the answers commands get. */
  readonly consumed: readonly { readonly id: string; readonly answer?: Answer }[];
  readonly facts: readonly Fact[];
};

/** What happened to the person, their scores and their enrolments. */
type LeadFact =
  /** A run not started by continue-as-new took over; first fact of every lead. */
  | { readonly type: 'LeadResumed'; readonly run: string }
  /** State set whole, by migration, repair or merge. */
  | { readonly type: 'LeadRestated'; readonly state: LeadState; readonly because: string }
  | {
      readonly type: 'LeadAbsorbed';
      readonly from: string;
      readonly throughN: number;
      readonly digest: string;
      /** Content it had been sent and when last. */
      readonly had?: readonly (readonly [content: string, at: number])[];
    }
  | { readonly type: 'LeadErased'; readonly by: string; readonly because: string }
  /** Nothing is open; the workflow may close until something new arrives. */
  | { readonly type: 'LeadRested' }
  /** An event in stripped form, even when nothing follows. */
  | {
      readonly type: 'EngagementRecorded';
      readonly id: string;
      readonly event: string;
      readonly actor: Actor;
      readonly data?: Readonly<Record<string, Code>>;
      readonly effect?: string;
      readonly content?: string;
    }
  /** A new version of the coded profile. */
  | { readonly type: 'ProfileLearned'; readonly version: number; readonly traits: Traits; readonly consent: ConsentCodes }
  /** A command and its answer; the facts that follow say what it did. */
  | {
      readonly type: 'CommandRecorded';
      readonly id: string;
      readonly command: Command;
      readonly by: string;
      readonly because: string;
      readonly answer: Answer;
    }
  /** An input the core could not take; it is also in REJECTED. */
  | { readonly type: 'InputRefused'; readonly id: string; readonly code: string }
  | {
      readonly type: 'Enrolled';
      readonly enrolment: string;
      readonly sequence: string;
      readonly phase: string;
      readonly campaign?: string;
      readonly key?: string;
      readonly data: Readonly<Record<string, Code>>;
      readonly because: string;
      /** Enrolled by a silence that began then. */
      readonly silentSince?: number;
    }
  /** An event told more of what the enrolment is about: the fields that are other than before. */
  | {
      readonly type: 'EnrolmentDataChanged';
      readonly enrolment: string;
      readonly data: Readonly<Record<string, Code>>;
      readonly because: string;
    }
  /** The date moved that the next step is planned by; `at` is when it is wanted now, absent = the date is not known. */
  | { readonly type: 'StepReplanned'; readonly enrolment: string; readonly step: string; readonly at?: number; readonly because: string }
  /** Matching events for conditions of an enrolment's plan: condition's key in the plan and the moment. */
  | {
      readonly type: 'ConditionsProgressed';
      readonly enrolment: string;
      readonly marks: readonly (readonly [condition: string, at: number])[];
    }
  | {
      readonly type: 'PhaseEntered';
      readonly enrolment: string;
      readonly phase: string;
      readonly stage?: Stage;
      readonly because: string;
    }
  /** A choice was decided: the enrolment goes on at step `next` of its phase, and where it comes to `end` at `behind`. `arm` is `otherwise` where none held. */
  | {
      readonly type: 'BranchTaken';
      readonly enrolment: string;
      readonly choice: string;
      readonly arm: string;
      readonly next: number;
      readonly end: number;
      readonly behind: number;
      /** It fell by lot, which is remembered for the person's next visit. */
      readonly lot?: true;
      readonly because: string;
      readonly dueAt?: number;
    }
  /** The enrolment goes on with another version when it enters its next phase. */
  | { readonly type: 'SequenceChangePlanned'; readonly enrolment: string; readonly to: string; readonly because: string }
  /** It goes on with another version from here: where it stands there, and what of its past counts there (newest moments by condition key). */
  | {
      readonly type: 'SequenceChanged';
      readonly enrolment: string;
      readonly from: string;
      readonly to: string;
      readonly phase: string;
      readonly next: number;
      readonly ways: readonly (readonly [end: number, behind: number])[];
      readonly marks: Readonly<Record<string, readonly number[]>>;
      readonly because: string;
    }
  | { readonly type: 'PlanExhausted'; readonly enrolment: string; readonly phase: string }
  | { readonly type: 'EnrolmentEnded'; readonly enrolment: string; readonly because: string }

  /** `raw` and `delta` in thousandths of a point; `delta` is what the total changed by after cap and decay. */
  | {
      readonly type: 'PointsChanged';
      readonly model: string;
      readonly rule: string;
      readonly event: string;
      readonly day: number;
      readonly raw: number;
      readonly delta: number;
      readonly capped?: 'day' | 'total' | 'group' | 'model';
      readonly decayPercent?: number;
    }
  /** What the passing of days took from the total, thousandths; `day` = UTC day it is computed through. */
  | {
      readonly type: 'PointsDecayed';
      readonly model: string;
      readonly day: number;
      readonly delta: number;
      /** Raw sums of days before this one count nothing any more and are forgotten. */ readonly forgetBefore?: number;
      /** `model` is another version than this one, by which the points counted until then: they are restated by its rules. Absent in older facts, too. */
      readonly from?: string;
    }
  /**
   * The ledger was counted again from the first event by `model`: raw sums, fit and grade as they are now, and what the total changed by, thousandths.
   * `quiet`: rules go on by the score and grade from before until the person does something.
   */
  | {
      readonly type: 'LeadRescored';
      readonly model: string;
      readonly from?: string;
      readonly delta: number;
      readonly raw: RuleCells;
      readonly fit?: number;
      readonly grade?: Grade;
      readonly quiet?: true;
    }
  /**
   * Where a matrix (pain against fit, questions) puts the person now: every part with what it changed the total by (`delta`, thousandths), and what they changed it by
   * together. `seen`: enough is known to speak of a score. `event`: the event that told of it.
   */
  | {
      readonly type: 'MatrixScored';
      readonly model: string;
      readonly parts: readonly (Part & { readonly delta: number })[];
      /** Questions the model no longer asks. */
      readonly gone?: readonly { readonly part: string; readonly delta: number }[];
      readonly delta: number;
      readonly fit: number;
      readonly grade: Grade;
      readonly seen?: true;
      readonly event?: string;
    }
  | { readonly type: 'GradeChanged'; readonly model: string; readonly fit: number; readonly grade: Grade }
  | { readonly type: 'StageChanged'; readonly from: Stage | undefined; readonly to: Stage; readonly because: string }
  | { readonly type: 'QualificationChanged'; readonly from: Qualification; readonly to: Qualification; readonly because: string }
  /** A sign of a qualification was seen that counts at `dueAt` if the same event does not come again; absent = it is awaited no more. */
  | { readonly type: 'SignAwaited'; readonly sign: string; readonly dueAt?: number }
  | { readonly type: 'LeadPaused'; readonly by: string; readonly because: string }
  | { readonly type: 'LeadUnpaused'; readonly by: string; readonly because: string }
  | { readonly type: 'Suppressed'; readonly channel: Channel | 'all'; readonly because: string }
  | { readonly type: 'Unsuppressed'; readonly channel: Channel | 'all'; readonly because: string };
