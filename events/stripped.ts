/** What of an engagement event may reach a lead's workflow: ids, codes and numbers. Never a name, an address or free text. */

/** A code, number or truth value. Strings are codes (`'pricing'`), at most 64 characters, never what a person typed. */
export type Code = string | number | boolean;

/** A date as a code: epoch ms on the engine's clock, or ISO text; a day alone (`'2026-12-24'`) begins at midnight by the person's clock. */
export type Moment = number | `${number}-${number}-${string}`;

/** Who caused the event: only `human` moves a lead; see DESIGN, "Machine opens and clicks". */
export type Actor = PublishedActor | 'engine';
/** What publishers may say; `engine`: another lead's sequence tells of it, which counts for sequences and scores nothing. */
export type PublishedActor = 'human' | 'machine' | 'unknown';

export type StrippedEvent = {
  /** 64-bit keyed hash of source and id, 11 characters of base64url. */
  readonly id: string;
  /** Dotted lower case, `email.clicked`; known ones in `events/engagement.ts`. */
  readonly type: string;
  /** When it happened, epoch ms on the engine's clock. */
  readonly occurredAt: number;
  readonly actor: Actor;
  /** Fields that conditions may ask for (`form`, `path`, `plan`, ...), codes only. */
  readonly data: Readonly<Record<string, Code>>;
  /** The effect whose mail caused it, where our own link or the provider says so. */
  readonly effect?: string;
  /** The content of that mail. */
  readonly content?: string;
};

export const stages = ['awareness', 'consideration', 'decision', 'customer'] as const;
/** Where the person's thinking is. */
export type Stage = (typeof stages)[number];

export const qualifications = ['suspect', 'lead', 'mql', 'sql', 'accepted', 'opportunity', 'customer', 'recycled', 'disqualified'] as const;
/** Where marketing and sales have the person, by one shared definition. */
export type Qualification = (typeof qualifications)[number];

export const channels = ['email'] as const;
export type Channel = (typeof channels)[number];

/** Codes derived from a profile; never free text. `seniority`, `size` and further fields are codes from the traits rules. */
export type Traits = {
  readonly source?: string;
  readonly industry?: string;
  readonly seniority?: string;
  readonly size?: string;
  readonly country?: string;
  /** IANA zone, `Europe/Berlin`. */
  readonly zone?: string;
  readonly language?: string;
  readonly account?: string;
  readonly customer?: boolean;
  readonly [field: string]: Code | undefined;
};

/** Per channel: may marketing be sent there, by the newest consent evidence. `none` = no basis recorded. */
export type ConsentCodes = { readonly [C in Channel]?: 'granted' | 'withdrawn' | 'none' };
