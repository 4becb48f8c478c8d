/** A score that enrols: the person's, by the sequence's own model, was below and reaches it. Who is there already when a sequence is published has not crossed. */
import type { Deciding } from './deciding';
import { enrol } from './enrol';
import { crossing, scoreIn } from './listens';
import type { Plan } from './plan';
import { actingScore } from './score';
import type { LeadState } from './state';

export type Crossing = { readonly ref: string; readonly plan: Plan; readonly atLeast: number };

/**
 * Sequences whose score the person is below of as this decision begins; `state`: before anything of it.
 * What days took counts, too: who fell below unnoticed crosses again.
 */
export function belowOf(deciding: Deciding, state: LeadState): Set<Crossing> {
  const plans = deciding.published.enrolledBy(crossing);
  if (plans.length === 0) return nothing;
  const below = new Set<Crossing>();
  for (const { ref, plan } of plans) {
    const atLeast = scoreIn(plan.on);
    if (atLeast === undefined) continue;
    const least = Math.min(actingScore(state.scores[plan.model]), actingScore(deciding.state.scores[plan.model]));
    if (least < atLeast) below.add({ ref, plan, atLeast });
  }
  return below;
}

const nothing = new Set<Crossing>();

/** Each once a decision; a refusal is ordinary, as with events. */
export function enrolScored(deciding: Deciding, below: Set<Crossing>): void {
  for (const one of below) {
    const score = actingScore(deciding.state.scores[one.plan.model]);
    if (score < one.atLeast) continue;
    below.delete(one);
    enrol(deciding, { ref: one.ref, plan: one.plan, data: {}, because: `score ${score} reached ${one.atLeast}` });
  }
}
