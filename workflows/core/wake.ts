/** The next moment at which time alone makes a decision; exactly then `decide` concludes something. Decay wakes nobody. */
import { holds, holdsFirstAt, momentsOf } from './conditions';
import type { View } from './conditions';
import { sending, viewOf } from './deciding';
import { onceKnown } from './asks-person';
import { armedView, handOffMoments, mayBeHanded } from './hand-off-rules';
import { endOf, overAt, stopped } from './movement';
import { plannedSince } from './planned';
import type { Published } from './plan';
import { nextSign } from './qualification';
import { restsAt } from './rest';
import { nextSilence } from './silence';
import type { LeadState } from './state';
import { msOf } from './time';
import { choiceMoments } from './choices';
import type { Compiled } from './program';
import { dueStep, nextStep } from './touch-due';

/** Epoch ms on the engine's clock; `undefined`: only an input can wake the lead. Throws `UnknownRef`. */
export function nextWake(published: Published, state: LeadState): number | undefined {
  if (state.erased === true) return undefined;
  let soonest = sooner(sooner(nextSilence(published, state), nextSign(state)), restsAt(published, state, state.at));
  if (state.handOff !== undefined) for (const at of handOffMoments(state.handOff)) soonest = sooner(soonest, at);
  for (const id in state.enrolments) {
    const enrolment = state.enrolments[id];
    if (enrolment === undefined) continue;
    const view = viewOf({ published, state, now: state.at }, id, enrolment);
    soonest = sooner(soonest, ruleMoment(view));
    if (state.paused === undefined && !sending(state, id)) for (const at of clockMoments(view)) soonest = sooner(soonest, at);
  }
  return soonest;
}

const sooner = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || (b !== undefined && b < a) ? b : a;

/** The due step, or the end of its hold, the end of a choice's wait, and the end of the phase. */
function clockMoments(view: View): readonly (number | undefined)[] {
  const { enrolment, plan } = view;
  const phase = plan.phases.get(enrolment.phase);
  const due = dueStep(view);
  const next = nextStep(view);
  // A hold for sales ends by a rep's word, which is an input.
  const held = due === undefined || enrolment.heldBecause === 'hand-off' ? undefined : Math.max(due.at, enrolment.heldUntil ?? 0);
  const waited = next === undefined || due !== undefined ? undefined : waitedFor(next, view);
  const choosing = next?.kind === 'choose' ? choiceMoments(next, view) : [];
  return [held, waited, ...choosing, phase === undefined || stopped(view.state) ? undefined : endOf(phase, view)];
}

/** When silence alone makes a step due that waits for a condition. */
function waitedFor(step: Compiled, view: View): number | undefined {
  const { since } = step;
  const first = since === undefined ? undefined : holdsFirstAt(since.of, view);
  if (since === undefined || first === undefined || since.key !== undefined) return first;
  return onceKnown(plannedSince(step, first, view), step, view);
}

/** Silence and the time to rearm: the first moment at which a rule fires if nothing happens until then. */
function ruleMoment(view: View): number | undefined {
  const { plan, enrolment, state } = view;
  let soonest = overAt(view);
  if (plan.goal !== undefined) soonest = sooner(soonest, holdsFirstAt(plan.goal, view));
  for (const node of plan.exit) soonest = sooner(soonest, holdsFirstAt(node, view));
  for (const { when, key } of plan.phases.get(enrolment.phase)?.advance ?? [])
    if (enrolment.marks[key] === undefined) soonest = sooner(soonest, holdsFirstAt(when, view));
  for (const { of, key } of plan.lateSinces) if (enrolment.marks[key] === undefined) soonest = sooner(soonest, holdsFirstAt(of, view));
  if (state.handOff === undefined && mayBeHanded(state))
    for (const rule of plan.handOff) soonest = sooner(soonest, handOffMoment(rule, view));
  return soonest;
}

function handOffMoment(rule: View['plan']['handOff'][number], view: View): number | undefined {
  const silences = momentsOf(rule.when, view);
  const closes: number[] = [];
  for (const id in view.state.disarmed) {
    const at = (view.state.disarmed[id]?.at ?? 0) + (rule.rule.rearm === undefined ? 0 : msOf(rule.rule.rearm.after));
    if (at > view.now) closes.push(at);
  }
  if (silences.length === 0 && closes.length === 0) return undefined;
  return [...closes, ...silences]
    .sort((a, b) => a - b)
    .find((now) => {
      const armed = armedView(rule, { ...view, now });
      return armed !== undefined && holds(rule.when, armed);
    });
}
