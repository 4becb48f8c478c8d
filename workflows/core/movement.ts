/** How an enrolment moves: to the next phase, to another sequence, to its end. What was due and still waits is closed on the way. */
import { clockOf } from './calendar';
import { endOfMoment } from './civil';
import type { CompiledPhase } from './compile';
import type { Node } from './compile-condition';
import { holds } from './conditions';
import type { View } from './conditions';
import { conclude, planOf, sending, viewOf, viewsOf } from './deciding';
import type { Deciding } from './deciding';
import { enrol } from './enrol';
import { closedTo } from './governor';
import type { WithheldBecause } from './facts';
import { momentAt } from './planned';
import { isCustomer } from './qualification';
import { evidence } from './sayings';
import type { Enrolment, LeadState } from './state';
import { holdsNurture } from './thaw';
import { contentOf } from './content-of';
import { dueStep } from './touch-due';
import { changeVersion } from './versions';
import { given } from './without';

/** Ends every enrolment whose goal is reached, whose exit holds, or that may not go on. */
export function leaveAll(deciding: Deciding): void {
  for (const view of viewsOf(deciding)) {
    remember(deciding, view.id, view);
    leaves(deciding, view.id, view);
  }
}

/** Moves every enrolment as far as its conditions and clocks say. */
export function moveAll(deciding: Deciding): void {
  for (const view of viewsOf(deciding)) {
    // Another one may have ended it just now.
    if (deciding.state.enrolments[view.id] === undefined) continue;
    if (!advances(deciding, view.id, view)) exhausts(deciding, view.id, view);
  }
}

/** First moments that cannot be told from marks later. */
function remember(deciding: Deciding, id: string, view: View): void {
  for (const { of, key } of view.plan.lateSinces) {
    if (view.enrolment.marks[key] === undefined && holds(of, view))
      conclude(deciding, { type: 'ConditionsProgressed', enrolment: id, marks: [[key, deciding.now]] });
  }
}

function leaves(deciding: Deciding, id: string, view: View): void {
  const { plan, state } = view;
  const why = leavesBecause(view);
  if (why !== undefined) endEnrolment(deciding, id, why);
  else if (closedTo(state, plan)) endEnrolment(deciding, id, `suppressed: ${state.suppressed.all ?? state.suppressed.email ?? ''}`);
  else if (plan.plan.for === 'leads' && isCustomer(state)) endEnrolment(deciding, id, 'became a customer');
}

function leavesBecause(view: View): string | undefined {
  const { goal, exit } = view.plan;
  if (goal !== undefined && holds(goal, view)) return `goal: ${evidence(goal, view)}`;
  const left: Node | undefined = exit.find((condition) => holds(condition, view));
  if (left !== undefined) return `exit: ${evidence(left, view)}`;
  return view.now >= (overAt(view) ?? Infinity) ? `the sequence ended (${view.plan.plan.until ?? ''})` : undefined;
}

function advances(deciding: Deciding, id: string, view: View): boolean {
  const phase = view.plan.phases.get(view.enrolment.phase);
  for (const { rule, when, key } of phase?.advance ?? []) {
    if (view.enrolment.marks[key] !== undefined || !holds(when, view)) continue;
    const because = evidence(when, view);
    if (rule.start === undefined) endOthers(deciding, view, rule.endOther, because);
    if (rule.to !== undefined) {
      enterPhase(deciding, id, rule.to, because);
      return true;
    }
    if (rule.start !== undefined) {
      // Who was there before, or is there now, goes on here.
      if (start(deciding, view.enrolment, rule.start, because) !== undefined) continue;
      endOthers(deciding, view, rule.endOther, because);
      conclude(deciding, { type: 'ConditionsProgressed', enrolment: id, marks: [[key, deciding.now]] });
      if (rule.stay === true) continue;
    }
    if (rule.start === undefined && rule.end === undefined) {
      conclude(deciding, { type: 'ConditionsProgressed', enrolment: id, marks: [[key, deciding.now]] });
      continue;
    }
    endEnrolment(deciding, id, rule.end ?? `started ${rule.start ?? ''}: ${because}`);
    return true;
  }
  return false;
}

/** Ends what the person has open in the other sequence. */
function endOthers(deciding: Deciding, { id, plan }: View, sequence: string | undefined, because: string): void {
  if (sequence === undefined) return;
  for (const [other, { sequence: ref }] of Object.entries(deciding.state.enrolments))
    if (other !== id && ref.split('@', 1)[0] === sequence) endEnrolment(deciding, other, `ended by ${plan.plan.id}: ${because}`);
}

/** Not during a pause or a hand-off that holds nurture, nor before a send under way has ended. */
function exhausts(deciding: Deciding, id: string, view: View): void {
  const { enrolment, plan, now, state } = view;
  const phase = plan.phases.get(enrolment.phase);
  if (phase === undefined || stopped(state) || now < endOf(phase, view) || sending(state, id)) return;
  withholdDue(deciding, id);
  conclude(deciding, { type: 'PlanExhausted', enrolment: id, phase: phase.name });
  const { to, start: next } = phase.phase.exhausted ?? {};
  if (to !== undefined) return enterPhase(deciding, id, to, `phase ${phase.name} ran out`);
  const refused = next === undefined ? undefined : start(deciding, enrolment, next, `${plan.plan.id} ran out`);
  endEnrolment(deciding, id, refused === undefined ? 'ran out' : `ran out: ${next ?? ''} was not begun: ${refused}`);
}

export const stopped = (state: LeadState): boolean => state.paused !== undefined || holdsNurture(state);

/** When the phase runs out: so long after entry, or at a date that comes first. */
export function endOf(phase: CompiledPhase, view: View): number {
  const end = view.enrolment.phaseAt + phase.exhaustedAfterMs;
  if (phase.exhaustedAt === undefined) return end;
  return Math.min(end, momentAt(phase.exhaustedAt, view, clockOf(view.published, view.state)) ?? end);
}

/** When the whole sequence is over; whoever is in it then leaves. */
export const overAt = ({ plan, published, state }: View): number | undefined =>
  plan.plan.until === undefined ? undefined : endOfMoment(plan.plan.until, clockOf(published, state));

/** Why the other sequence was not begun, in a sentence; `undefined` where it was. */
function start(deciding: Deciding, from: Enrolment, sequence: string, because: string): string | undefined {
  const next = deciding.published.currentPlan(sequence);
  if (next === undefined) return `There is no published sequence "${sequence}".`;
  const made = enrol(deciding, {
    ...next,
    campaign: from.campaign,
    data: from.data,
    because: `${from.sequence.split('#', 1)[0]}: ${because}`,
  });
  return 'refused' in made ? made.refused : undefined;
}

export function enterPhase(deciding: Deciding, id: string, phase: string, because: string): void {
  const enrolment = deciding.state.enrolments[id];
  if (enrolment === undefined) return;
  withholdDue(deciding, id);
  const entered = changeVersion(deciding, id, phase) ?? phase;
  const { stage } = planOf(deciding.published, deciding.state.enrolments[id] ?? enrolment).plan.phases[entered] ?? {};
  conclude(deciding, { type: 'PhaseEntered', enrolment: id, phase: entered, ...given('stage', stage), because });
}

export function endEnrolment(deciding: Deciding, id: string, because: string): void {
  withholdDue(deciding, id);
  conclude(deciding, { type: 'EnrolmentEnded', enrolment: id, because });
}

const closings: Readonly<Record<string, WithheldBecause>> = {
  cap: 'cap',
  'quiet-hours': 'quiet-hours',
  'hand-off': 'hand-off',
  unavailable: 'unavailable',
  'sending-stopped': 'stopped',
  'campaign-paused': 'stopped',
};

/** A touch that was due and waited is accounted for when its phase is left. One under way ends by its own outcome. */
function withholdDue(deciding: Deciding, id: string): void {
  const enrolment = deciding.state.enrolments[id];
  if (enrolment === undefined || sending(deciding.state, id)) return;
  const due = dueStep(viewOf(deciding, id, enrolment));
  if (due === undefined || due.plannedAt > deciding.now) return;
  const { step } = due.step;
  const because = closings[enrolment.heldBecause ?? ''] ?? (deciding.state.paused === undefined ? 'moved' : 'paused');
  const content = step.kind === undefined ? contentOf(deciding, step, enrolment).ref : step.id;
  conclude(deciding, { type: 'TouchWithheld', enrolment: id, touch: step.id, content, because, ...given('campaign', enrolment.campaign) });
}
