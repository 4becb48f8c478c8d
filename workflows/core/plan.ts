/** Plans, models and settings as plain data: what a published version holds. How engineers write them is `define-sequence.ts`. */
import type { Channel, Code, Stage } from '../../events/stripped';
import type { Condition } from './condition';
import type { Purpose, Sender, Whom } from './effects';
import type { LocalTime } from './local-time';
import type { Model } from './model';
import type { PlanSettings } from './plan-settings';
import type { Span } from './time';
import type { Settings } from './workspace-settings';

export type { Condition, FieldTest, Grade, Temperature } from './condition';
export type { MatrixModel, MerodioModel, Model, PointRule, PointsModel, PredictiveScoring, QuestionsModel } from './model';
export type { Persona, Segment, Settings } from './workspace-settings';

/**
 * Time from the closing of the previous step (first: entry to the phase), or from the moment a condition held: the first such, or the newest (`latest`),
 * which every further one puts off. Or so long as that setting of the campaign says, from the closing of the previous step. Minutes and hours elapse; days and weeks are calendar days by the lead's clock, fractions of a day elapse.
 */
export type After = Span | Since | { readonly kind: 'setting'; readonly name: string };
export type Since = { readonly kind: 'since'; readonly of: Condition; readonly span: Span; readonly latest?: true };

/**
 * So long before or after a date of the enrolment's data, else of the traits: epoch ms, or ISO text (a day alone begins at midnight by the lead's clock).
 * Planned anew when the date moves; a date that is not known is waited for.
 */
export type At = { readonly kind: 'date'; readonly field: string; readonly side: 'before' | 'after'; readonly span: Span };

/** When a step is due. */
export type Timing = {
  readonly after?: After;
  readonly at?: At;
  /** The first such moment by the lead's clock from what `after` or `at` says on; the rest of that local day is still good. */
  readonly on?: LocalTime;
  /** What becomes of a step whose `at` had passed before its turn came: withheld (`skip`, where absent) or due at once. */
  readonly ifPast?: 'skip' | 'now';
};

/**
 * What becomes of a due touch that the cap or the night is in the way of: it waits and goes then (`hold`, where absent), is left out,
 * or waits and another piece of content goes in its place.
 */
export type InTheWay = 'hold' | 'skip' | { readonly replace: string };

/** What a piece of evergreen content must be to fit; `own` = the person's trait `topic`, or the stage they are in. Absent = any. */
export type ContentQuery = {
  readonly topic?: string;
  readonly stage?: Stage | 'own';
  readonly kind?: readonly string[];
  /** The person's own where absent, and any where there is none in it. */
  readonly language?: string;
};

/** A touch that sends piece after piece of what fits, the next one each time, until nothing does. */
export type Pool = {
  readonly from: ContentQuery;
  /** From one piece to the next; `preferred`: the person's trait `frequency` (daily, weekly, fortnightly, monthly or a span), a week where unknown. */
  readonly every: Span | 'preferred';
  /** `priority`: least number first; `newest`: latest date first. Both stand in the content's front matter. */
  readonly order: 'priority' | 'newest';
  /** When nothing fits: look again each time (`wait`), or go on with the next step (`next`). */
  readonly dry: 'wait' | 'next';
};

/** A message to the lead. */
export type Touch = Timing & {
  readonly pool?: Pool;
  readonly kind?: undefined;
  readonly channel: Channel;
  readonly id: string;
  readonly when?: Condition;
  readonly unless?: Condition;
  readonly purpose: Purpose;
  /** Content id; the touch's own id where absent. */
  readonly content?: string;
  /** Weights that sum to 100; the arm is a hash of lead and touch, its content is `<content>.<variant>`. */
  readonly variants?: Readonly<Record<string, number>>;
  /** May the same content go to one person again: once per enrolment, or after a span. Absent = never. */
  readonly repeatable?: 'per enrolment' | Span;
  /** Whose name a mail carries and who gets the answer: the brand where absent or where there is no such person. The address stays the brand's. */
  readonly from?: Sender;
  /** An entry for the calendar, by the dates `startsAt` and `endsAt` (else an hour) of the enrolment or the person; unknown = withheld. */
  readonly attach?: 'calendar-invite';
  readonly ifCapped?: InTheWay;
  readonly ifQuiet?: InTheWay;
  /** Where several marketing touches are due, over all enrolments, the greatest goes first; the sequence's where absent. */
  readonly priority?: number;
  /** Why its content may be of a later stage than its phase. */
  readonly outOfStage?: string;
};

/** One way on from a choice: taken when its condition holds, or by lot with `share` percent of the people, the same for a person for ever. */
export type Arm = {
  readonly name: string;
  readonly when?: Condition;
  /** 1..100; either all arms of a choice have one, and they sum to at most 100, or none. */
  readonly share?: number;
  readonly touches: readonly Step[];
};

/**
 * A fork in the list of steps: the first arm that holds is taken, at once or, with `within`, as soon as one holds within that span;
 * then `otherwise`. After the steps of the arm the list goes on behind the choice. What happened before the choice was reached counts.
 */
export type Choose = Omit<Timing, 'ifPast'> & {
  readonly kind: 'choose';
  readonly id: string;
  /** How long to wait for an arm; absent = not at all. */
  readonly within?: Span;
  readonly arms: readonly Arm[];
  readonly otherwise?: readonly Step[];
};

/** A value as it is written, or taken when the step is done: a trait, `data.<field>` of the enrolment, or `lead`, the lead's id. */
export type Value = Code | { readonly kind: 'value'; readonly of: string };
export type Values = Readonly<Record<string, Value>>;

type Doing = Timing & { readonly id: string; readonly when?: Condition; readonly unless?: Condition };

/** An effect the engineer wrote (`activities/custom`); what it returns joins the enrolment's data as `<into>.<field>`. */
export type Run = Doing & { readonly kind: 'run'; readonly effect: string; readonly with?: Values; readonly into?: string };

/** Others hear of an event: who referred the lead, or everybody else of the account. */
export type Tell = Doing & { readonly kind: 'tell'; readonly whom: Whom; readonly event: string; readonly data?: Values };

/** A rep is asked to do something, without a hand-off: the one who has the lead (`owner`, where absent), else the next in turn. */
export type Task = Doing & { readonly kind: 'task'; readonly says: string; readonly to?: 'owner' | 'next' };

/** What is done without writing to the lead. */
export type Deed = Run | Tell | Task;

/** What a phase does one after the other. */
export type Step = Touch | Choose | Deed;

export type Advance = {
  readonly when: Condition;
  /** Phase of this sequence, */
  readonly to?: string;
  /** or start another sequence (this enrolment ends unless `stay`), */
  readonly start?: string;
  readonly stay?: boolean;
  /** or end this enrolment with this word. */
  readonly end?: string;
  /** Ends the person's enrolments in that sequence, besides or, alone, once while this one goes on. */
  readonly endOther?: string;
};

export type Phase = {
  readonly stage?: Stage;
  readonly touches: readonly Step[];
  readonly advance: readonly Advance[];
  /** From entry to the phase; then `exhausted` happens, by default the enrolment ends. */
  readonly exhaustedAfter: Span;
  /** Or at this date, if that comes first. */
  readonly exhaustedAt?: At;
  readonly exhausted?: { readonly to?: string; readonly start?: string };
};

export type HandOffRule = {
  readonly name: string;
  readonly when: Condition;
  readonly sla: { readonly accept?: Span; readonly contact: Span };
  /** What this person's marketing touches do while the hand-off is open; default `continue` for active-funnel, else `hold`. */
  readonly during?: 'hold' | 'continue';
  /** After a rejection or loss the rule fires again only when both hold: that many points gained, that long passed. */
  readonly rearm?: { readonly points: number; readonly after: Span };
};

export type Plan = {
  readonly id: string;
  readonly version: number;
  readonly programme?: 'engagement' | 'educational' | 'active-funnel';
  readonly for: 'leads' | 'customers' | 'both';
  /** Id of the scoring model its score conditions mean. */
  readonly model: string;
  /** Who may enter, whichever way; absent = everybody it is for. The enrolling event and data count. */
  readonly who?: Condition;
  /** Control group: those people's marketing touches are withheld when due. `percent` of 100 by lot, the same for every sequence that names it. */
  readonly holdout?: { readonly name: string; readonly percent: number };
  /** What a marketer may change for one campaign; conditions and templates read `settings.<name>`. */
  readonly settings?: PlanSettings;
  /** Of its touches, 0 where absent; see `Touch`. */
  readonly priority?: number;
  /** What enrols by itself: an event (`engaged`), a silence (`silentFor`), a score that is reached (`score`), or any of such. */
  readonly on?: Condition;
  /** Field of the enrolling event or data: one enrolment per value. */
  readonly key?: string;
  /** Types of events that bring the enrolment's data up to date, those of its `key` where it has one; with a key the events of `on` do so by themselves. */
  readonly updates?: readonly string[];
  /** Nobody enters before; ISO text, a day begins at midnight by the lead's clock. */
  readonly from?: string;
  /** Nobody enters later, and whoever is in it then leaves; a day alone is the last. */
  readonly until?: string;
  readonly reenter: 'never' | 'always' | Span;
  /** Marketing of this sequence goes to at most so many people of one account in any `per`; who is over it waits a day. */
  readonly cap?: { readonly account?: { readonly people: number; readonly per: Span } };
  readonly goal?: Condition;
  readonly exit: readonly Condition[];
  readonly handOff: readonly HandOffRule[];
  /** What phases and steps of earlier versions are called here, for people who are moved to this version. A step without a successor is passed over. */
  readonly replaces?: { readonly phases?: Readonly<Record<string, string>>; readonly steps?: Readonly<Record<string, string>> };
  /** First match is the entry phase; the first phase where none matches. */
  readonly entry: readonly { readonly to: string; readonly when?: Condition }[];
  /** In order. */
  readonly phases: Readonly<Record<string, Phase>>;
};

export type ContentInfo = {
  readonly id: string;
  readonly version: number;
  readonly digest: string;
  readonly kind: string;
  readonly stage?: Stage;
  readonly topic?: string;
  readonly language?: string;
  /** Pools may take it. */
  readonly evergreen?: boolean;
  /** 1 = first. */
  readonly priority?: number;
  /** `2026-11-23` */
  readonly date?: string;
};

/** Everything immutable or injected the core may read. Refs are `id@version#digest`. All calls are synchronous look-ups in a cache. */
export interface Published {
  plan(ref: string): Plan | undefined;
  /** Newest published version by sequence id (`saas-trial`), or that very version (`saas-trial@2`). */
  currentPlan(id: string): { readonly ref: string; readonly plan: Plan } | undefined;
  /** All newest versions that enrol by themselves on this event type; on `silence` those that silence enrols (`listens.ts`). */
  enrolledBy(eventType: string): readonly { readonly ref: string; readonly plan: Plan }[];
  model(ref: string): Model | undefined;
  currentModel(id: string): { readonly ref: string; readonly model: Model } | undefined;
  content(id: string): ContentInfo | undefined;
  /** The newest version of every piece. */
  contents?(): readonly ContentInfo[];
  readonly settings: Settings;
  /** Minutes east of UTC in force in the IANA zone at the instant; `undefined` for an unknown zone. */
  readonly calendar: { offset(zone: string, at: number): number | undefined };
}
