/**
 * How simulated people, mail servers and reps behave, as plain data; the file marketing edits is `workflows/settings/behaviour.yaml`.
 * Rates are parts of ten thousand, spans are ms: only integers, so that every machine gets the same. Knows no lead.
 */
import type { Code, Stage } from '../../../events/stripped';
import { pick } from './chance';
import type { Chance, Delay, Shares } from './chance';
import type { FieldTest } from '../plan';

/** Parts of ten thousand. */
export type Rate = number;

/** What becomes of one mail. Those of people are multiplied by their interest. */
export type MailRates = {
  /** The mail server says the address does not exist: refused for good. */
  readonly refused: Rate;
  /** Refused this once: mailbox full, choosy server. */
  readonly turnedAway: Rate;
  /** Our mail server or the provider was away; tried anew. */
  readonly away: Rate;
  /** Nobody knows whether it went. */
  readonly uncertain: Rate;
  /** Taken, and returned later: hard. */
  readonly bounced: Rate;
  /** A proxy or scanner fetches the pictures, or follows every link. */
  readonly machineOpen: Rate;
  readonly machineClick: Rate;
  readonly open: Rate;
  readonly click: Rate;
  readonly reply: Rate;
  readonly unsubscribe: Rate;
  readonly complain: Rate;
};
export type MailLayer = Partial<MailRates>;

/** When an act may follow: a mail that came or was clicked, an event, joining, or of themselves every so often. */
export type Cause =
  | {
      readonly by: 'clicked' | 'received';
      readonly content?: readonly string[];
      readonly kind?: readonly string[];
      readonly stage?: readonly Stage[];
    }
  | { readonly by: 'did'; readonly event: string; readonly where: Readonly<Record<string, FieldTest>> }
  | { readonly by: 'joined' }
  | { readonly by: 'themselves'; readonly everyMs: number };

/**
 * Fields of an event or an enrolment: codes; dates so long after the moment (they become epoch ms); one code by shares; or what the
 * cause says in its field: the event that was done, or the enrolment whose mail was received or clicked.
 */
export type Data = Readonly<Record<string, Code | Made>>;
type Made = { readonly inMs: number } | { readonly oneOf: Shares<Code> } | { readonly same: string };
export type Told = Readonly<Record<string, Code>>;

/** A field of the cause that says nothing is left out. */
export function dataAt(data: Data, at: number, chance: Chance, cause: Told = {}): Told {
  let made: Record<string, Code> | undefined;
  for (const field in data) {
    const value = data[field];
    if (typeof value !== 'object') continue;
    made ??= { ...(data as Record<string, Code>) };
    const code = codeAt(value, at, chance, cause);
    if (code === undefined) delete made[field];
    else made[field] = code;
  }
  return made ?? (data as Told);
}

function codeAt(value: Made, at: number, chance: Chance, cause: Told): Code | undefined {
  if ('inMs' in value) return at + value.inMs;
  return 'same' in value ? cause[value.same] : pick(chance, value.oneOf);
}

/** Something people do besides opening and clicking: forms, downloads, visits, the trial, the purchase. */
export type Act = {
  readonly id: string;
  readonly after: Cause;
  readonly rate: Rate;
  readonly does: string;
  readonly with: Data;
  readonly in: Delay;
  /** The delay counts from this date that the cause tells, where it lies ahead. */
  readonly from?: string;
  /** At most once a person. */
  readonly once: boolean;
};

export type Character = {
  readonly id: string;
  readonly share: number;
  /** Percent: 100 = as the rates are written. */ readonly interest: number;
};

export type RepHabits = {
  readonly id: string;
  readonly accepts: Rate;
  readonly rejects: Rate;
  readonly answersIn: Delay;
  readonly contacts: Rate;
  readonly contactsIn: Delay;
  readonly wins: Rate;
  readonly loses: Rate;
  readonly closesIn: Delay;
};

export type Behaviour = {
  readonly id: string;
  readonly version: number;
  readonly people: {
    /** They join at moments spread evenly over this long. */
    readonly joinOverMs: number;
    /** Agreed to marketing mail. */
    readonly consent: Rate;
    readonly characters: readonly Character[];
    /** Trait -> code -> share; what is left of the whole is not known. */
    readonly traits: Readonly<Record<string, readonly (readonly [code: Code, share: Rate])[]>>;
    /** Percent of interest lost with every mail got before, and the least that stays. */
    readonly tiring: { readonly perMail: number; readonly least: number };
  };
  readonly mail: {
    readonly usual: MailRates;
    /** The first mail to a person. */
    readonly first: MailLayer;
    readonly stages: Readonly<Record<string, MailLayer>>;
    readonly kinds: Readonly<Record<string, MailLayer>>;
    readonly contents: Readonly<Record<string, MailLayer>>;
    readonly opensIn: Delay;
    readonly clicksIn: Delay;
    readonly repliesIn: Delay;
    readonly leavesIn: Delay;
    readonly bouncesIn: Delay;
  };
  readonly acts: readonly Act[];
  readonly reps: readonly RepHabits[];
  /** Data of the enrolment or of the enrolling event by sequence id, where the plan needs some. */
  readonly begin: Readonly<Record<string, Data>>;
};
