/** What the person may be sent, over all enrolments: suppression, consent, hand-off, one at a time, cap, quiet hours. Knows no transport. */
import type { Channel } from '../../events/stripped';
import type { LocalClock } from './calendar';
import { changeIn, clockOf, timeOfDay } from './calendar';
import type { CompiledPlan } from './compile';
import type { Purpose, SendTouch } from './effects';
import type { WithheldBecause } from './facts';
import type { Published, Settings } from './plan';
import type { Enrolment, LeadState } from './state';
import { dayMs, msOf } from './time';

export type HeldBecause = 'cap' | 'quiet-hours' | 'hand-off' | 'priority' | 'profile' | 'local-time';
export type Verdict =
  | { readonly as: 'free' }
  | { readonly as: 'withheld'; readonly because: WithheldBecause }
  /** For `hand-off` only a rep's word ends it, whatever `until` says; for `priority` it is looked at again then. */
  | { readonly as: 'held'; readonly until: number; readonly because: HeldBecause };

/** Reasons of a suppression that only closes marketing: a refused channel, not a person never to be contacted. */
const optOut = 'unsubscribed';
const hourMs = 3_600_000;

export function suppressedFor(state: LeadState, channel: Channel, purpose: Purpose): boolean {
  if (state.suppressed.all !== undefined) return true;
  const reason = state.suppressed[channel];
  return reason !== undefined && !(purpose === 'service' && reason === optOut);
}

/** Nothing of the plan could be sent or done any more. */
export function closedTo(state: LeadState, plan: CompiledPlan): boolean {
  return suppressedFor(state, 'email', 'service') || (!plan.outlivesOptOut && suppressedFor(state, 'email', 'marketing'));
}

/** May a touch of that purpose go now? */
export function verdictOn(published: Published, state: LeadState, enrolment: Enrolment, purpose: Purpose, now: number): Verdict {
  if (suppressedFor(state, 'email', purpose)) return { as: 'withheld', because: 'suppressed' };
  if (purpose === 'service') return { as: 'free' };
  // Enrolment and profile come by different roads; the first may be a moment ahead.
  if (state.profileVersion === 0 && now < enrolment.phaseAt + dayMs)
    return { as: 'held', until: enrolment.phaseAt + dayMs, because: 'profile' };
  if (state.consent.email !== 'granted') return { as: 'withheld', because: 'consent' };
  if (state.handOff?.during === 'hold') return { as: 'held', until: Math.max(state.handOff.contactBy, now), because: 'hand-off' };
  const under = marketingUnderWay(state);
  if (under !== undefined) return { as: 'held', until: under.notAfter > now ? under.notAfter : now + hourMs, because: 'priority' };
  return free(published, state, now);
}

/** One marketing send at a time: the cap counts what went, so nothing may be on its way while it is read. */
function marketingUnderWay(state: LeadState): SendTouch | undefined {
  for (const id in state.effects) {
    const effect = state.effects[id];
    if (effect?.type === 'SendTouch' && effect.purpose === 'marketing') return effect;
  }
  return undefined;
}

function free(published: Published, state: LeadState, now: number): Verdict {
  const capUntil = capFreeAt(published.settings.cap, state.sentAt, now);
  const until = quietUntil(published, state, capUntil) ?? capUntil;
  if (until === now) return { as: 'free' };
  return { as: 'held', until, because: capUntil > now ? 'cap' : 'quiet-hours' };
}

/** The first moment from `now` on at which the cap allows one more. */
export function capFreeAt(cap: Settings['cap'], sentAt: readonly number[], now: number): number {
  const per = msOf(cap.per);
  const recent = sentAt.filter((at) => at > now - per);
  if (recent.length < cap.touches) return now;
  return (recent[recent.length - cap.touches] ?? now) + per;
}

/** End of the quiet hours that `at` falls in, by the lead's clock; `undefined` outside of them. */
export function quietUntil(published: Published, state: LeadState, at: number): number | undefined {
  const { from, to } = published.settings.quietHours;
  if (from === to) return undefined;
  const clock = clockOf(published, state);
  const quiet = (moment: number): boolean => isNight(clock, moment, { from, to });
  return quiet(at) ? firstMoment(clock, at, to, (moment) => !quiet(moment)) : undefined;
}

/** A send not made by then waits for the next day: the start of the quiet hours, or a day. */
export function sendBefore(published: Published, state: LeadState, purpose: Purpose, now: number): number {
  const { from, to } = published.settings.quietHours;
  if (purpose === 'service' || from === to) return now + dayMs;
  const clock = clockOf(published, state);
  return Math.min(
    now + dayMs,
    firstMoment(clock, now, from, (moment) => isNight(clock, moment, { from, to })),
  );
}

type Night = Pick<Settings['quietHours'], 'from' | 'to'>;

function isNight(clock: LocalClock, at: number, { from, to }: Night): boolean {
  const hour = timeOfDay(clock, at) / hourMs;
  return from < to ? hour >= from && hour < to : hour >= from || hour < to;
}

/** The first moment after `at` that is as wanted: when the clock comes to that hour, or a change of the clocks brings it there. */
function firstMoment(clock: LocalClock, at: number, hour: number, wanted: (at: number) => boolean): number {
  const ahead = (hour * hourMs - timeOfDay(clock, at) + dayMs) % dayMs;
  const end = at + (ahead === 0 ? dayMs : ahead);
  if (clock(end) === clock(at)) return end;
  const change = changeIn(clock, at, end);
  return wanted(change) ? change : firstMoment(clock, change, hour, wanted);
}
