/** A lead with nothing open sleeps after quiet days, unless silence itself will enrol it; anything new wakes it. */
import { conclude } from './deciding';
import type { Deciding } from './deciding';
import type { Published } from './plan';
import { nextSilence } from './silence';
import type { LeadState } from './state';
import { msOf } from './time';

const isEmpty = (record: object): boolean => {
  for (const _key in record) return false;
  return true;
};

export const nothingOpen = ({ enrolments, effects, handOff, signs }: LeadState): boolean =>
  handOff === undefined && signs === undefined && isEmpty(enrolments) && isEmpty(effects);

/** When it would sleep if nothing happens; `fallback` where it has done nothing yet. `undefined`: something is open, or it sleeps. */
export function restsAt(published: Published, state: LeadState, fallback: number): number | undefined {
  if (state.resting === true || !nothingOpen(state) || nextSilence(published, state) !== undefined) return undefined;
  const ends = [...Object.values(state.past), ...Object.values(state.disarmed).map(({ at }) => at), state.lastEngagedAt ?? 0];
  const last = Math.max(...ends);
  return (last > 0 ? last : fallback) + msOf(published.settings.restAfter);
}

/** `before`: the state's moment before this decision. */
export function rest(deciding: Deciding, before: number): void {
  const at = restsAt(deciding.published, deciding.state, before === 0 ? deciding.now : before);
  if (at !== undefined && at <= deciding.now) conclude(deciding, { type: 'LeadRested' });
}
