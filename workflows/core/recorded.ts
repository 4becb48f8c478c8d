/** Events as a lead's facts hold them, given back in the form they came in. */
import type { StrippedEvent } from '../../events/stripped';
import type { Fact } from './facts';

/** Takes an earlier event back; counts for nothing itself and is never taken back. */
export const retraction = 'engagement.retracted';

/** Ids of events that count no more. */
export const takenBack = (facts: readonly Fact[]): ReadonlySet<string> =>
  new Set(facts.flatMap((fact) => (fact.type === 'EngagementRetracted' ? [fact.event] : [])));

/** In the order they were recorded, without those taken back. */
export function eventsIn(facts: readonly Fact[]): readonly StrippedEvent[] {
  const taken = takenBack(facts);
  return facts.flatMap((fact): readonly StrippedEvent[] => {
    if (fact.type !== 'EngagementRecorded' || taken.has(fact.id)) return [];
    const { id, event: type, occurredAt, actor, data = {}, effect, content } = fact;
    return [
      { id, type, occurredAt, actor, data, ...(effect === undefined ? {} : { effect }), ...(content === undefined ? {} : { content }) },
    ];
  });
}
