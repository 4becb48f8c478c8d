/** Gives a hand-off to the next rep in turn; asked again for the same hand-off it answers the same rep. Knows no rules. */
import type { AssignRep, Outcome } from '../workflows/core';
import type { People } from './ports';

export type AssignRepDeps = { readonly people: Pick<People, 'assign'> };

export function createAssignRep({
  people,
}: AssignRepDeps): (args: { readonly leadId: string; readonly effect: AssignRep }) => Promise<Outcome> {
  return async ({ leadId, effect }) => {
    const rep = await people.assign(leadId, effect);
    return rep === undefined ? { as: 'unavailable', because: 'no-reps' } : { as: 'assigned', rep: rep.id };
  };
}
