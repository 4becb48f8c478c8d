/** What a step names that is written elsewhere: effects of the engineer's own, events. Knows no plan but the step. */
import { customEffects, isCustomName } from '../../events/custom-effects';
import { isEngagementType } from '../../events/engagement';
import type { Fault } from '../core/definition-error';
import type { Step } from '../core/plan';

/** Paths begin at the step. */
export function faultsOfDeed(step: Step): readonly Fault[] {
  if (step.kind === 'tell' && !isEngagementType(step.event)) return [{ path: '.event', says: `there is no event "${step.event}"` }];
  if (step.kind !== 'run') return [];
  if (!isCustomName(step.effect))
    return [
      {
        path: '.effect',
        says: `there is no effect "${step.effect}"; those in events/custom-effects.ts are ${Object.keys(customEffects).join(', ')}`,
      },
    ];
  const values = step.with ?? {};
  const parsed = customEffects[step.effect].input.safeParse(values);
  // What is taken from the person when the step is done can be judged only then.
  const later = new Set(Object.entries(values).flatMap(([name, value]) => (typeof value === 'object' ? [name] : [])));
  return (parsed.error?.issues ?? [])
    .filter(({ path }) => !later.has(String(path[0])))
    .map(({ path, message }) => ({ path: ['.with', ...path.map(String)].join('.'), says: message }));
}
