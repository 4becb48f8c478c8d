/** Facts about hand-offs to sales. Stored for ever; see `facts.ts`. */
import type { Notice } from './effects';
import type { Disarmed } from './state';

export type HandOffFact =
  /** Numbers count from 1 within the lead. `contactBy` runs from here and nothing restarts it. */
  | {
      readonly type: 'HandOffRequested';
      readonly handOff: number;
      readonly rule: string;
      readonly enrolment: string;
      readonly why: string;
      readonly acceptBy?: number;
      readonly contactBy: number;
      readonly during?: 'hold' | 'continue';
      /** Id of the model whose points rearm the rule. */ readonly model?: string;
    }
  | { readonly type: 'HandOffOffered'; readonly handOff: number; readonly rep: string; readonly acceptBy?: number }
  /** No rep could take it; asked again at `retryAt`. */
  | { readonly type: 'HandOffUnassigned'; readonly handOff: number; readonly because: string; readonly retryAt: number }
  | { readonly type: 'RepNotified'; readonly handOff: number; readonly effect: string; readonly what: Notice }
  | {
      readonly type: 'RepNotNotified';
      readonly handOff: number;
      readonly effect: string;
      readonly what: Notice;
      readonly because: string;
      readonly retryAt?: number;
      readonly clock?: 'accept' | 'contact';
    }
  | { readonly type: 'HandOffReminded'; readonly handOff: number; readonly clock: 'accept' | 'contact' }
  | { readonly type: 'HandOffBreached'; readonly handOff: number; readonly clock: 'accept' | 'contact' }
  | { readonly type: 'HandOffAccepted'; readonly handOff: number; readonly rep: string }
  | { readonly type: 'HandOffContacted'; readonly handOff: number; readonly rep: string }
  /** `rejected` and `lost` recycle the lead and disarm the rule; `won` makes it a customer; `withdrawn` = lead left. */
  | {
      readonly type: 'HandOffClosed';
      readonly handOff: number;
      readonly as: 'rejected' | 'won' | 'lost' | 'withdrawn';
      readonly because: string;
      /** What it rested on was taken back: the rule is as before the request, and disarmed only where it was so then. */
      readonly undone?: { readonly disarmed?: Disarmed };
    };
