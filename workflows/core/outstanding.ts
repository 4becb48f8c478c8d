/** What the shell must be doing now. */
import { isOfStep } from './effects';
import type { Effect } from './effects';
import type { LeadState } from './state';

/**
 * Every open effect. An effect is closed only by its outcome, so that the log says what the provider knows.
 * A pause takes what steps of plans asked for out: the shell cancels what is not yet calling, and after the resume the same ids are asked of the ledger again,
 * which answers with what it has or lets them go, or says `expired` and the touch is planned anew. So nothing is sent in a pause and nothing is lost by it.
 */
export function outstanding(state: LeadState): readonly Effect[] {
  const effects = Object.values(state.effects);
  return state.paused === undefined ? effects : effects.filter((effect) => !isOfStep(effect));
}
