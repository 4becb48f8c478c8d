/** Facts about touches and other effects: decided, held, closed one way or another. Stored for ever; see `facts.ts`. */
import type { Code } from '../../events/stripped';
import type { Effect, Whom } from './effects';

/** Why a due touch was not sent. */
export type WithheldBecause =
  | 'condition' // its `when` did not hold or its `unless` did
  | 'repeated' // the person had this content before
  | 'cap'
  | 'quiet-hours' // only where a touch may not be held
  | 'suppressed'
  | 'consent'
  | 'paused'
  | 'hand-off'
  | 'customer'
  | 'no-address'
  | 'content-missing'
  | 'template-field-missing'
  | 'expired' // notAfter passed before the call
  | 'stopped' // all sending was stopped, or its campaign paused, until its phase was over
  | 'unavailable' // the provider stayed away through all attempts
  | 'moved' // the plan moved on
  | 'past' // the date it is planned by had passed before its turn, or passed while it was held
  | 'holdout'
  | 'effect-unknown' // nobody wrote the effect a step runs
  | 'effect-broken'; // what it was given or returned is not what it says

export type TouchFact =
  /** Nothing in the pool fits the person any more: it is looked at again after its cadence, or the next step's turn comes (`goesOn`). */
  | { readonly type: 'PoolRanDry'; readonly enrolment: string; readonly touch: string; readonly goesOn: boolean }
  /** A due touch waits for the governor until `until`. `profile`: nothing is known of the person's consent yet. */
  | {
      readonly type: 'TouchHeld';
      readonly enrolment: string;
      readonly touch: string;
      readonly until: number;
      readonly because: 'cap' | 'quiet-hours' | 'hand-off' | 'paused' | 'unavailable' | 'priority' | 'profile' | 'local-time';
      readonly dueAt?: number;
    }
  /** The cap or the night was in the way of a due touch: when it may go, that content goes in its place. */
  | {
      readonly type: 'TouchReplaced';
      readonly enrolment: string;
      readonly touch: string;
      readonly content: string;
      readonly because: 'cap' | 'quiet-hours';
    }
  /** The decision to make an effect; `effect.id` is what its outcome names. `dueAt`: when the plan wanted it, where that was before and steps at dates follow. */
  | { readonly type: 'EffectDecided'; readonly effect: Effect; readonly dueAt?: number }
  /** Closings of a touch. `content` is `id@version#digest`. */
  | {
      readonly type: 'TouchSent';
      readonly effect: string;
      readonly enrolment: string;
      readonly touch: string;
      readonly content: string;
      readonly purpose: 'marketing' | 'service';
      readonly campaign?: string;
    }
  | {
      readonly type: 'TouchWithheld';
      readonly effect?: string;
      readonly enrolment: string;
      readonly touch: string;
      readonly content: string;
      readonly because: WithheldBecause;
      /** Of a pool, which stays the next step. */ readonly pool?: true;
      readonly campaign?: string;
      readonly dueAt?: number;
    }
  | {
      readonly type: 'TouchRefused';
      readonly effect: string;
      readonly enrolment: string;
      readonly touch: string;
      readonly content: string;
      readonly because: string;
      readonly permanent: boolean;
    }
  | {
      readonly type: 'TouchUncertain';
      readonly effect: string;
      readonly enrolment: string;
      readonly touch: string;
      readonly content: string;
      readonly because: string;
    }
  /** Not a closing: it certainly did not go, a new attempt follows at `retryAt`. */
  | {
      readonly type: 'TouchUnavailable';
      readonly effect: string;
      readonly enrolment: string;
      readonly touch: string;
      readonly because: string;
      readonly retryAt: number;
    }
  /** Closings of steps that write nothing to the lead. `data`: at most 64 characters a code; joins the enrolment's data under `into`. */
  | {
      readonly type: 'EffectReturned';
      readonly effect: string;
      readonly enrolment: string;
      readonly touch: string;
      readonly name: string;
      readonly into?: string;
      readonly data: Readonly<Record<string, Code>>;
    }
  | {
      readonly type: 'LeadsTold';
      readonly effect: string;
      readonly enrolment: string;
      readonly touch: string;
      readonly whom: Whom;
      readonly event: string;
      /** How many. */
      readonly reached: number;
    }
  | {
      readonly type: 'TaskGiven';
      readonly effect: string;
      readonly enrolment: string;
      readonly touch: string;
      readonly rep: string;
      readonly says: string;
    }
  | { readonly type: 'UncertainSettled'; readonly effect: string; readonly sent: boolean; readonly by: string };
