/** Messages to reps about a hand-off: decided here, written by an activity. Knows no rule. */
import { conclude } from './deciding';
import type { Deciding } from './deciding';
import type { Notice } from './effects';
import { given } from './without';

/** Decides a message to the rep who has the hand-off. */
export function notify(deciding: Deciding, what: Notice, clock?: 'accept' | 'contact', to?: string, because?: string): void {
  const { handOff } = deciding.state;
  const rep = to ?? handOff?.rep;
  if (handOff === undefined || rep === undefined) return;
  const { number, acceptBy, contactBy, why } = handOff;
  const id = `h${number}.${what}.${(handOff.notices ?? 0) + 1}`;
  conclude(deciding, {
    type: 'EffectDecided',
    effect: {
      type: 'NotifyRep',
      id,
      handOff: number,
      rep,
      what,
      ...given('because', because),
      ...given('clock', clock),
      why,
      ...given('acceptBy', acceptBy),
      contactBy,
    },
  });
}
