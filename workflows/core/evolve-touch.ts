/** Folding of touches: decided, held, closed one way or another; content memory and the governor's moments. */
import type { Effect } from './effects';
import type { FactOf } from './facts';
import type { Enrolment, LeadState } from './state';
import { dayMs } from './time';
import { touchKeyOf } from './touch-key';
import { dropped, given, without } from './without';

/** No cap looks further back; checked where settings are read. */
const longestCapMs = 92 * dayMs;
const mostSentAt = 64;

export function effectDecided(state: LeadState, { effect, recordedAt }: FactOf<'EffectDecided'>): LeadState {
  const next = { ...state, at: recordedAt, effects: { ...state.effects, [effect.id]: effect } };
  if (effect.type === 'SendTouch')
    return changed(next, effect.enrolment, (one) => ({ ...without(one, 'heldUntil', 'heldBecause'), attempt: one.attempt + 1 }));
  const { handOff } = state;
  if (handOff?.number !== effect.handOff) return next;
  if (effect.type === 'AssignRep')
    return { ...next, handOff: { ...without(handOff, 'retryAt'), assignAttempts: handOff.assignAttempts + 1 } };
  const unnotified = handOff.unnotified?.filter(({ what, clock }) => what !== effect.what || clock !== effect.clock);
  const kept = unnotified === undefined || unnotified.length === 0 ? {} : { unnotified };
  return { ...next, handOff: { ...without(handOff, 'unnotified'), ...kept, notices: (handOff.notices ?? 0) + 1 } };
}

export const touchHeld = (state: LeadState, fact: FactOf<'TouchHeld'>): LeadState =>
  changed({ ...state, at: fact.recordedAt }, fact.enrolment, (one) => ({ ...one, heldUntil: fact.until, heldBecause: fact.because }));

export function touchSent(state: LeadState, fact: FactOf<'TouchSent'>): LeadState {
  return remembered(closedTouch(state, fact), contentId(fact.content), fact.purpose, fact.recordedAt);
}

/** Counts as sent for the content memory and the cap: better one mail too few than one twice. */
export function touchUncertain(state: LeadState, fact: FactOf<'TouchUncertain'>): LeadState {
  const content = contentId(fact.content);
  const effect = state.effects[fact.effect];
  const purpose = effect?.type === 'SendTouch' ? effect.purpose : 'marketing';
  const next = remembered(closedTouch(state, fact), content, purpose, fact.recordedAt);
  return { ...next, uncertain: [...next.uncertain, fact.effect], unsure: { ...next.unsure, [fact.effect]: content } };
}

export const touchWithheld = (state: LeadState, fact: FactOf<'TouchWithheld'>): LeadState => closedTouch(state, fact);
export const touchRefused = (state: LeadState, fact: FactOf<'TouchRefused'>): LeadState => closedTouch(state, fact);

/** Not a closing: the touch stays next and is due again at `retryAt`. An expired or paused attempt is nobody's failure. */
export function touchUnavailable(state: LeadState, fact: FactOf<'TouchUnavailable'>): LeadState {
  const effect = state.effects[fact.effect];
  const next = { ...state, at: fact.recordedAt, effects: dropped(state.effects, fact.effect) };
  const failed = fact.because === 'expired' || fact.because === 'paused' ? 0 : 1;
  return changed(next, fact.enrolment, (one) => {
    if (!isNext(one, effect)) return one;
    const failures = (one.failures ?? 0) + failed;
    return { ...one, heldUntil: fact.retryAt, heldBecause: 'unavailable', ...(failures > 0 ? { failures } : {}) };
  });
}

export function settled(state: LeadState, fact: FactOf<'UncertainSettled'>): LeadState {
  const content = state.unsure?.[fact.effect];
  const unsure = state.unsure === undefined ? {} : dropped(state.unsure, fact.effect);
  const had = fact.sent || content === undefined ? state.had : dropped(state.had, content);
  const rest = { ...without(state, 'unsure'), ...given('unsure', Object.keys(unsure).length > 0 ? unsure : undefined) };
  return { ...rest, at: fact.recordedAt, uncertain: state.uncertain.filter((id) => id !== fact.effect), had };
}

type Closing = FactOf<'TouchSent' | 'TouchWithheld' | 'TouchRefused' | 'TouchUncertain'>;

/** Closes the effect and, where it was the touch that is next, goes on to the one after. */
function closedTouch(state: LeadState, fact: Closing): LeadState {
  const effect = fact.effect === undefined ? undefined : state.effects[fact.effect];
  const effects = fact.effect === undefined ? state.effects : dropped(state.effects, fact.effect);
  return changed({ ...state, at: fact.recordedAt, effects }, fact.enrolment, (one) => {
    if (fact.effect !== undefined && !isNext(one, effect)) return one;
    return { ...without(one, 'heldUntil', 'heldBecause', 'failures'), next: one.next + 1, previousAt: fact.recordedAt, attempt: 0 };
  });
}

/** Does the effect belong to the visit the enrolment is in now? */
const isNext = (enrolment: Enrolment, effect: Effect | undefined): boolean =>
  effect?.type === 'SendTouch' && effect.touchKey === touchKeyOf(effect.enrolment, enrolment, effect.touch);

function remembered(state: LeadState, content: string, purpose: 'marketing' | 'service', at: number): LeadState {
  const had = { ...state.had, [content]: at };
  if (purpose === 'service') return { ...state, had };
  return { ...state, had, sentAt: [...state.sentAt.filter((moment) => moment > at - longestCapMs), at].slice(-mostSentAt) };
}

const contentId = (ref: string): string => ref.split('@', 1)[0] ?? ref;

function changed(state: LeadState, id: string, change: (enrolment: Enrolment) => Enrolment): LeadState {
  const known = state.enrolments[id];
  return known === undefined ? state : { ...state, enrolments: { ...state.enrolments, [id]: change(known) } };
}
