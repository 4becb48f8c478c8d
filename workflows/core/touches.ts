/** Due touches: sent, withheld with a reason, or held until a moment. One marketing touch a decision; service first, then the earliest due. */
import { clockOf, fits, nextLocal } from './calendar';
import type { CompiledPlan } from './compile';
import type { CompiledStep } from './program';
import { holds } from './conditions';
import { hadBy, hadMinute } from './content-memory';
import type { View } from './conditions';
import { conclude, sending, viewOf, viewsOf } from './deciding';
import type { Deciding } from './deciding';
import type { SendTouch } from './effects';
import type { WithheldBecause } from './facts';
import { inviteOf } from './invite';
import { sendBefore, verdictOn } from './governor';
import type { HeldBecause, Verdict } from './governor';
import { inCohort } from './lots';
import { isPast, lastMomentOf } from './planned';
import type { Touch } from './plan';
import { contentOf } from './content-of';
import { nextPiece } from './pool';
import { dueStep } from './touch-due';
import type { Enrolment } from './state';
import { touchKeyOf } from './touch-key';
import { epochMinute, msOf } from './time';
import { given } from './without';

type Candidate = {
  readonly id: string;
  readonly step: CompiledStep;
  readonly at: number;
  readonly plan: CompiledPlan;
  /** Where steps at dates follow: when it was due. */
  readonly due: { readonly dueAt?: number };
};

export function touchAll(deciding: Deciding): void {
  if (deciding.state.paused !== undefined) return;
  const due = candidates(deciding);
  if (due.length > 1) due.sort(byPriority);
  for (const candidate of due) touchOne(deciding, candidate);
}

function candidates(deciding: Deciding): Candidate[] {
  const due: Candidate[] = [];
  for (const view of viewsOf(deciding)) {
    const next = dueStep(view);
    if (next?.step.kind === 'step' && next.at <= deciding.now && !sending(deciding.state, view.id))
      due.push({ id: view.id, step: next.step, at: next.plannedAt, plan: view.plan, due: dueBefore(next.plannedAt, view) });
  }
  return due;
}

export const dueBefore = (at: number, { plan, enrolment, now }: View): { readonly dueAt?: number } =>
  at < now && plan.phases.get(enrolment.phase)?.dated === true ? { dueAt: at } : {};

function byPriority(a: Candidate, b: Candidate): number {
  if (a.step.step.purpose !== b.step.step.purpose) return a.step.step.purpose === 'service' ? -1 : 1;
  return priorityOf(b) - priorityOf(a) || a.at - b.at || numberOf(a.id) - numberOf(b.id);
}
const priorityOf = ({ step: { step }, plan: { plan } }: Candidate): number => step.priority ?? plan.priority ?? 0;
const numberOf = (enrolment: string): number => Number(enrolment.slice(1));

function touchOne(deciding: Deciding, candidate: Candidate): void {
  const { id, step, plan, due } = candidate;
  const enrolment = deciding.state.enrolments[id];
  if (enrolment === undefined) return;
  const view = viewOf(deciding, id, enrolment, plan);
  if (step.step.pool !== undefined && nextPiece(deciding.published, deciding.state, step.step.pool) === undefined)
    return conclude(deciding, { type: 'PoolRanDry', enrolment: id, touch: step.step.id, goesOn: step.step.pool.dry === 'next' });
  const unwanted = unwantedBecause(deciding, step, view);
  if (unwanted !== undefined) return withhold(deciding, candidate, unwanted);
  const verdict = inTime(verdictOn(deciding.published, deciding.state, enrolment, step.step.purpose, deciding.now), step, view);
  if (verdict.as === 'withheld') return withhold(deciding, candidate, verdict.because);
  if (isHeldOut(step, view)) return withhold(deciding, candidate, 'holdout');
  if (verdict.as === 'free') return send(deciding, candidate, view);
  if (verdict.because === 'cap' || verdict.because === 'quiet-hours') {
    const then = verdict.because === 'cap' ? step.step.ifCapped : step.step.ifQuiet;
    if (then === 'skip') return withhold(deciding, candidate, verdict.because);
    if (typeof then === 'object' && enrolment.instead === undefined)
      conclude(deciding, { type: 'TouchReplaced', enrolment: id, touch: step.step.id, content: then.replace, because: verdict.because });
  }
  if (stands(enrolment, verdict, deciding.now)) return;
  conclude(deciding, { type: 'TouchHeld', enrolment: id, touch: step.step.id, until: verdict.until, because: verdict.because, ...due });
}

/** Is the person in the control group of the sequence? */
const isHeldOut = ({ step }: CompiledStep, { plan: { plan }, state }: View): boolean =>
  plan.holdout !== undefined && step.purpose === 'marketing' && inCohort(state.leadId, plan.holdout);

/** A step at a local time that was held beyond that day waits for the next such time. */
function inTime(verdict: Verdict, { on }: CompiledStep, { published, state, now }: View): Verdict {
  if (on === undefined || verdict.as !== 'free') return verdict;
  const clock = clockOf(published, state);
  return fits(clock, now, on) ? verdict : { as: 'held', until: nextLocal(clock, now, on), because: 'local-time' };
}

/** Is the hold the one the log already tells of? A cap that ends in the night holds until the morning; that the night holds by then is nothing new. */
function stands({ heldUntil = 0, heldBecause }: Enrolment, { because, until }: Hold, now: number): boolean {
  if (heldBecause !== because) return heldUntil === until && heldBecause === 'cap' && because === 'quiet-hours';
  return heldUntil === until || because === 'hand-off' || (because === 'priority' && heldUntil > now);
}
type Hold = { readonly because: HeldBecause; readonly until: number };

/** What the plan itself says against it, at the moment it is due. */
function unwantedBecause(deciding: Deciding, compiled: CompiledStep, view: View): WithheldBecause | undefined {
  const { step, when, unless } = compiled;
  if (isPast(compiled, view)) return 'past';
  if (when !== undefined && !holds(when, view)) return 'condition';
  if (unless !== undefined && holds(unless, view)) return 'condition';
  if (step.attach !== undefined && inviteOf(step, view) === undefined) return 'template-field-missing';
  return isRepeated(deciding, contentOf(deciding, step, view.enrolment).id, step.repeatable, view) ? 'repeated' : undefined;
}

/** Has the person had the content, and may it not go again yet? Of enrolments side by side each may send it once. */
function isRepeated({ state, now }: Deciding, content: string, repeatable: Touch['repeatable'], { id, enrolment }: View): boolean {
  const hadAt = hadMinute(state.had, content);
  if (hadAt === undefined || repeatable === undefined) return hadAt !== undefined;
  if (repeatable !== 'per enrolment') return hadAt >= epochMinute(now - msOf(repeatable) + 1);
  const by = hadBy(state.had, content);
  return by.length > 0 && enrolment.key !== undefined ? by.includes(id) : hadAt >= epochMinute(enrolment.enrolledAt);
}

function withhold(deciding: Deciding, { id, step: { step: touch }, due }: Candidate, because: WithheldBecause): void {
  const enrolment = deciding.state.enrolments[id];
  if (enrolment === undefined) return;
  conclude(deciding, {
    type: 'TouchWithheld',
    enrolment: id,
    touch: touch.id,
    content: contentOf(deciding, touch, enrolment).ref,
    because,
    ...(touch.pool === undefined ? {} : { pool: true }),
    ...given('campaign', enrolment.campaign),
    ...due,
  });
}

function send(deciding: Deciding, { id, step, due }: Candidate, view: View): void {
  const { step: touch } = step;
  const { enrolment } = view;
  const { published, state, now } = deciding;
  const content = contentOf(deciding, touch, enrolment);
  const touchKey = touchKeyOf(id, enrolment, touch.id);
  const effect: SendTouch = {
    type: 'SendTouch',
    id: `${touchKey}.${enrolment.attempt + 1}`,
    touchKey,
    enrolment: id,
    sequence: enrolment.sequence,
    ...given('campaign', enrolment.campaign),
    phase: enrolment.phase,
    touch: touch.id,
    channel: touch.channel,
    content: content.id,
    ...given('variant', content.variant),
    purpose: touch.purpose,
    ...(touch.pool === undefined ? {} : { pool: true }),
    ...(touch.purpose === 'marketing' ? given('accountCap', view.plan.accountCap) : {}),
    notAfter: Math.min(sendBefore(published, state, touch.purpose, now), lastMomentOf(step, view) ?? Infinity),
    data: enrolment.data,
    ...given('from', touch.from === 'brand' ? undefined : touch.from),
    ...given('invite', inviteOf(touch, view)),
  };
  conclude(deciding, { type: 'EffectDecided', effect, ...due });
}
