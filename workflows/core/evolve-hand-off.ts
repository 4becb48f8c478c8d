/** Folding of the hand-off: requested, offered, its clocks, the rep's words, its end. */
import type { Effect } from './effects';
import type { FactOf } from './facts';
import type { HandOff, LeadState } from './state';
import { dropped, given, without } from './without';

export function requested(state: LeadState, fact: FactOf<'HandOffRequested'>): LeadState {
  const handOff: HandOff = {
    number: fact.handOff,
    rule: fact.rule,
    enrolment: fact.enrolment,
    during: fact.during ?? 'hold',
    why: fact.why,
    requestedAt: fact.recordedAt,
    ...given('acceptBy', fact.acceptBy),
    ...given('acceptFor', fact.acceptBy === undefined ? undefined : fact.acceptBy - fact.recordedAt),
    contactBy: fact.contactBy,
    before: [],
    done: [],
    assignAttempts: 0,
    ...given('model', fact.model),
  };
  const woken = state.resting === true ? without(state, 'resting') : state;
  return { ...woken, at: fact.recordedAt, handOff, handOffCount: fact.handOff, disarmed: dropped(state.disarmed, fact.rule) };
}

/** A rep who gets it later is reminded anew; the breach of `contactBy` stays a fact. */
export const offered = (state: LeadState, fact: FactOf<'HandOffOffered'>): LeadState =>
  changed(unasked(state, fact.handOff), fact, (one) => ({
    ...without(one, 'retryAt', 'again', 'unnotified', 'acceptBy'),
    ...given('acceptBy', fact.acceptBy),
    rep: fact.rep,
    offeredAt: fact.recordedAt,
    done: one.done.filter((what) => what === 'breach.contact'),
  }));

export const unassigned = (state: LeadState, fact: FactOf<'HandOffUnassigned'>): LeadState =>
  changed(unasked(state, fact.handOff), fact, (one) => ({
    ...one,
    retryAt: fact.retryAt,
    ...given('again', one.before.length > 0 ? true : undefined),
  }));

export const notified = (state: LeadState, fact: FactOf<'RepNotified'>): LeadState => ({
  ...state,
  at: fact.recordedAt,
  effects: dropped(state.effects, fact.effect),
});

export function notNotified(state: LeadState, fact: FactOf<'RepNotNotified'>): LeadState {
  const next = { ...state, at: fact.recordedAt, effects: dropped(state.effects, fact.effect) };
  const { retryAt } = fact;
  if (retryAt === undefined) return next;
  return changed(next, fact, (one) => ({
    ...one,
    unnotified: [...(one.unnotified ?? []), { what: fact.what, ...given('clock', fact.clock), retryAt }],
  }));
}

export const reminded = (state: LeadState, fact: FactOf<'HandOffReminded'>): LeadState =>
  changed(state, fact, (one) => ({ ...one, done: [...one.done, `reminder.${fact.clock}`] }));

/** Who let the time to accept pass has had it; the next rep is asked. */
export const breached = (state: LeadState, fact: FactOf<'HandOffBreached'>): LeadState =>
  changed(state, fact, (one) => {
    const breachedOne = { ...one, done: [...one.done, `breach.${fact.clock}`] };
    if (fact.clock === 'contact' || one.rep === undefined) return breachedOne;
    return { ...without(breachedOne, 'rep', 'offeredAt', 'acceptBy', 'unnotified'), before: [...one.before, one.rep] };
  });

export const accepted = (state: LeadState, fact: FactOf<'HandOffAccepted'>): LeadState =>
  changed(unasked(state, fact.handOff), fact, (one) => ({
    ...without(one, 'retryAt', 'again', 'unnotified'),
    rep: fact.rep,
    acceptedAt: fact.recordedAt,
  }));

export const contacted = (state: LeadState, fact: FactOf<'HandOffContacted'>): LeadState =>
  changed(state, fact, (one) => ({
    ...without(one, 'unnotified'),
    rep: fact.rep,
    acceptedAt: one.acceptedAt ?? fact.recordedAt,
    contactedAt: fact.recordedAt,
  }));

/** The rule stays disarmed until it is rearmed: by points, time and engagement after this moment. */
export function closed(state: LeadState, fact: FactOf<'HandOffClosed'>): LeadState {
  const { handOff } = state;
  if (handOff?.number !== fact.handOff) return { ...state, at: fact.recordedAt };
  const points = state.scores[handOff.model ?? '']?.total ?? 0;
  const disarmed = { ...state.disarmed, [handOff.rule]: { points, at: fact.recordedAt, engaged: false } };
  return { ...without(unasked(state, fact.handOff), 'handOff'), at: fact.recordedAt, disarmed };
}

/** The question for a rep is answered or moot. Messages to reps stay open until they end, so that each is counted. */
function unasked(state: LeadState, handOff: number): LeadState {
  const asks = (effect: Effect): boolean => effect.type === 'AssignRep' && effect.handOff === handOff;
  const effects = Object.entries(state.effects).filter(([, effect]) => !asks(effect));
  return effects.length === Object.keys(state.effects).length ? state : { ...state, effects: Object.fromEntries(effects) };
}

function changed(
  state: LeadState,
  fact: { readonly handOff: number; readonly recordedAt: number },
  change: (handOff: HandOff) => HandOff,
): LeadState {
  const { handOff } = state;
  const next = { ...state, at: fact.recordedAt };
  return handOff?.number === fact.handOff ? { ...next, handOff: change(handOff) } : next;
}
