/** What a plan may ask of a lead, as plain data. How engineers write it is `words.ts`; whether it holds is `conditions.ts`. */
import type { Channel, Code, Qualification, Stage } from '../../events/stripped';
import type { Span } from './time';

export type Grade = 'A' | 'B' | 'C' | 'D';
export type Temperature = 'hot' | 'warm' | 'cold';

/** One field's test: equal to a code, one of several, a bound on a number, or a prefix. */
export type FieldTest =
  Code | { readonly oneOf: readonly Code[] } | { readonly atLeast: number } | { readonly atMost: number } | { readonly startsWith: string };

/** Conditions are data. When a rule cannot be said, a kind is added here with a test; there are no closures. */
export type Condition =
  /**
   * The lead did it, counted from the enrolling event (inclusive), or from the entry to the phase it is in; `times` within `within` of each other.
   * `same`: field equal to the enrolment's data.
   */
  | {
      readonly kind: 'engaged';
      readonly type: string;
      readonly where?: Readonly<Record<string, FieldTest>>;
      readonly times?: number;
      readonly within?: Span;
      readonly same?: string;
      readonly from?: 'phase';
    }
  /** A human clicked in the mail of this touch of the same sequence. */
  | { readonly kind: 'clicked'; readonly touch: string }
  /** No human engagement for that long. */
  | { readonly kind: 'silentFor'; readonly span: Span }
  | { readonly kind: 'score'; readonly atLeast: number }
  /** Whole points gained by what the person did within that span, in whole UTC days, today the last of them; before any decay. */
  | { readonly kind: 'gained'; readonly points: number; readonly within: Span }
  | { readonly kind: 'grade'; readonly atLeast: Grade }
  /** The newest word on how much it hurts, 1 to 10; nothing said is less than 1. */
  | { readonly kind: 'pain'; readonly atLeast: number }
  /** How close the person is to the nearest persona, 0 to 10. */
  | { readonly kind: 'fit'; readonly atLeast: number }
  | { readonly kind: 'temperature'; readonly is: Temperature }
  | { readonly kind: 'stage'; readonly atLeast: Stage }
  | { readonly kind: 'qualification'; readonly is: Qualification }
  /** A trait, or `data.<field>` of the enrolment. Without `test`: it is known. */
  | { readonly kind: 'field'; readonly field: string; readonly test?: FieldTest }
  | { readonly kind: 'consent'; readonly channel: Channel }
  /** One of `percent` in 100 people by a hash of lead and name: the same people in every sequence, version and entry; a greater percent keeps those it had. */
  | { readonly kind: 'cohort'; readonly name: string; readonly percent: number }
  /** A condition over the person that the settings give a name. */
  | { readonly kind: 'segment' | 'persona'; readonly name: string }
  | { readonly kind: 'all'; readonly of: readonly Condition[] }
  | { readonly kind: 'any'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition };
