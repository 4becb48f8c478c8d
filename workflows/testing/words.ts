/** The words a tale is told in, for people who write tests: what the lead does, what happens around it, and what is to be true then. Types only. */
import type { CustomName, CustomOutput } from '../../events/custom-effects';
import type { EngagementType, FieldsOf } from '../../events/engagement';
import type { Actor, Channel, Code, Qualification, Stage, Traits } from '../../events/stripped';
import type { Fact, FactOf, FactType, Grade, LeadState, Outcome, Temperature, WithheldBecause } from '../core';
import type { Names } from '../core/define-sequence';
import type { Span } from '../core/time';
import type { Script } from '../foresight/scene';

/** `ago` or `at`: when it happened, where it reaches the engine only now. `by`: a human where absent; only humans move a lead, and `engine`: what another lead's sequence tells of. */
export type Told = { readonly ago?: Span; readonly at?: string; readonly by?: Actor };
/** `mail`: in the newest mail of that touch. */
type ToldIn<K extends Names> = Told & { readonly mail?: K['touch'] };
/** Fields may be left out where the event needs none. */
type Fields<E extends EngagementType, K extends Names> =
  Record<never, never> extends FieldsOf<E>
    ? readonly [fields?: FieldsOf<E>, told?: ToldIn<K>]
    : readonly [fields: FieldsOf<E>, told?: ToldIn<K>];
type Consent = 'granted' | 'withdrawn' | 'none';
/** Newest version, or that very one. */
type Version<K extends Names> = K['sequence'] | `${K['sequence']}@${number}`;

export type Entry<K extends Names> = {
  readonly campaign?: string;
  /** Codes that conditions and templates of this enrolment read. */
  readonly data?: Readonly<Record<string, Code>>;
  readonly phase?: K['phase'];
  /** What marketing sets of what the sequence leaves open. */
  readonly settings?: Readonly<Record<string, Code>>;
};

/** How a send ends; `goes` where only a later one does not. */
export type MailEnd = 'goes' | 'bounces' | 'is refused' | 'is uncertain' | 'finds the server away' | Outcome;
export type RepWord = 'accepts' | 'contacts' | 'rejects' | 'wins' | 'loses';

export type Deeds<K extends Names, T> = {
  /** Moves time to that local moment (`'2026-03-02T09:00'`); everything due on the way happens. Before anything else it says when the tale begins. The zone stays for later moments. */
  readonly at: (moment: string, zone?: string) => T;
  /** Lets so much time pass; everything due on the way happens at its moment. */
  readonly after: (span: Span) => T;

  /** Somebody becomes known, with consent to mail unless `consent` says otherwise; in no sequence yet. */
  readonly person: (traits?: Traits, consent?: Consent) => T;
  /** A person who is put on the tale's sequence at once. */
  readonly lead: (traits?: Traits, entry?: Entry<K>) => T;
  /** Somebody puts the lead on the sequence; on the tale's own where none is named. A refusal is an answer: see `answered`. */
  readonly enters: (sequence?: Version<K>, entry?: Entry<K>) => T;
  /** Their profile changes; traits not named stay, one that is `undefined` is known no more. */
  readonly becomes: (traits: Traits, consent?: Consent) => T;
  /** A date of the person becomes known, or another: `'2026-05-01'` or with a time. */
  readonly dateMoves: (field: string, moment: string) => T;
  readonly consents: () => T;
  readonly withdrawsConsent: () => T;

  /** They do something, or it is learnt of them; type and fields are those of `events/engagement.ts`. */
  readonly does: <E extends EngagementType>(type: E, ...fields: Fields<E, K>) => T;
  /** In the newest mail of that touch. */
  readonly clicks: (touch: K['touch'], told?: Told & { readonly link?: string }) => T;
  readonly opens: (touch: K['touch'], told?: Told) => T;
  /** To the newest mail of that touch, or of all. */
  readonly replies: (touch?: K['touch'], told?: Told) => T;
  readonly unsubscribes: (touch?: K['touch'], told?: Told) => T;
  readonly complains: (touch?: K['touch'], told?: Told) => T;
  /** The provider says later that the mail came back. */
  readonly bounces: (touch?: K['touch'], kind?: 'hard' | 'soft' | 'block') => T;

  /** The rep who has the hand-off says so; the newest one where no number is given. */
  readonly rep: (word: RepWord, handOff?: number) => T;
  readonly operator: Operator<K, T>;

  /** The mail server takes nothing for so long. */
  readonly mailIsAway: (span: Span) => T;
  /** The next send of this touch ends so; so do as many after it as ends are named. Steps that write nothing to the lead end so, too. */
  readonly mailEnds: (touch: K['touch'], ...ends: readonly MailEnd[]) => T;
  /** What an effect of the engineer's own returns from now on; its example (`events/custom-effects.ts`) where nothing is told. */
  readonly returns: <N extends CustomName>(effect: N, data: CustomOutput<N>) => T;
  /** Nobody takes hand-offs or tasks for so long. */
  readonly repsAreAway: (span: Span) => T;
  /** The next effort to find a rep, or to write to one, ends so; so do as many after it as ends are named. */
  readonly repEnds: (effort: 'find' | 'write', ...ends: readonly ('goes' | Outcome)[]) => T;
};

/** The enrolment meant: on the tale's own sequence where nothing is named. */
type Which<K extends Names> = { readonly sequence?: K['sequence']; readonly enrolment?: string };
/** Words of people who run the system. */
export type Operator<K extends Names, T> = {
  (word: 'pauses' | 'resumes' | 'nudges' | 'erases'): T;
  (word: 'rescores', how?: { readonly model?: string; readonly quiet?: boolean }): T;
  (word: 'moves', to: Which<K> & { readonly phase: K['phase'] }): T;
  /** To another version of its sequence. */
  (word: 'upgrades', to: Which<K> & { readonly to: Version<K>; readonly when: 'now' | 'next-phase' }): T;
  (word: 'ends', which?: Which<K>): T;
  (word: 'suppresses' | 'unsuppresses', what: { readonly channel: Channel | 'all' }): T;
  /** What became of the newest uncertain send of that touch. */
  (word: 'settles', what: { readonly touch: K['touch']; readonly sent: boolean }): T;
};

export type HandedOff<K extends Names> = {
  /** Name of the rule. */
  readonly by?: K['rule'];
  /** Id of the rep it is offered to or with. */
  readonly to?: string;
  readonly contactWithin?: Span;
  readonly accepted?: boolean;
};
/** `to`: id of the rep. */
export type GivenTask = { readonly to?: string };
export type Waiting<K extends Names> =
  K['touch'] | 'a rep' | 'rep to accept' | 'rep to contact' | 'won or lost' | 'resume' | 'phase end' | 'engagement';
export type Bound = number | { readonly atLeast?: number; readonly atMost?: number };

/** What is to be true now. Each throws `TaleError` with the tale so far where it is not. */
export type Expectations<K extends Names, T> = {
  /** It was sent since time was last moved. */
  readonly receives: (touch: K['touch']) => T;
  /** Nothing was sent since time was last moved. */
  readonly receivesNothing: () => T;
  /** It was sent at some time; `onDay`: so many whole days after the tale began. */
  readonly hasReceived: (touch: K['touch'], when?: { readonly onDay?: number }) => T;
  /** Exactly these were sent, in this order. */
  readonly received: (touches: readonly K['touch'][]) => T;
  /** It was not sent, and if it ever is in this tale, the word that makes it fails. */
  readonly neverReceives: (touch: K['touch']) => T;
  /** It was due at some time and not sent, for that reason where one is named. */
  readonly isNotSent: (touch: K['touch'], because?: WithheldBecause) => T;

  /** A rep was asked to do it since time was last moved. Opens no hand-off. */
  readonly isGivenTask: (task: K['touch'], how?: GivenTask) => T;
  /** The effect of the engineer's own was done since time was last moved, and returned these fields. */
  readonly runs: (step: K['touch'], returned?: Readonly<Record<string, Code>>) => T;
  /** Others were let hear of it since time was last moved, with these fields. */
  readonly tells: (step: K['touch'], data?: Readonly<Record<string, Code>>) => T;

  /** Some open enrolment is in that phase. */
  readonly isIn: (phase: K['phase']) => T;
  /** The choice was made, and so; `otherwise` where no arm held. */
  readonly takesArm: (choice: K['touch'], arm: string) => T;
  readonly isOn: (sequence: K['sequence']) => T;
  readonly isOnNothing: () => T;
  /** Was on it and is no more; the reason contains `because`. */
  readonly hasLeft: (sequence: K['sequence'], because?: string) => T;
  readonly isAtStage: (stage: Stage) => T;
  readonly isQualifiedAs: (qualification: Qualification) => T;
  readonly hasScore: (score: Bound) => T;
  readonly hasGrade: (grade: Grade) => T;
  /** The newest word on how much it hurts, 1 to 10. */
  readonly hasPain: (bound: Bound) => T;
  /** Closeness to the nearest persona of the settings, 0 to 10. */
  readonly hasFit: (bound: Bound) => T;
  readonly isTemperature: (temperature: Temperature) => T;

  /** A hand-off is open, and as described. */
  readonly isHandedOff: (how?: HandedOff<K>) => T;
  readonly isNotHandedOff: () => T;
  /** A touch that is next (due, or waiting for its event), or what people call it. `because`: why a touch that is due is held. */
  readonly waitsFor: (what: Waiting<K>, because?: FactOf<'TouchHeld'>['because']) => T;
  /** The newest answer to an operator, a rep or an enrolment was yes or no, in a sentence that contains `says`. */
  readonly answered: (ok: boolean, says?: string) => T;
  /** Such a fact was concluded, with these fields. */
  readonly hasFact: <F extends FactType>(type: F, fields?: Partial<FactOf<F>>) => T;
  readonly hasNoFact: (type: FactType) => T;
};

/** For a look of one's own. */
export type Looks = {
  /** Epoch ms. */
  readonly now: () => number;
  readonly facts: () => readonly Fact[];
  readonly state: () => LeadState;
  /** The tale so far, in words. */
  readonly story: () => string;
  /** Everything that was told, to be told again elsewhere. */
  readonly script: () => Script;
};

/** Every word gives the tale back, so that one sentence follows the other. */
export interface Tale<K extends Names> extends Deeds<K, Tale<K>>, Expectations<K, Tale<K>>, Looks {}
