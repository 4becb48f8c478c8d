/** What the activities need of the outside world. Each has an adapter and a fake that pass the same contract tests. Knows no library. */
import type { ConsentCodes, Traits } from '../events/stripped';
import type { Decision, Position } from '../workflows/core/facts';
import type { AssignRep, GiveTask, NotifyRep, SendTouch, TellLeads } from '../workflows/core/effects';
import type { Published } from '../workflows/core/plan';

export type StoredDecision = {
  readonly seq: number;
  /** Digest of the message's bytes: first 16 hex of SHA-256. */ readonly digest: string;
  readonly decision: Decision;
};

export type Appended =
  | { readonly as: 'stored'; readonly position: Position }
  /** The subject's last sequence is another (10071, 10164), or the answer was lost: read before deciding again. */
  | { readonly as: 'conflict' };

/** A lead's log. Every method throws `FactsAway` when NATS does not answer; in under 50 ms while the link is known to be down. */
export interface FactsLog {
  append(decision: Decision, lastSeq: number): Promise<Appended>;
  /** Last decision by leader read (never a direct get from a replica). */
  last(leadId: string): Promise<StoredDecision | undefined>;
  /** Decisions after a stream sequence, oldest first, at most `limit`. Raw: not upcast. */
  after(leadId: string, seq: number, limit: number): Promise<readonly StoredDecision[]>;
}
export class FactsAway extends Error {
  override name = 'FactsAway';
}

/** Fills the cache of published things; `refresh` is called before a decision when a ref is unknown or the cache is older than 5 s. */
export interface PublishedSource {
  /** A snapshot that answers synchronously and holds every current version and each of `refs`. */
  snapshot(refs: readonly string[]): Promise<Published>;
}

/** Maps the real clock to the engine's: engine = epoch + (real - epoch) * rate. */
export type EngineClock = { readonly toEngine: (realAt: number) => number; readonly toReal: (engineAt: number) => number };

/** Send ledger, keyed by lead and effect id. PROTOCOL 14 and 15. */
export type LedgerKey = { readonly leadId: string; readonly effect: string };
export type Taken =
  /** The call may be made now, before `leaseUntil` (real clock). */
  | { readonly as: 'calling'; readonly address: string; readonly leaseUntil: number }
  /** Someone made or makes it. */
  | { readonly as: 'ended'; readonly result: SendResult }
  | { readonly as: 'leased'; readonly until: number }
  /** The one statement's checks said no. */
  | { readonly as: 'withheld'; readonly because: Objection };
/** What the ledger may say against a send at the last moment. */
export const objections = [
  'suppressed',
  'consent',
  'paused',
  'sending-stopped',
  'campaign-paused',
  'no-address',
  'expired',
  'account-cap',
] as const;
export type Objection = (typeof objections)[number];
export type SendResult =
  | { readonly as: 'sent'; readonly content: string }
  | { readonly as: 'withheld'; readonly because: string }
  | { readonly as: 'refused'; readonly because: string; readonly permanent: boolean }
  | { readonly as: 'unavailable'; readonly because: string }
  | { readonly as: 'uncertain'; readonly because: string };
export interface Ledger {
  /** Insert as reserved when absent. */
  reserve(leadId: string, send: SendTouch): Promise<void>;
  /** reserved -> calling by one statement that checks consent, suppression, hold, notAfter (`nowAt`, engine's clock) and the attempt. */
  take(key: LedgerKey, nowAt: number, leaseMs: number): Promise<Taken>;
  /** calling (or uncertain: a late result) -> ended. */
  finish(key: LedgerKey, result: SendResult): Promise<void>;
  /** Takes a reserved row out so that it can never be called; false when it is already calling or ended. */
  withdraw(key: LedgerKey): Promise<boolean>;
}
/** Mails to reps go through the same ledger, without the checks that protect leads. */
export interface NoteLedger extends Ledger {
  /** Insert as reserved when absent; `take` then checks the attempt alone, and its `address` is empty. */
  reserveNote(leadId: string, note: { readonly id: string; readonly what: string }): Promise<void>;
}

/** What an effect ended with, kept under its key so that a repeat is answered the same. Keys are unique within the lead. */
export interface EffectResults<R extends Json = Json> {
  find(leadId: string, key: string): Promise<R | undefined>;
  /** The first one kept stays: it is what is answered. */
  keep(leadId: string, key: string, result: R): Promise<R>;
}
export type Json = Readonly<Record<string, string | number | boolean>>;

/** Lets other leads hear of something, once per lead and key, and answers how many. */
export interface LeadNews {
  tell(leadId: string, effect: TellLeads): Promise<number>;
}

/** The person as a template may use them. */
export type Addressee = {
  readonly leadId: string;
  readonly email?: string;
  readonly person: Readonly<Record<string, string | number | boolean>>;
  readonly zone?: string;
  readonly unsubscribeToken: string;
};
export type Rep = { readonly id: string; readonly name: string; readonly email: string };

/** What stands between a hand-off and the reps. */
export interface HandOffBrake {
  /** Is it held until an operator answers? Asked again it answers the same. `at`: engine's clock. */
  holds(leadId: string, handOff: { readonly handOff: number; readonly rule: string }, at: number): Promise<boolean>;
}

export interface People {
  addressee(leadId: string): Promise<Addressee | undefined>;
  /** Newest coded profile; `undefined` for an unknown lead. */
  profile(leadId: string): Promise<{ readonly version: number; readonly traits: Traits; readonly consent: ConsentCodes } | undefined>;
  erased(leadId: string): Promise<boolean>;
  /** Next active rep in turn that is not in `not`; the row is unique by lead and hand-off number, so asked again it answers the same. */
  assign(leadId: string, effect: AssignRep): Promise<Rep | undefined>;
  rep(id: string): Promise<Rep | undefined>;
  /** Whose turn it is, which then is over; without a hand-off. */
  nextRep(): Promise<Rep | undefined>;
  /** The active rep of the lead's newest hand-off that was not let go. */
  owner(leadId: string): Promise<Rep | undefined>;
  /**
   * Who brought the person here: the lead that `named` means (a lead's id, or an address or id of theirs), else the one the profile's
   * `referredBy` means. Never the person, never somebody erased.
   */
  referrer(leadId: string, named?: string): Promise<{ readonly leadId: string; readonly name?: string } | undefined>;
  /** Operator holds that must act at once, even while NATS is away. */
  hold(leadId: string, held: boolean): Promise<void>;
}

export type Mail = {
  readonly messageId: string;
  readonly to: string;
  readonly from: string;
  readonly replyTo?: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
  /** An iCalendar object (RFC 5545) that goes along. */
  readonly calendar?: string;
};
/** `uncertain` = the connection broke after DATA was handed over. */
export type MailResult =
  | { readonly as: 'sent' }
  | { readonly as: 'refused'; readonly because: string; readonly permanent: boolean }
  | { readonly as: 'unavailable'; readonly because: string }
  | { readonly as: 'uncertain'; readonly because: string };
export interface Mailer {
  send(mail: Mail): Promise<MailResult>;
}

export type Rendered = { readonly content: string; readonly subject: string; readonly html: string; readonly text: string };
/** The template of a rep's mail is not published or cannot be rendered: an engineer's fault. */
export class RepMailBroken extends Error {
  override name = 'RepMailBroken';
}
export interface Renderer {
  /** Renders the current version of the content for the person, from `sender` where it is somebody's and not the brand's own; a missing field or piece is a code, never a thrown error. */
  render(
    send: SendTouch,
    leadId: string,
    to: Addressee,
    sender?: string,
  ): Promise<Rendered | { readonly missing: 'content-missing' | 'template-field-missing'; readonly what: string }>;
  /** Throws `RepMailBroken`. */
  renderForRep(
    note: NotifyRep | GiveTask,
    leadId: string,
    to: Rep,
    person: Addressee | undefined,
  ): Promise<{ readonly subject: string; readonly html: string; readonly text: string }>;
}

/** Where inputs go that the core refused. */
export interface RejectedLog {
  reject(record: {
    readonly code: string;
    readonly identityHash?: string;
    readonly path?: string;
    readonly says: string;
    readonly original: unknown;
  }): Promise<void>;
}
