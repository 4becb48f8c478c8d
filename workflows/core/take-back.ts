/** An event's points and what was known by it, taken away as if it had not been: on its own day, caps and decay judged anew. What was done on its account stays done. */
import { hasDay } from './cells';
import { contributionsOf } from './contributions';
import { conclude } from './deciding';
import { isEngagement } from './evolve-lead';
import type { Deciding, NamedModel } from './deciding';
import type { Fact, FactOf } from './facts';
import { placeAll } from './matrix';
import { isPoints } from './model';
import { changeBy } from './points';
import { eventsIn } from './recorded';
import { cellsOf } from './rule-cells';
import type { NamedPoints } from './rule-points';
import { utcDay } from './time';
import { given } from './without';
import { withoutEvent } from './without-event';

export type Retraction = { readonly event: string; readonly by: string; readonly because: string };

/** The event and its points only. `facts`: all there were until then. */
export function takeBack(deciding: Deciding, facts: readonly Fact[], told: FactOf<'EngagementRecorded'>, asked: Retraction): void {
  const rest = eventsIn(facts).filter(({ id }) => id !== told.id);
  const others = new Set(rest.map(({ id }) => id));
  conclude(deciding, {
    type: 'EngagementRetracted',
    ...asked,
    was: told.event,
    ...given('deed', isEngagement(told.actor, told.event) ? (true as const) : undefined),
    ...withoutEvent(deciding, facts, told, rest),
  });
  for (const id of Object.keys(deciding.state.scores)) {
    const named = countedBy(deciding, id);
    if (named === undefined || !isPoints(named.model)) continue;
    const { ref, model } = named;
    const all = contributionsOf(deciding.published, facts, id);
    for (const one of all.filter(({ event }) => event === told.id))
      takePoints(deciding, { ref, model }, one, !all.some(({ event }) => event === '' || others.has(event)));
  }
  // A matrix goes by what is known, and less is.
  placeAll(deciding);
}

/** As `decayTo` restated it: by the version in force, where there is one. */
function countedBy({ published, state }: Deciding, id: string): NamedModel | undefined {
  const ref = state.scores[id]?.model ?? '';
  const model = published.model(ref);
  return published.currentModel(id) ?? (model === undefined ? undefined : { ref, model });
}

function takePoints(
  deciding: Deciding,
  { ref, model }: NamedPoints,
  { event, rule, day, raw }: { readonly event: string; readonly rule: string; readonly day: number; readonly raw: number },
  last: boolean,
): void {
  const cells = deciding.state.scores[model.id]?.raw ?? [];
  // Faded to nothing and forgotten.
  if (!hasDay(cellsOf(cells, rule) ?? '', day)) return;
  const { delta, capped, decayPercent } = changeBy(model, rule, cells, day, -raw, utcDay(deciding.now));
  conclude(deciding, {
    type: 'PointsRetracted',
    model: ref,
    rule,
    event,
    day,
    raw,
    delta,
    ...given('capped', capped),
    ...given('decayPercent', decayPercent),
    ...given('last', last ? (true as const) : undefined),
  });
}
