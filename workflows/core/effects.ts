/** What the shell must now do. Ids are written in facts and never recomputed; each effect is closed by an `Outcome`. */
import type { Channel, Code } from '../../events/stripped';

export type Purpose = 'marketing' | 'service';

/** Who a mail is from: the installation, the rep of the lead's newest hand-off, or who brought the person here. */
export type Sender = 'brand' | 'owner' | 'referrer';

/** Epoch ms. */
export type Invite = { readonly startsAt: number; readonly endsAt: number };

/** Send one piece of content to the lead. */
export type SendTouch = {
  readonly type: 'SendTouch';
  /** `<enrolment>.<phase>.<touch>.<attempt>`, unique within the lead. */
  readonly id: string;
  /** The same over all attempts; the Message-ID is derived from lead and this. */
  readonly touchKey: string;
  readonly enrolment: string;
  /** `id@version#digest`. */
  readonly sequence: string;
  readonly campaign?: string;
  readonly phase: string;
  readonly touch: string;
  readonly channel: Channel;
  /** Content id; its current version is rendered. */
  readonly content: string;
  readonly variant?: string;
  readonly purpose: Purpose;
  /** One piece of a pool, whose step stays. */
  readonly pool?: true;
  /** To at most so many people of the lead's account in the span before the call, ms on the engine's clock. */
  readonly accountCap?: { readonly people: number; readonly perMs: number };
  /** Not a moment later, epoch ms on the engine's clock: quiet hours begin or the plan has moved on. */
  readonly notAfter: number;
  /** Codes of the enrolment for the template. */
  readonly data: Readonly<Record<string, string | number | boolean>>;
  /** The brand where absent. */
  readonly from?: Exclude<Sender, 'brand'>;
  /** Goes along as a calendar entry. */
  readonly invite?: Invite;
};

/** Choose the next rep in turn for hand-off `handOff`, unique by lead and number. */
export type AssignRep = {
  readonly type: 'AssignRep';
  /** `h<handOff>.assign.<attempt>`. */
  readonly id: string;
  readonly handOff: number;
  readonly rule: string;
  /** Reps who had it before and let it go. */
  readonly not: readonly string[];
  /** Epoch ms, engine's clock. */
  readonly acceptBy?: number;
  readonly contactBy: number;
};

/** `withdrawn`: the hand-off is no more; `doubt`: what an accepted one rested on was taken back. */
export type Notice = 'offer' | 'reminder' | 'breach' | 'withdrawn' | 'doubt';

/** Write to the rep who has the hand-off. */
export type NotifyRep = {
  readonly type: 'NotifyRep';
  /** `h<handOff>.<what>.<attempt>`. */
  readonly id: string;
  readonly handOff: number;
  readonly rep: string;
  readonly what: Notice;
  /** Why a hand-off was withdrawn, or is in doubt. */
  readonly because?: string;
  /** Which clock a reminder or breach is about. */
  readonly clock?: 'accept' | 'contact';
  /** Sentences from the core: why this lead, which rule, score, grade. No personal data. */
  readonly why: string;
  readonly acceptBy?: number;
  readonly contactBy: number;
};

type OfStep = {
  /** `<enrolment>.<phase>.<step>.<attempt>`. */
  readonly id: string;
  /** The same over all attempts: what makes a repeat harmless. */
  readonly touchKey: string;
  readonly enrolment: string;
  /** `id@version#digest`. */
  readonly sequence: string;
  readonly campaign?: string;
  readonly phase: string;
  readonly touch: string;
};
type Codes = Readonly<Record<string, Code>>;

/** Do what the engineer wrote under this name. */
export type RunCustom = OfStep & {
  readonly type: 'RunCustom';
  readonly name: string;
  readonly input: Codes;
  /** What is returned joins the enrolment's data under this name. */
  readonly into?: string;
};

export type Whom = 'referrer' | 'colleagues';

/** Let others hear of an event, as happened at `at`. */
export type TellLeads = OfStep & {
  readonly type: 'TellLeads';
  readonly whom: Whom;
  readonly event: string;
  readonly data: Codes;
  /** Epoch ms, engine's clock. */
  readonly at: number;
  /** Who referred the lead, where the enrolment says so. */
  readonly referrer?: string;
};

/** Ask a rep to do something. */
export type GiveTask = OfStep & { readonly type: 'GiveTask'; readonly to: 'owner' | 'next'; readonly says: string };

export type DeedEffect = RunCustom | TellLeads | GiveTask;
/** Those that a step of a plan waits for. */
export type StepEffect = SendTouch | DeedEffect;
export type Effect = StepEffect | AssignRep | NotifyRep;

export const isOfStep = (effect: Effect | undefined): effect is StepEffect =>
  effect !== undefined && effect.type !== 'AssignRep' && effect.type !== 'NotifyRep';
