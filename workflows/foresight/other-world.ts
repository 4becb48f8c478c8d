/** What is published, with one thing put in the place of another: the world a what-if asks about. Knows no lead. */
import type { Fact, Model, Plan, Published, Settings } from '../core';
import { listensFor } from '../core/listens';

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
      return listensFor(plan.on).includes(eventType) ? [...others, mine] : others;
    },
  };
}

/** `model` is the current version of its id there. */
export function withModel(published: Published, ref: string, model: Model): Published {
  const mine = { ref, model };
  const named = (id: string): boolean => id === model.id || id === `${model.id}@${model.version}`;
  return {
    ...published,
    model: (wanted) => (wanted === ref ? model : published.model(wanted)),
    currentModel: (id) => (named(id) ? mine : published.currentModel(id)),
  };
}

/** As the lead's facts show it was then: the versions it entered and was scored by are the current ones, though newer may be published since. */
export function asItWas(published: Published, facts: readonly Fact[]): Published {
  let then = published;
  for (const ref of new Set(facts.flatMap((fact) => (fact.type === 'Enrolled' ? [fact.sequence] : []))).values()) {
    const plan = published.plan(ref);
    if (plan !== undefined) then = withPlan(then, ref, plan);
  }
  for (const ref of new Set(
    facts.flatMap((fact) =>
      fact.type === 'PointsChanged' || fact.type === 'MatrixScored' || fact.type === 'GradeChanged' ? [fact.model] : [],
    ),
  )) {
    const model = published.model(ref);
    if (model !== undefined) then = withModel(then, ref, model);
  }
  return then;
}

export const withSettings = (published: Published, settings: Settings): Published => ({ ...published, settings });
