/** What is published, as the core reads it: plans, models and settings from the people role's answer. For explaining only; nothing is decided here. */
import { parseRef } from '../events/digest';
import type { Reply } from '../events/requests';
import type { Model, Plan, Published, Settings } from '../workflows/core';

type Listed = Reply<'published'>['artefacts'][number];

/** `undefined` where no settings are published yet. */
export function publishedView(artefacts: readonly Listed[]): Published | undefined {
  const of = <T>(
    kind: Listed['kind'],
  ): readonly { readonly ref: string; readonly id: string; readonly version: string; readonly current: boolean; readonly body: T }[] =>
    artefacts
      .filter((artefact) => artefact.kind === kind && artefact.body !== undefined)
      .map(({ ref, current, body }) => ({
        ref,
        current,
        body: body as T,
        id: parseRef(ref)?.id ?? ref,
        version: ref.split('#', 1)[0] ?? ref,
      }));
  const plans = of<Plan>('plan');
  const models = of<Model>('model');
  const settings = of<Settings>('settings').find(({ current }) => current)?.body;
  if (settings === undefined) return undefined;
  return {
    plan: (ref) => plans.find((plan) => plan.ref === ref)?.body,
    currentPlan: (id) => {
      const found = plans.find((plan) => plan.version === id) ?? plans.find((plan) => plan.id === id && plan.current);
      return found === undefined ? undefined : { ref: found.ref, plan: found.body };
    },
    enrolledBy: () => [],
    model: (ref) => models.find((model) => model.ref === ref)?.body,
    currentModel: (id) => {
      const found = models.find((model) => model.id === id && model.current);
      return found === undefined ? undefined : { ref: found.ref, model: found.body };
    },
    content: () => undefined,
    settings,
    // Zones matter to decisions; explaining reads instants that were decided before.
    calendar: { offset: () => 0 },
  };
}
