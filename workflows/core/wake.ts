/** The next moment at which time alone makes a decision; exactly then `decide` concludes something. Decay wakes nobody. */
import { holds, holdsFirstAt, momentsOf } from './conditions';
import type { View } from './conditions';
import { sending, viewOf } from './deciding';
import { armedView, handOffMoments, mayBeHanded } from './hand-off-rules';
import { endOf, stopped } from './movement';
import type { Published } from './plan';
import { restsAt } from './rest';
import type { LeadState } from './state';
import { msOf } from './time';
import { choiceMoments } from './choices';
import type { CompiledChoice, CompiledStep } from './program';
import { dueStep, nextStep } from './touch-due';

/** Epoch ms on the engine's clock; `undefined`: only an input can wake the lead. Throws `UnknownRef`. */
export function nextWake(published: Published, state: LeadState): number | undefined {
  if (state.erased === true) return undefined;
  const moments: (number | undefined)[] = [restsAt(state, published.settings, state.at)];
  if (state.handOff !== undefined) moments.push(...handOffMoments(state.handOff));
  for (const [id, enrolment] of Object.entries(state.enrolments)) {
    const view = viewOf({ published, state, now: state.at }, id, enrolment);
    moments.push(...ruleMoments(view));
    if (state.paused === undefined && !sending(state, id)) moments.push(...clockMoments(view));
  }
  const known = moments.filter((at) => at !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

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
  return [held, waited, ...choosing, phase === undefined || stopped(view.state) ? undefined : endOf(phase, enrolment)];
}

/** When silence alone makes a step due that waits for a condition. */
function waitedFor({ since, afterMs }: CompiledStep | CompiledChoice, view: View): number | undefined {
  const first = since === undefined ? undefined : holdsFirstAt(since.of, view);
  if (since === undefined || first === undefined || since.key !== undefined) return first;
  return Math.max(first + afterMs, view.enrolment.previousAt);
}

/** Silence and the time to rearm: the moments at which a rule fires if nothing happens until then. */
function ruleMoments(view: View): readonly (number | undefined)[] {
  const { plan, enrolment, state } = view;
  const leaving = [plan.goal, ...plan.exit].map((node) => (node === undefined ? undefined : holdsFirstAt(node, view)));
  const advancing = (plan.phases.get(enrolment.phase)?.advance ?? []).map(({ when, key }) =>
    enrolment.marks[key] === undefined ? holdsFirstAt(when, view) : undefined,
  );
  const remembering = plan.lateSinces.map(({ of, key }) => (enrolment.marks[key] === undefined ? holdsFirstAt(of, view) : undefined));
  const handing = state.handOff === undefined && mayBeHanded(state) ? plan.handOff.map((rule) => handOffMoment(rule, view)) : [];
  return [...leaving, ...advancing, ...remembering, ...handing];
}

function handOffMoment(rule: View['plan']['handOff'][number], view: View): number | undefined {
  const closes = Object.values(view.state.disarmed).map(({ at }) => at + (rule.rule.rearm === undefined ? 0 : msOf(rule.rule.rearm.after)));
  const moments = [...closes.filter((at) => at > view.now), ...momentsOf(rule.when, view)].sort((a, b) => a - b);
  return moments.find((now) => {
    const armed = armedView(rule, { ...view, now });
    return armed !== undefined && holds(rule.when, armed);
  });
}
