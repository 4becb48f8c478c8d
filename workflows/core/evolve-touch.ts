/** Folding of touches: decided, held, closed one way or another; content memory and the governor's moments. */
import type { Draft } from './draft';
import { isOfStep } from './effects';
import type { Effect } from './effects';
import { enrolmentDraft, nextPieceOf, nextTouch } from './evolve-enrolment';
import { forgotten, hadBy, hadMinute, remembered } from './content-memory';
import { counted } from './evolve-hand-off';
import type { FactOf } from './facts';
import { dayMs, epochMinute } from './time';
import { touchKeyOf } from './touch-key';
import { dropped, withEntry } from './without';

/** No cap looks further back; checked where settings are read. */
const longestCapMs = 92 * dayMs;
const mostSentAt = 64;
/** What stopped the effort is nobody's failure and passes by itself, so it is not counted. */
export const passing: ReadonlySet<string> = new Set([
  'expired',
  'paused',
  'sending-stopped',
  'campaign-paused',
  'account-cap',
  'no-reps',
  'mail-server-away',
  'sender-at-fault',
]);

/** Somebody's decision, to be told from a fault. */
const stopped: ReadonlySet<string> = new Set(['sending-stopped', 'campaign-paused']);
/** What a touch is held by that an attempt was made at; it is due again at its `heldUntil` and not before. */
export const attempted: ReadonlySet<string> = new Set([...stopped, 'unavailable']);

export function effectDecided(draft: Draft, { effect, dueAt }: FactOf<'EffectDecided'>): void {
  draft.effects = withEntry(draft.effects, effect.id, effect);
  if (!isOfStep(effect)) return counted(draft, effect);
  const one = enrolmentDraft(draft, effect.enrolment);
  if (one === undefined) return;
  one.heldUntil = undefined;
  one.heldBecause = undefined;
  one.dueAt ??= dueAt;
  one.attempt += 1;
}

export function touchHeld(draft: Draft, fact: FactOf<'TouchHeld'>): void {
  const one = enrolmentDraft(draft, fact.enrolment);
  if (one === undefined) return;
  one.heldUntil = fact.until;
  one.heldBecause = fact.because;
  one.dueAt ??= fact.dueAt;
}

export function touchReplaced(draft: Draft, fact: FactOf<'TouchReplaced'>): void {
  const one = enrolmentDraft(draft, fact.enrolment);
  if (one !== undefined) one.instead = fact.content;
}

export function touchSent(draft: Draft, fact: FactOf<'TouchSent'>): void {
  touchClosed(draft, fact);
  remember(draft, fact, contentId(fact.content), fact.purpose);
}

/** Counts as sent for the content memory and the cap: better one mail too few than one twice. */
export function touchUncertain(draft: Draft, fact: FactOf<'TouchUncertain'>): void {
  const content = contentId(fact.content);
  const effect = draft.effects[fact.effect];
  touchClosed(draft, fact);
  remember(draft, fact, content, effect?.type === 'SendTouch' ? effect.purpose : 'marketing');
  draft.uncertain = [...draft.uncertain, fact.effect];
  draft.unsure = { ...draft.unsure, [fact.effect]: content };
}

type Closing = FactOf<'TouchSent' | 'TouchWithheld' | 'TouchRefused' | 'TouchUncertain' | 'EffectReturned' | 'LeadsTold' | 'TaskGiven'>;

/** Closes the effect and, where it was the touch that is next, goes on to the one after. */
export function touchClosed(draft: Draft, fact: Closing): void {
  const current = fact.effect === undefined || isNext(draft, draft.effects[fact.effect]);
  const stays = staysIn(draft, fact);
  if (fact.effect !== undefined) draft.effects = dropped(draft.effects, fact.effect);
  const one = current ? enrolmentDraft(draft, fact.enrolment) : undefined;
  if (one !== undefined && stays) nextPieceOf(one, fact.recordedAt);
  else if (one !== undefined) nextTouch(one, one.next + 1, fact.recordedAt, fact.type === 'TouchWithheld' ? fact.dueAt : undefined);
}

/** A pool stays the next step, whatever became of one piece. */
function staysIn(draft: Draft, fact: Closing): boolean {
  if (fact.effect === undefined) return fact.type === 'TouchWithheld' && fact.pool === true;
  const effect = draft.effects[fact.effect];
  return effect?.type === 'SendTouch' && effect.pool === true;
}

export function ranDry(draft: Draft, fact: FactOf<'PoolRanDry'>): void {
  const one = enrolmentDraft(draft, fact.enrolment);
  if (one === undefined) return;
  if (fact.goesOn) nextTouch(one, one.next + 1, fact.recordedAt);
  else nextPieceOf(one, fact.recordedAt);
}

/** What came back joins the enrolment's data, also where the plan has moved on meanwhile. */
export function effectReturned(draft: Draft, fact: FactOf<'EffectReturned'>): void {
  touchClosed(draft, fact);
  const { into } = fact;
  const one = into === undefined ? undefined : enrolmentDraft(draft, fact.enrolment);
  if (one === undefined) return;
  one.data = { ...one.data, ...Object.fromEntries(Object.entries(fact.data).map(([field, code]) => [`${into}.${field}`, code])) };
}

/** Not a closing: the touch stays next and is due again at `retryAt`. */
export function touchUnavailable(draft: Draft, fact: FactOf<'TouchUnavailable'>): void {
  const current = isNext(draft, draft.effects[fact.effect]);
  draft.effects = dropped(draft.effects, fact.effect);
  const one = current ? enrolmentDraft(draft, fact.enrolment) : undefined;
  if (one === undefined) return;
  one.heldUntil = fact.retryAt;
  one.heldBecause = stopped.has(fact.because) ? fact.because : 'unavailable';
  if (!passing.has(fact.because)) one.failures = (one.failures ?? 0) + 1;
}

export function settled(draft: Draft, fact: FactOf<'UncertainSettled'>): void {
  const content = draft.unsure?.[fact.effect];
  const unsure = dropped(draft.unsure ?? {}, fact.effect);
  if (!fact.sent && content !== undefined) draft.had = forgotten(draft.had, content);
  draft.unsure = Object.keys(unsure).length > 0 ? unsure : undefined;
  draft.uncertain = draft.uncertain.filter((id) => id !== fact.effect);
}

/** Does the effect belong to the visit its enrolment is in now? */
function isNext(draft: Draft, effect: Effect | undefined): boolean {
  if (!isOfStep(effect)) return false;
  const one = draft.enrolments[effect.enrolment];
  return one !== undefined && effect.touchKey === touchKeyOf(effect.enrolment, one, effect.touch);
}

function remember(draft: Draft, { enrolment, recordedAt: at }: Closing, content: string, purpose: 'marketing' | 'service'): void {
  // Only a sequence with a key is entered several times at once.
  const others = hadBy(draft.had, content).filter((id) => id !== enrolment && draft.enrolments[id] !== undefined);
  const by = draft.enrolments[enrolment]?.key === undefined ? others : [...others, enrolment];
  draft.had = remembered(draft.had, content, epochMinute(at), by);
  if (purpose === 'marketing') draft.sentAt = [...draft.sentAt.filter((moment) => moment > at - longestCapMs), at].slice(-mostSentAt);
}

/** What the same person was sent under another id counts as sent to them. */
export function absorbed(draft: Draft, { had = [] }: FactOf<'LeadAbsorbed'>): void {
  for (const [content, at] of had) {
    const minute = epochMinute(at);
    if ((hadMinute(draft.had, content) ?? -1) < minute) draft.had = remembered(draft.had, content, minute, hadBy(draft.had, content));
  }
}

const contentId = (ref: string): string => {
  const end = ref.indexOf('@');
  return end < 0 ? ref : ref.slice(0, end);
};
