/** What is published, with one thing put in the place of another: the world a what-if asks about. Knows no lead. */
import type { Plan, Published, Settings } from '../core';
import type { Condition } from '../core/plan';

/** `plan` is the current version of its sequence there; the other versions stay known. */
export function withPlan(published: Published, ref: string, plan: Plan): Published {
  const mine = { ref, plan };
  const named = (id: string): boolean => id === plan.id || id === `${plan.id}@${plan.version}`;
  return {
    ...published,
    plan: (wanted) => (wanted === ref ? plan : published.plan(wanted)),
    currentPlan: (id) => (named(id) ? mine : published.currentPlan(id)),
    enrolledBy(eventType) {
      const others = published.enrolledBy(eventType).filter((one) => one.plan.id !== plan.id);
      return plan.on !== undefined && asks(plan.on, eventType) ? [...others, mine] : others;
    },
  };
}

export const withSettings = (published: Published, settings: Settings): Published => ({ ...published, settings });

function asks(condition: Condition, eventType: string): boolean {
  if (condition.kind === 'any' || condition.kind === 'all') return condition.of.some((part) => asks(part, eventType));
  return condition.kind === 'engaged' && condition.type === eventType;
}
