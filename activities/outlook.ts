/** What the shell needs to know of a folded state: effects, wake, what to show. Engine time becomes real time here and nowhere else. */
import { describeLead, nextWake, outstanding } from '../workflows/core';
import type { LeadState, Published } from '../workflows/core';
import type { Decided } from '../workflows/shell/decided';
import type { EngineClock } from './ports';

export type Outlook = Pick<Decided, 'effects' | 'wakeAt' | 'visible' | 'details' | 'resting' | 'erased'>;

export function outlook(clock: EngineClock, published: Published, state: LeadState, now: number): Outlook {
  const { attributes, details } = describeLead(published, state, now);
  const real = (at: number | undefined): number | undefined => (at === undefined ? undefined : clock.toReal(at));
  return {
    effects: outstanding(state),
    wakeAt: real(nextWake(published, state)),
    visible: {
      ...attributes,
      dueAt: real(attributes.dueAt),
      lastEngagedAt: real(attributes.lastEngagedAt),
      slaDueAt: real(attributes.slaDueAt),
    },
    details,
    resting: state.resting === true,
    erased: state.erased === true,
  };
}
