/** Facts about events that are taken back. Stored for ever; see `facts.ts`. */
import type { Bant } from './bant';
import type { Pain } from './pain';

export type RetractionFact =
  /**
   * An event counts no more, as if it had not been: a machine's click, a mistake, what a merge counted twice. What was done on its account stays done.
   * What the state knows by it and cannot take back by itself comes along as it is without it; absent = as before.
   */
  | {
      readonly type: 'EngagementRetracted';
      /** Id of the event. */
      readonly event: string;
      /** Its type; absent where it had not come: then it is passed over when it comes. */
      readonly was?: string;
      /** It was something the person did. */
      readonly deed?: true;
      readonly by: string;
      readonly because: string;
      /** The last thing the person did; 0 = nothing. */
      readonly lastEngagedAt?: number;
      readonly learned?: { readonly bant?: Bant; readonly pain?: Pain };
      /** Moments of conditions, by enrolment and condition. */
      readonly marks?: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;
      /** Enrolments whose held step was due by this event: it waits for another one, so nothing holds it. */
      readonly released?: readonly string[];
    }
  /** `raw` thousandths (of the event's rule, on its day) taken off, and what the total changed by for it, caps and decay judged anew. */
  | {
      readonly type: 'PointsRetracted';
      readonly model: string;
      readonly rule: string;
      readonly event: string;
      readonly day: number;
      readonly raw: number;
      readonly delta: number;
      readonly capped?: 'day' | 'total' | 'group' | 'model';
      readonly decayPercent?: number;
      /** Nothing else ever counted in this model: its score reads as nothing seen yet. */
      readonly last?: true;
    }
  /** What an accepted hand-off rested on was taken back; it stays with the rep, who is told. */
  | { readonly type: 'HandOffDoubted'; readonly handOff: number; readonly because: string };
