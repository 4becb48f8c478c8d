/** The words sequences are written in; each makes plain data of `plan.ts`. The types carry which touches a condition names, so the compiler can check them. */
import type { Channel, Code, Qualification, Stage } from '../../events/stripped';
import type { EventType, Events } from './event-types';
import type { Purpose, Sender } from './effects';
import type { Arm, At, Condition, FieldTest, Grade, InTheWay, Step, Temperature, Touch, ContentQuery, Pool } from './plan';
import type { LocalTime } from './local-time';
import { placed } from './place';
import type { Span } from './time';

declare const names: unique symbol;
declare const ids: unique symbol;

/** A condition that names the touches `R`. The mark exists for the compiler only. */
export type Said<R extends string = never> = Condition & { readonly [names]?: readonly R[] };
/** A step that brings the ids `I` and whose conditions name the touches `R`. The marks exist for the compiler only. */
export type SaidStep<I extends string = string, R extends string = never> = Step & { readonly [ids]?: I; readonly [names]?: readonly R[] };
/** A touch called `I` whose conditions name the touches `R`. */
export type SaidTouch<I extends string = string, R extends string = never> = Touch & {
  readonly id: I;
  readonly [ids]?: I;
  readonly [names]?: readonly R[];
};
export type SaidSince<R extends string = never> = {
  readonly kind: 'since';
  readonly of: Condition;
  readonly span: Span;
  readonly latest?: true;
  readonly [names]?: readonly R[];
};

export type SaidSetting = { readonly kind: 'setting'; readonly name: string };

/** A test of one field, typed by the field. */
export type TestOf<V> =
  | (V extends Code ? V | { readonly oneOf: readonly V[] } : never)
  | (V extends number ? { readonly atLeast: number } | { readonly atMost: number } : never)
  | (V extends string ? { readonly startsWith: string } : never);
type Where<F> = keyof F extends never ? undefined : { readonly [K in keyof F]?: TestOf<F[K]> };

export type EngagedOptions<E extends EventType> = {
  /** Fields of the event and what they must be. */
  readonly where?: Where<Events[E]>;
  /** At least so often; 1 where absent. */
  readonly times?: number;
  /** Those `times` within so long of each other. */
  readonly within?: Span;
  /** This field equals the enrolment's own. */
  readonly same?: keyof Events[E] & string;
  /** Count only from the entry to the phase the person is in; the enrolling event where absent. */
  readonly from?: 'phase';
};

/** The lead did it, counted from the enrolling event, inclusive. */
export const engaged = <E extends EventType>(type: E, options: EngagedOptions<E> = {}): Said =>
  placed({
    kind: 'engaged',
    type,
    ...(options as { readonly where?: Readonly<Record<string, FieldTest>> }),
  });
/** A human clicked in the mail of this touch of the same sequence. */
export const clicked = <const T extends string>(touch: T): Said<T> => placed({ kind: 'clicked', touch });
/** No human engagement for that long. */
export const silentFor = (span: Span): Said => placed({ kind: 'silentFor', span });
export const score = {
  atLeast: (points: number): Said => placed({ kind: 'score', atLeast: points }),
  /** So many points by what the person did within that span, before any decay; UTC days, today the last. */
  gained: (points: number, within: Span): Said => placed({ kind: 'gained', points, within }),
} as const;
export const grade = { atLeast: (least: Grade): Said => placed({ kind: 'grade', atLeast: least }) } as const;
/** How much what we solve hurts them, 1 to 10 (10 = needs an immediate solution): the newest word of a form, a survey, a call or a rep. */
export const pain = { atLeast: (least: number): Said => placed({ kind: 'pain', atLeast: least }) } as const;
/** How close they are to the nearest persona of the settings, 0 to 10. */
export const fit = { atLeast: (least: number): Said => placed({ kind: 'fit', atLeast: least }) } as const;
export const temperature = { is: (is: Temperature): Said => placed({ kind: 'temperature', is }) } as const;
export const stage = { atLeast: (least: Stage): Said => placed({ kind: 'stage', atLeast: least }) } as const;
export const qualification = { is: (is: Qualification): Said => placed({ kind: 'qualification', is }) } as const;
/** A trait of the person, or `data.<field>` of the enrolment. */
export const field = (name: string) =>
  ({
    known: (): Said => placed({ kind: 'field', field: name }),
    is: (code: Code): Said => placed({ kind: 'field', field: name, test: code }),
    oneOf: (...codes: readonly Code[]): Said => placed({ kind: 'field', field: name, test: { oneOf: codes } }),
    atLeast: (least: number): Said => placed({ kind: 'field', field: name, test: { atLeast: least } }),
    atMost: (most: number): Said => placed({ kind: 'field', field: name, test: { atMost: most } }),
    startsWith: (prefix: string): Said => placed({ kind: 'field', field: name, test: { startsWith: prefix } }),
  }) as const;
/** People of the lead's own account, by the trait `account` (company or its mail domain). */
export const account = {
  /** At least so many of them were active within 14 days; the lead may be one of them. */
  engagedPeople: (people: number): Said => placed({ kind: 'engaged', type: 'account.engaged', where: { people: { atLeast: people } } }),
  /** It happened to a colleague. */
  any: (event: 'deal.opened' | 'deal.won' | 'deal.lost'): Said => placed({ kind: 'engaged', type: 'account.noticed', where: { event } }),
} as const;
/** Marketing may be sent on this channel. */
export const consent = (channel: Channel): Said => placed({ kind: 'consent', channel });

/** One of so many in 100 people by lot: the same people wherever the name is used. */
export const cohort = (name: string, percent: number): Said => placed({ kind: 'cohort', name, percent });
/** In a segment of the settings. */
export const segment = (name: string): Said => placed({ kind: 'segment', name });
/** Like a persona of the settings. */
export const persona = (name: string): Said => placed({ kind: 'persona', name });

type NamedBy<C> = C extends { readonly [names]?: readonly (infer R)[] } ? Extract<R, string> : never;
export const all = <const C extends readonly Said<string>[]>(...of: C): Said<NamedBy<C[number]>> => placed({ kind: 'all', of });
export const any = <const C extends readonly Said<string>[]>(...of: C): Said<NamedBy<C[number]>> => placed({ kind: 'any', of });
export const not = <R extends string = never>(of: Said<R>): Said<NoInfer<R>> => placed({ kind: 'not', of });
/** So long after the first moment the condition held. */
export const since = <R extends string = never>(of: Said<R>, span: Span): SaidSince<NoInfer<R>> => placed({ kind: 'since', of, span });

/** So long after the newest moment at which the condition held: each further one puts it off. For events only. */
export const sinceLast = <R extends string = never>(of: Said<R>, span: Span): SaidSince<NoInfer<R>> =>
  placed({
    kind: 'since',
    of,
    span,
    latest: true,
  });
/** So long after the step before as that setting of the campaign says; its kind is `span`. */
export const setting = (name: string): SaidSetting => placed({ kind: 'setting', name });
/** So long before a date of the enrolment's data or of the person. */
export const before = (field: string, span: Span): At => placed({ kind: 'date', field, side: 'before', span });
/** So long after a date of the enrolment's data or of the person. */
export const after = (field: string, span: Span): At => placed({ kind: 'date', field, side: 'after', span });

type ByTime<R extends string> = {
  /** From the closing of the step before (the first: from entry to the phase), or from an event. */
  readonly after: Span | SaidSince<R> | SaidSetting;
  readonly at?: never;
  /** The next such moment by the lead's clock from then on. */
  readonly on?: LocalTime;
  readonly ifPast?: never;
};
type ByClock = { readonly after?: never; readonly at?: never; readonly on: LocalTime; readonly ifPast?: never };
type ByDate = {
  readonly after?: never;
  /** A date of the enrolment or the person; planned anew when it moves, waited for while it is not known. */
  readonly at: At;
  readonly on?: LocalTime;
  /** Where the moment had passed before the step's turn: left out (`skip`, where absent), or due at once. */
  readonly ifPast?: 'skip' | 'now';
};
/** When a step is due: after a time or an event, at a date, at the next local time. */
export type When<R extends string> = ByTime<R> | ByClock | ByDate;

export type TouchOptions<R extends string> = When<R> & {
  readonly when?: Said<R>;
  readonly unless?: Said<R>;
  /** `marketing` where absent. */
  readonly purpose?: Purpose;
  /** Content id; the touch's own id where absent. */
  readonly content?: string;
  /** Weights that sum to 100. */
  readonly variants?: Readonly<Record<string, number>>;
  readonly repeatable?: 'per enrolment' | Span;
  /** Whose name it carries and who gets the answer; `brand` where absent, and where there is no such person. */
  readonly from?: Sender;
  /** An entry for the calendar from `startsAt` to `endsAt` (else an hour) of the enrolment or the person. */
  readonly attach?: 'calendar-invite';
  /** Where the cap is in the way: wait (`hold`, where absent), leave it out, or send that content once there is room. */
  readonly ifCapped?: InTheWay;
  /** The same for the person's night. */
  readonly ifQuiet?: InTheWay;
  /** Which of several due messages goes first, the greatest; the sequence's where absent. */
  readonly priority?: number;
  /** Why content for a later stage is sent in this phase; without a reason it is a fault. */
  readonly outOfStage?: string;
};

/** One mail of the plan. */
export const email = <const I extends string, R extends string = never>(id: I, options: TouchOptions<R>): SaidTouch<I, NoInfer<R>> =>
  placed({
    ...options,
    channel: 'email',
    id,
    purpose: options.purpose ?? 'marketing',
  });

export type PoolOptions<R extends string> = Omit<TouchOptions<R>, 'content' | 'variants' | 'repeatable' | 'attach' | 'purpose' | 'from'> & {
  /** Whose name it carries, as `from` of a mail. */
  readonly sender?: Sender;
  /** What fits; new pieces join by themselves. */
  readonly from: ContentQuery;
  readonly every: Span | 'preferred';
  /** `priority` where absent. */
  readonly order?: Pool['order'];
  /** `wait` where absent. */
  readonly dry?: Pool['dry'];
};

/** One mail after the other from the content that fits, the next unsent one each time. The list goes on behind it only when it runs dry and says `next`. */
export const pool = <const I extends string, R extends string = never>(
  id: I,
  { from, every, order = 'priority', dry = 'wait', sender, ...options }: PoolOptions<R>,
): SaidTouch<I, NoInfer<R>> =>
  placed({
    ...options,
    ...(sender === undefined ? {} : { from: sender }),
    channel: 'email',
    id,
    purpose: 'marketing',
    pool: { from, every, order, dry },
  });

type SaidWay<I extends string, R extends string> = { readonly touches: readonly SaidStep<I, R>[] };

export type ChoiceOptions<N extends string, I extends string, R extends string> = {
  /** When the choice is made, or the wait for an arm begins; at once where absent. */
  readonly after?: Span | SaidSince<R> | SaidSetting;
  /** Or at a date; one that has passed opens it at once. */
  readonly at?: At;
  readonly on?: LocalTime;
  /** Wait so long for the first arm to hold; absent = look once. */
  readonly within?: Span;
  /** In order: the first that holds is taken. */
  readonly arms: { readonly [K in N]: SaidWay<I, R> & { readonly when: Said<R> } };
  readonly otherwise?: readonly SaidStep<I, R>[];
};

/** A fork: the first arm whose condition holds, at once or within a span; else `otherwise`. Then the list goes on behind it. */
export const choose = <const C extends string, const N extends string, const I extends string = never, const R extends string = never>(
  id: C,
  { arms, ...options }: ChoiceOptions<N, I, R>,
): SaidStep<C | I, NoInfer<R>> => placed({ kind: 'choose', id, ...options, arms: named(arms) });

/** A fork by lot: each arm gets `share` of 100 people, the same arm for a person for ever. Who is in none goes straight on. */
export const split = <const C extends string, const N extends string, const I extends string = never, const R extends string = never>(
  id: C,
  arms: { readonly [K in N]: SaidWay<I, R> & { readonly share: number } },
): SaidStep<C | I, NoInfer<R>> => placed({ kind: 'choose', id, arms: named(arms) });

const named = <A extends Omit<Arm, 'name'>>(arms: Readonly<Record<string, A>>): readonly Arm[] =>
  Object.entries<A>(arms).map(([name, arm]) => ({ name, ...arm }));

export { own, run, task, tell } from './deed-words';
export { defineSequence, DefinitionError } from './define-sequence';
