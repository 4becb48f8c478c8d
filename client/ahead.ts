/** What comes for one lead, from facts that the core concluded ahead of time: a row an event, what is sent when and why not. Knows no command. */
import type { Fact, FactType } from '../workflows/core';
import { factWord } from '../workflows/speech/fact-words';
import type { Speech } from '../workflows/speech/fact-words';
import { heldWord, spoken, withheldWord } from '../workflows/speech/words';
import { count, date, inLocalTime, points, table } from './print';

export type Ahead = {
  /** Epoch ms, engine's clock. */
  readonly at: number;
  readonly type: FactType;
  /** Where it is about one message. */
  readonly message?: string;
  readonly as?: 'sent' | 'not sent' | 'waits' | 'tried again' | 'refused' | 'unknown';
  readonly because?: string;
  readonly says: string;
};

/** Points and bookkeeping are left out: they explain, but nobody plans by them. */
const shown: ReadonlySet<FactType> = new Set<FactType>([
  'EngagementRecorded',
  'ProfileLearned',
  'Enrolled',
  'PhaseEntered',
  'BranchTaken',
  'PlanExhausted',
  'EnrolmentEnded',
  'StageChanged',
  'QualificationChanged',
  'Suppressed',
  'TouchHeld',
  'TouchSent',
  'TouchWithheld',
  'TouchRefused',
  'TouchUncertain',
  'TouchUnavailable',
  'EffectReturned',
  'LeadsTold',
  'TaskGiven',
  'HandOffRequested',
  'HandOffOffered',
  'HandOffUnassigned',
  'HandOffReminded',
  'HandOffBreached',
  'HandOffClosed',
  'LeadRested',
]);

export function aheadOf(facts: readonly Fact[], rep: (id: string) => string = (id) => id): readonly Ahead[] {
  const speech: Speech = { rep, date, points: (thousandths) => points(thousandths, true) };
  return facts
    .filter((fact) => shown.has(fact.type) || refusedWord(fact))
    .map((fact) => ({ at: fact.recordedAt, type: fact.type, ...ofMessage(fact), says: inLocalTime(factWord(fact, speech)) }));
}

/** An enrolment that was refused explains why nothing comes. */
const refusedWord = (fact: Fact): boolean => fact.type === 'CommandRecorded' && !fact.answer.ok;

function ofMessage(fact: Fact): Pick<Ahead, 'message' | 'as' | 'because'> {
  switch (fact.type) {
    case 'TouchSent':
      return { message: fact.touch, as: 'sent' };
    case 'TouchWithheld':
      return { message: fact.touch, as: 'not sent', because: withheldWord(fact.because) };
    case 'TouchHeld':
      return { message: fact.touch, as: 'waits', because: `until ${date(fact.until)}: ${heldWord(fact.because)}` };
    case 'TouchUnavailable':
      return { message: fact.touch, as: 'tried again', because: `at ${date(fact.retryAt)}: ${spoken(fact.because)}` };
    case 'TouchRefused':
      return { message: fact.touch, as: 'refused', because: spoken(fact.because) };
    case 'TouchUncertain':
      return { message: fact.touch, as: 'unknown', because: spoken(fact.because) };
    default:
      return {};
  }
}

/** Read on into their moment: `waits until …`. */
const until: ReadonlySet<Ahead['as']> = new Set(['waits', 'tried again']);

/** `dayOne`: the moment days are counted from. */
export function aheadTable(ahead: readonly Ahead[], dayOne: number): string {
  const dayMs = 86_400_000;
  return table(
    ['when', { title: 'day', align: 'right' }, 'message', { title: 'what', flexible: true }],
    ahead.map(({ at, message, as, because, says }) => [
      date(at),
      Math.floor((at - dayOne) / dayMs),
      message,
      as === undefined ? says : because === undefined ? as : `${as}${until.has(as) ? '' : ':'} ${because}`,
    ]),
  );
}

/** `4 messages sent, 1 not sent.` */
export function totals(ahead: readonly Ahead[]): { readonly sent: number; readonly notSent: number; readonly says: string } {
  const sent = ahead.filter(({ as }) => as === 'sent').length;
  const notSent = ahead.filter(({ as }) => as === 'not sent').length;
  return { sent, notSent, says: `${count(sent, 'message')} sent, ${notSent} due and not sent.` };
}
