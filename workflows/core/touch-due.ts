/** Which step of an enrolment is next, when it is due, and which content it carries. */
import type { CompiledChoice, CompiledStep } from './program';
import { plannedFor } from './planned';
import type { View } from './conditions';
import type { Deciding } from './deciding';
import { lotOf } from './lots';
import type { Touch } from './plan';

export type Due = {
  readonly step: CompiledStep;
  /** By the plan. */
  readonly plannedAt: number;
  /** By the plan, and not before a provider that was away is tried again. */
  readonly at: number;
};

/** The step or choice the enrolment stands at; `undefined`: the phase has no further one. */
export const nextStep = ({ plan, enrolment }: Pick<View, 'plan' | 'enrolment'>): CompiledStep | CompiledChoice | undefined =>
  plan.phases.get(enrolment.phase)?.program[enrolment.next];

/** `undefined`: no step is next, or it waits for something that has not happened. */
export function dueStep(view: View): Due | undefined {
  const { enrolment } = view;
  const step = nextStep(view);
  if (step?.kind !== 'step') return undefined;
  const plannedAt = plannedFor(step, view);
  if (plannedAt === undefined) return undefined;
  const retryAt = enrolment.heldBecause === 'unavailable' ? (enrolment.heldUntil ?? 0) : 0;
  return { step, plannedAt, at: Math.max(plannedAt, retryAt) };
}

/** `id`: what the content memory knows it by; `ref`: the version published now. */
export function contentOf(
  { published, state }: Pick<Deciding, 'published' | 'state'>,
  touch: Touch,
): { readonly id: string; readonly ref: string; readonly variant: string | undefined } {
  const variant = touch.variants === undefined ? undefined : armOf(state.leadId, touch.id, touch.variants);
  const id = `${touch.content ?? touch.id}${variant === undefined ? '' : `.${variant}`}`;
  const info = published.content(id);
  return { id, ref: info === undefined ? id : `${id}@${info.version}#${info.digest}`, variant };
}

/** The arm of a test by a hash of lead and touch: the same for ever, and no chance in it. Weights sum to 100. */
export function armOf(leadId: string, touch: string, variants: Readonly<Record<string, number>>): string {
  let mark = lotOf(leadId, touch);
  const arms = Object.entries(variants);
  for (const [arm, weight] of arms) {
    if (mark < weight) return arm;
    mark -= weight;
  }
  return arms[0]?.[0] ?? '';
}
