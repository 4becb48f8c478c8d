/** Everything that may happen to a lead from outside the core. A tick is `decide` with no inputs. Knows no transport. */
import type { Channel, Code, ConsentCodes, Stage, StrippedEvent, Traits } from '../../events/stripped';

/** How one effect ended, as the activity or the ledger tells it. */
export type Outcome =
  /** SendTouch: the provider took it. `content` is `id@version#digest` of what was rendered. */
  | { readonly as: 'sent'; readonly content: string }
  /** SendTouch: the ledger's check or the renderer said no just before the call; nothing was sent. `because` is a code. */
  | { readonly as: 'withheld'; readonly because: string }
  /** SendTouch: the provider refused this person (hard bounce at RCPT); `permanent` suppresses the channel. */
  | { readonly as: 'refused'; readonly because: string; readonly permanent: boolean }
  /** Any effect: it certainly did not happen and may be planned anew. */
  | { readonly as: 'unavailable'; readonly because: string }
  /** SendTouch: the provider may or may not have it. */
  | { readonly as: 'uncertain'; readonly because: string }
  /** AssignRep, GiveTask. */
  | { readonly as: 'assigned'; readonly rep: string }
  /** RunCustom: at most 64 characters a code. */
  | { readonly as: 'returned'; readonly data: Readonly<Record<string, Code>> }
  /** TellLeads: so many others hear of it. */
  | { readonly as: 'told'; readonly reached: number }
  /** NotifyRep. */
  | { readonly as: 'notified' };

export type Command =
  | {
      readonly word: 'enrol';
      /** Sequence id (its current version) or `id@version`. */
      readonly sequence: string;
      readonly campaign?: string;
      /** Codes that conditions and templates of this enrolment may read. */
      readonly data?: Readonly<Record<string, string | number | boolean>>;
      /** Values for what the sequence lets marketing change, by name. */
      readonly settings?: Readonly<Record<string, string | number | boolean>>;
      /** Start in this phase instead of the first. */
      readonly phase?: string;
      /** Start in the first phase that serves this stage, where there is one and no phase is named. */
      readonly stage?: Stage;
    }
  | { readonly word: 'end'; readonly enrolment: string }
  /** Ends every enrolment that belongs to the campaign. */
  | { readonly word: 'leave'; readonly campaign: string }
  | { readonly word: 'move'; readonly enrolment: string; readonly phase: string }
  /** To another version of its sequence (`id` = the newest, `id@version`): at once, or when it enters its next phase. */
  | { readonly word: 'upgrade'; readonly enrolment: string; readonly to: string; readonly when: 'now' | 'next-phase' }
  | { readonly word: 'pause' }
  | { readonly word: 'resume' }
  | { readonly word: 'suppress'; readonly channel: Channel | 'all' }
  | { readonly word: 'unsuppress'; readonly channel: Channel | 'all' }
  /** Words of a rep on hand-off number `handOff`. */
  | { readonly word: 'accept' | 'contacted' | 'reject' | 'won' | 'lost'; readonly handOff: number }
  /** What became of an uncertain send. */
  | { readonly word: 'settle'; readonly effect: string; readonly sent: boolean }
  /** Count the points of this scoring model (its id) again from the first event; `quiet`: nothing follows until the person does something. */
  | { readonly word: 'rescore'; readonly model: string; readonly quiet?: boolean }
  /** An event of the lead's history (its id) counts no more, as if it had not been. */
  | { readonly word: 'retract'; readonly event: string }
  /** Another lead was the same person: what it was sent counts as sent to this one. `throughN`, `digest`: of its last decision. */
  | {
      readonly word: 'absorb';
      readonly from: string;
      readonly throughN: number;
      readonly digest: string;
      /** Content and when last, epoch ms. */
      readonly had: readonly (readonly [content: string, at: number])[];
    }
  /** Look again now; changes nothing by itself. */
  | { readonly word: 'nudge' }
  | { readonly word: 'erase' };

/** `id`: event and command = 64-bit, 11 characters base64url; profile = `p<version>`; outcome = the effect's id. */
export type Input =
  | { readonly kind: 'engaged'; readonly id: string; readonly event: StrippedEvent }
  | {
      readonly kind: 'profiled';
      readonly id: string;
      /** Grows by one with every change of the profile; an older one is ignored. */
      readonly version: number;
      readonly occurredAt: number;
      readonly traits: Traits;
      readonly consent: ConsentCodes;
    }
  | { readonly kind: 'outcome'; readonly id: string; readonly outcome: Outcome }
  | { readonly kind: 'command'; readonly id: string; readonly command: Command; readonly by: string; readonly because: string };

/** What a command is answered: `ok` and a sentence for people. */
export type Answer = { readonly ok: boolean; readonly says: string };
