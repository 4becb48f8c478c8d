/** What a simulation is about: one sequence and all it starts, one from the other. Events enrol in these alone. Knows no lead. */
import type { Phase, Plan, Published } from '../plan';

export type InScope = { readonly ref: string; readonly plan: Plan };
export type Scope = { readonly plans: readonly InScope[]; readonly published: Published };

/** `plan` comes first. What it starts and nobody published is left out: the rules pass over it, too. */
export function scopeOf(published: Published, first: InScope): Scope {
  const plans = new Map([[first.plan.id, first]]);
  for (const { plan } of plans.values())
    for (const id of startedBy(plan)) {
      const next = published.currentPlan(id);
      if (next !== undefined && !plans.has(next.plan.id)) plans.set(next.plan.id, next);
    }
  const enrolling = new Map<string, readonly InScope[]>();
  const enrolledBy = (type: string): readonly InScope[] => {
    const known = enrolling.get(type) ?? published.enrolledBy(type).filter(({ plan }) => plans.has(plan.id));
    enrolling.set(type, known);
    return known;
  };
  return { plans: [...plans.values()], published: { ...published, enrolledBy } };
}

const startedBy = (plan: Plan): readonly string[] => Object.values(plan.phases).flatMap(startedByPhase);

const startedByPhase = ({ advance, exhausted }: Phase): readonly string[] =>
  [...advance.map(({ start }) => start), exhausted?.start].filter((id) => id !== undefined);
