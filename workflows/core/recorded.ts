/** Events as a lead's facts hold them, given back in the form they came in. */
import type { StrippedEvent } from '../../events/stripped';
import type { Fact } from './facts';

/** In the order they were recorded. */
export const eventsIn = (facts: readonly Fact[]): readonly StrippedEvent[] =>
  facts.flatMap((fact): readonly StrippedEvent[] => {
    if (fact.type !== 'EngagementRecorded') return [];
    const { id, event: type, occurredAt, actor, data = {}, effect, content } = fact;
    return [
      { id, type, occurredAt, actor, data, ...(effect === undefined ? {} : { effect }), ...(content === undefined ? {} : { content }) },
    ];
  });
