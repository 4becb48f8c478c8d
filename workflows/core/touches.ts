/** Due touches: sent, withheld with a reason, or held until a moment. One marketing touch a decision; service first, then the earliest due. */
import type { CompiledPlan } from './compile';
import type { CompiledStep } from './program';
import { holds } from './conditions';
import { hadMinute } from './content-memory';
import type { View } from './conditions';
import { conclude, sending, viewOf, viewsOf } from './deciding';
import type { Deciding } from './deciding';
import type { SendTouch } from './effects';
import type { WithheldBecause } from './facts';
import { sendBefore, verdictOn } from './governor';
import type { HeldBecause } from './governor';
import { contentOf, dueStep } from './touch-due';
import { touchKeyOf } from './touch-key';
import { epochMinute, msOf } from './time';
import { given } from './without';

type Candidate = { readonly id: string; readonly step: CompiledStep; readonly at: number; readonly plan: CompiledPlan };

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
    if (next !== undefined && next.at <= deciding.now && !sending(deciding.state, view.id))
      due.push({ id: view.id, step: next.step, at: next.plannedAt, plan: view.plan });
  }
  return due;
}

function byPriority(a: Candidate, b: Candidate): number {
  if (a.step.step.purpose !== b.step.step.purpose) return a.step.step.purpose === 'service' ? -1 : 1;
  return a.at - b.at || numberOf(a.id) - numberOf(b.id);
}
const numberOf = (enrolment: string): number => Number(enrolment.slice(1));

function touchOne(deciding: Deciding, candidate: Candidate): void {
  const { id, step, plan } = candidate;
  const enrolment = deciding.state.enrolments[id];
  if (enrolment === undefined) return;
  const view = viewOf(deciding, id, enrolment, plan);
  const unwanted = unwantedBecause(deciding, step, view);
  if (unwanted !== undefined) return withhold(deciding, candidate, unwanted);
  const verdict = verdictOn(deciding.published, deciding.state, enrolment, step.step.purpose, deciding.now);
  if (verdict.as === 'withheld') return withhold(deciding, candidate, verdict.because);
  if (verdict.as === 'free') return send(deciding, candidate, view);
  if (enrolment.heldBecause === verdict.because && stands(enrolment.heldUntil ?? 0, verdict, deciding.now)) return;
  conclude(deciding, { type: 'TouchHeld', enrolment: id, touch: step.step.id, until: verdict.until, because: verdict.because });
}

/** Is the hold the one the log already tells of? */
const stands = (heldUntil: number, { because, until }: { readonly because: HeldBecause; readonly until: number }, now: number): boolean =>
  heldUntil === until || because === 'hand-off' || (because === 'priority' && heldUntil > now);

/** What the plan itself says against it, at the moment it is due. */
function unwantedBecause(deciding: Deciding, { step, when, unless }: CompiledStep, view: View): WithheldBecause | undefined {
  if (when !== undefined && !holds(when, view)) return 'condition';
  if (unless !== undefined && holds(unless, view)) return 'condition';
  const hadAt = hadMinute(deciding.state.had, contentOf(deciding, step).id);
  if (hadAt === undefined) return undefined;
  if (step.repeatable === undefined) return 'repeated';
  const freeAt = step.repeatable === 'per enrolment' ? view.enrolment.enrolledAt : deciding.now - msOf(step.repeatable) + 1;
  return hadAt >= epochMinute(freeAt) ? 'repeated' : undefined;
}

function withhold(deciding: Deciding, { id, step: { step: touch } }: Candidate, because: WithheldBecause): void {
  const campaign = deciding.state.enrolments[id]?.campaign;
  conclude(deciding, {
    type: 'TouchWithheld',
    enrolment: id,
    touch: touch.id,
    content: contentOf(deciding, touch).ref,
    because,
    ...given('campaign', campaign),
  });
}

function send(deciding: Deciding, { id, step: { step: touch } }: Candidate, { enrolment }: View): void {
  const { published, state, now } = deciding;
  const content = contentOf(deciding, touch);
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
    notAfter: sendBefore(published, state, touch.purpose, now),
    data: enrolment.data,
  };
  conclude(deciding, { type: 'EffectDecided', effect });
}
