/** Gives a hand-off to the next rep in turn unless the brake holds it; asked again for the same hand-off it answers the same rep. Knows no rules. */
import type { AssignRep, Outcome } from '../workflows/core';
import type { HandOffBrake, People } from './ports';

export type AssignRepDeps = {
  readonly people: Pick<People, 'assign'>;
  readonly brake: HandOffBrake;
  /** Engine's clock. */
  readonly now: () => number;
};

export function createAssignRep({
  people,
  brake,
  now,
}: AssignRepDeps): (args: { readonly leadId: string; readonly effect: AssignRep }) => Promise<Outcome> {
  return async ({ leadId, effect }) => {
    if (await brake.holds(leadId, effect, now())) return { as: 'unavailable', because: 'hand-off-brake' };
    const rep = await people.assign(leadId, effect);
    return rep === undefined ? { as: 'unavailable', because: 'no-reps' } : { as: 'assigned', rep: rep.id };
  };
}
