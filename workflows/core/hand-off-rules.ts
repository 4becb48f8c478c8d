/** When a person is handed to sales, and the clocks that run then. `contactBy` runs from the request; nothing restarts it. */
import type { CompiledHandOff } from './compile';
import { holds } from './conditions';
import type { View } from './conditions';
import { conclude, viewsOf } from './deciding';
import type { Deciding } from './deciding';
import { closeHandOff } from './hand-off-words';
import { qualify } from './qualification';
import { duringOf } from './presets';
import { evidence } from './sayings';
import { notify } from './notify';
import { gradeOf, readScore } from './score';
import type { HandOff, LeadState } from './state';
import { msOf } from './time';
import { given } from './without';

/** One open hand-off per person; none while an operator holds the lead. */
export function requestHandOff(deciding: Deciding): void {
  const { state } = deciding;
  if (state.handOff !== undefined || !mayBeHanded(state)) return;
  for (const view of viewsOf(deciding)) {
    for (const rule of view.plan.handOff) {
      const armed = armedView(rule, view);
      if (armed !== undefined && holds(rule.when, armed)) return request(deciding, view.id, rule, armed);
    }
  }
}

export const mayBeHanded = (state: LeadState): boolean => state.paused === undefined && state.suppressed.all === undefined;

/**
 * What the rule may look at; `undefined` while it is disarmed. After a close every rule of the person waits for engagement; one with `rearm` also for points and time;
 * one that names events counts only those after the close; one that does neither does not fire twice.
 */
export function armedView({ rule, id, asks }: CompiledHandOff, view: View): View | undefined {
  const { state } = view;
  const own = state.disarmed[id];
  const closed = own ?? lastClosed(state);
  if (closed === undefined) return view;
  if (!closed.engaged) return undefined;
  if (rule.rearm !== undefined) {
    const gained = (state.scores[view.plan.plan.model]?.total ?? 0) - closed.points;
    return gained >= rule.rearm.points * 1000 && view.now - closed.at >= msOf(rule.rearm.after) ? view : undefined;
  }
  if (asks) return { ...view, floorAt: closed.at };
  return own === undefined ? view : undefined;
}

function lastClosed({ disarmed }: LeadState): LeadState['disarmed'][string] | undefined {
  let last: LeadState['disarmed'][string] | undefined;
  for (const rule in disarmed) {
    const one = disarmed[rule];
    if (one !== undefined && (last === undefined || one.at > last.at)) last = one;
  }
  return last;
}

function request(deciding: Deciding, enrolment: string, { rule, id, when }: CompiledHandOff, view: View): void {
  const { plan } = view.plan;
  const aggregate = view.state.scores[plan.model];
  const why = `${plan.id}, rule ${rule.name}: ${evidence(when, view)}. Score ${readScore(aggregate)}, grade ${gradeOf(aggregate)}.`;
  const number = deciding.state.handOffCount + 1;
  const { now } = deciding;
  conclude(deciding, {
    type: 'HandOffRequested',
    handOff: number,
    rule: id,
    enrolment,
    why,
    ...given('acceptBy', rule.sla.accept === undefined ? undefined : now + msOf(rule.sla.accept)),
    contactBy: now + msOf(rule.sla.contact),
    during: rule.during ?? duringOf(plan.programme),
    model: plan.model,
  });
  qualify(deciding, 'sql', `hand-off ${number} requested by ${id}`);
}

/** Asks for reps, reminds, notes breaches, and takes the hand-off back when the person must not be contacted. */
export function runHandOff(deciding: Deciding): void {
  const { handOff } = deciding.state;
  if (handOff === undefined) return;
  if (deciding.state.suppressed.all !== undefined)
    return closeHandOff(deciding, 'withdrawn', `suppressed: ${deciding.state.suppressed.all}`);
  assign(deciding, handOff);
  remind(deciding, handOff, 'accept');
  remind(deciding, handOff, 'contact');
  breach(deciding, handOff, 'accept');
  breach(deciding, handOff, 'contact');
  for (const note of handOff.unnotified ?? []) if (note.retryAt <= deciding.now) notify(deciding, note.what, note.clock);
}

/** Asks for a rep now, whenever it was to be asked again. */
export function askAgain(deciding: Deciding): void {
  const { handOff } = deciding.state;
  if (handOff !== undefined) assign(deciding, { ...handOff, retryAt: deciding.now });
}

function assign(deciding: Deciding, handOff: HandOff): void {
  const { now, state } = deciding;
  if (handOff.rep !== undefined || (handOff.retryAt ?? 0) > now) return;
  if (Object.values(state.effects).some(({ type }) => type === 'AssignRep')) return;
  const { number, rule, acceptFor, contactBy, before, again } = handOff;
  const id = `h${number}.assign.${handOff.assignAttempts + 1}`;
  const acceptBy = given('acceptBy', acceptFor === undefined ? undefined : now + acceptFor);
  conclude(deciding, {
    type: 'EffectDecided',
    effect: { type: 'AssignRep', id, handOff: number, rule, not: again === true ? [] : before, ...acceptBy, contactBy },
  });
}

type Clock = 'accept' | 'contact';
const breachOf = { accept: 'breach.accept', contact: 'breach.contact' } as const;
const reminderOf = { accept: 'reminder.accept', contact: 'reminder.contact' } as const;

/** End of a clock that still runs. */
function endOfClock(handOff: HandOff, clock: Clock): number | undefined {
  if (handOff.contactedAt !== undefined || handOff.done.includes(breachOf[clock])) return undefined;
  if (clock === 'contact') return handOff.contactBy;
  return handOff.acceptedAt === undefined && handOff.rep !== undefined ? handOff.acceptBy : undefined;
}

/** Half-way between the offer and the end, for the rep who has it. */
function reminderAt(handOff: HandOff, clock: Clock): number | undefined {
  const end = endOfClock(handOff, clock);
  const { offeredAt, rep } = handOff;
  if (end === undefined || rep === undefined || offeredAt === undefined || end <= offeredAt || handOff.done.includes(reminderOf[clock]))
    return undefined;
  return offeredAt + Math.floor((end - offeredAt) / 2);
}

function remind(deciding: Deciding, handOff: HandOff, clock: Clock): void {
  const at = reminderAt(handOff, clock);
  const end = endOfClock(handOff, clock);
  if (at === undefined || at > deciding.now || (end ?? 0) <= deciding.now) return;
  conclude(deciding, { type: 'HandOffReminded', handOff: handOff.number, clock });
  notify(deciding, 'reminder', clock);
}

function breach(deciding: Deciding, handOff: HandOff, clock: Clock): void {
  const end = endOfClock(handOff, clock);
  if (end === undefined || end > deciding.now) return;
  conclude(deciding, { type: 'HandOffBreached', handOff: handOff.number, clock });
  notify(deciding, 'breach', clock, handOff.rep);
}

/** Later moments at which the hand-off asks for something. */
export function handOffMoments(handOff: HandOff): readonly number[] {
  const retry = handOff.rep === undefined ? handOff.retryAt : undefined;
  const clocks = (['accept', 'contact'] as const).flatMap((clock) => [reminderAt(handOff, clock), endOfClock(handOff, clock)]);
  return [retry, ...clocks, ...(handOff.unnotified ?? []).map(({ retryAt }) => retryAt)].filter((at) => at !== undefined);
}
