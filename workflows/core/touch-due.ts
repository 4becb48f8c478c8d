/** Which step of an enrolment is next, when it is due, and which content it carries. */
import { attempted } from './evolve-touch';
import type { Compiled, CompiledDeed, CompiledStep } from './program';
import { plannedFor } from './planned';
import type { View } from './conditions';

export type Due = {
  readonly step: CompiledStep | CompiledDeed;
  /** By the plan. */
  readonly plannedAt: number;
  /** By the plan, and not before a provider that was away is tried again. */
  readonly at: number;
};

/** The step or choice the enrolment stands at; `undefined`: the phase has no further one. */
export const nextStep = ({ plan, enrolment }: Pick<View, 'plan' | 'enrolment'>): Compiled | undefined =>
  plan.phases.get(enrolment.phase)?.program[enrolment.next];

/** `undefined`: no step is next, or it waits for something that has not happened. */
export function dueStep(view: View): Due | undefined {
  const { enrolment } = view;
  const step = nextStep(view);
  if (step === undefined || step.kind === 'choose') return undefined;
  const plannedAt = plannedFor(step, view);
  if (plannedAt === undefined) return undefined;
  const retryAt = attempted.has(enrolment.heldBecause ?? '') ? (enrolment.heldUntil ?? 0) : 0;
  return { step, plannedAt, at: Math.max(plannedAt, retryAt) };
}
