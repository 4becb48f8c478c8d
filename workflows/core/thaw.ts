/** The clock of a phase stands still during a pause and while a hand-off holds nurture: what was planned is not lost to it. */
import type { Enrolment, LeadState } from './state';

export const holdsNurture = (state: LeadState): boolean => state.handOff?.during === 'hold';

/** Moves the phases on by the time from `startAt` to `endAt`; where the other stop still lasts, only to its beginning. */
export function thawed(
  enrolments: LeadState['enrolments'],
  startAt: number,
  endAt: number,
  otherSince: number | undefined,
): LeadState['enrolments'] {
  const until = otherSince === undefined ? endAt : Math.min(endAt, otherSince);
  const later = (one: Enrolment): Enrolment => ({ ...one, phaseAt: one.phaseAt + Math.max(0, until - Math.max(startAt, one.phaseAt)) });
  return Object.fromEntries(Object.entries(enrolments).map(([id, one]) => [id, later(one)]));
}
