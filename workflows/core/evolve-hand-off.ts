/** Folding of the hand-off: requested, offered, its clocks, the rep's words, its end. */
import type { Draft } from './draft';
import type { AssignRep, NotifyRep } from './effects';
import type { FactOf } from './facts';
import type { HandOff } from './state';
import { holdsNurture, thawed } from './thaw';
import { dropped, given, without } from './without';

export function requested(draft: Draft, fact: FactOf<'HandOffRequested'>): void {
  draft.handOff = {
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
  draft.handOffCount = fact.handOff;
  draft.disarmed = dropped(draft.disarmed, fact.rule);
  draft.resting = undefined;
}

/** An effect for the hand-off was decided. */
export function counted(draft: Draft, effect: AssignRep | NotifyRep): void {
  change(draft, effect.handOff, (one) => {
    if (effect.type === 'AssignRep') return { ...without(one, 'retryAt'), assignAttempts: one.assignAttempts + 1 };
    const unnotified = one.unnotified?.filter(({ what, clock }) => what !== effect.what || clock !== effect.clock) ?? [];
    return {
      ...without(one, 'unnotified'),
      ...given('unnotified', unnotified.length > 0 ? unnotified : undefined),
      notices: (one.notices ?? 0) + 1,
    };
  });
}

/** A rep who gets it later is reminded anew; the breach of `contactBy` stays a fact. */
export function offered(draft: Draft, fact: FactOf<'HandOffOffered'>): void {
  unask(draft, fact.handOff);
  change(draft, fact.handOff, (one) => ({
    ...without(one, 'retryAt', 'heldBy', 'again', 'unnotified', 'acceptBy'),
    ...given('acceptBy', fact.acceptBy),
    rep: fact.rep,
    offeredAt: fact.recordedAt,
    done: one.done.filter((what) => what === 'breach.contact'),
  }));
}

export function unassigned(draft: Draft, fact: FactOf<'HandOffUnassigned'>): void {
  unask(draft, fact.handOff);
  change(draft, fact.handOff, (one) => ({
    ...without(one, 'heldBy'),
    retryAt: fact.retryAt,
    ...given('heldBy', fact.because === 'hand-off-brake' ? ('brake' as const) : undefined),
    ...given('again', one.before.length > 0 ? true : undefined),
  }));
}

export function notified(draft: Draft, fact: FactOf<'RepNotified'>): void {
  draft.effects = dropped(draft.effects, fact.effect);
}

export function notNotified(draft: Draft, fact: FactOf<'RepNotNotified'>): void {
  draft.effects = dropped(draft.effects, fact.effect);
  const { retryAt } = fact;
  if (retryAt === undefined) return;
  change(draft, fact.handOff, (one) => ({
    ...one,
    unnotified: [...(one.unnotified ?? []), { what: fact.what, ...given('clock', fact.clock), retryAt }],
  }));
}

export const reminded = (draft: Draft, fact: FactOf<'HandOffReminded'>): void =>
  change(draft, fact.handOff, (one) => ({ ...one, done: [...one.done, `reminder.${fact.clock}`] }));

/** Who let the time to accept pass has had it; the next rep is asked. */
export function breached(draft: Draft, fact: FactOf<'HandOffBreached'>): void {
  change(draft, fact.handOff, (one) => {
    const breach = { ...one, done: [...one.done, `breach.${fact.clock}`] };
    if (fact.clock === 'contact' || one.rep === undefined) return breach;
    return { ...without(breach, 'rep', 'offeredAt', 'acceptBy', 'unnotified'), before: [...one.before, one.rep] };
  });
}

export function accepted(draft: Draft, fact: FactOf<'HandOffAccepted'>): void {
  unask(draft, fact.handOff);
  change(draft, fact.handOff, (one) => ({
    ...without(one, 'retryAt', 'heldBy', 'again', 'unnotified'),
    rep: fact.rep,
    acceptedAt: fact.recordedAt,
  }));
}

export const contacted = (draft: Draft, fact: FactOf<'HandOffContacted'>): void =>
  change(draft, fact.handOff, (one) => ({
    ...without(one, 'unnotified'),
    rep: fact.rep,
    acceptedAt: one.acceptedAt ?? fact.recordedAt,
    contactedAt: fact.recordedAt,
  }));

/** The rule stays disarmed until it is rearmed: by points, time and engagement after this moment. */
export function closed(draft: Draft, { handOff: number, recordedAt, undone }: FactOf<'HandOffClosed'>): void {
  const { handOff } = draft;
  if (handOff?.number !== number) return;
  unask(draft, number);
  if (holdsNurture(draft)) draft.enrolments = thawed(draft.enrolments, handOff.requestedAt, recordedAt, draft.paused?.at);
  const points = draft.scores[handOff.model ?? '']?.total ?? 0;
  const disarmed = undone === undefined ? { points, at: recordedAt, engaged: false } : undone.disarmed;
  if (disarmed !== undefined) draft.disarmed = { ...draft.disarmed, [handOff.rule]: disarmed };
  draft.handOff = undefined;
}

/** The question for a rep is answered or moot. Messages to reps stay open until they end, so that each is counted. */
function unask(draft: Draft, handOff: number): void {
  for (const effect of Object.values(draft.effects)) {
    if (effect.type === 'AssignRep' && effect.handOff === handOff) draft.effects = dropped(draft.effects, effect.id);
  }
}

function change(draft: Draft, number: number, changed: (handOff: HandOff) => HandOff): void {
  if (draft.handOff?.number === number) draft.handOff = changed(draft.handOff);
}
