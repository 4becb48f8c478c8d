/** The one door of the rules: inputs and a moment in, facts out. Pure; everything it may look at comes in `published`. */
import { decayTo } from './rule-points';
import { belowOf } from './crossings';
import { begin } from './deciding';
import type { Deciding, Recorded } from './deciding';
import { folded } from './evolve';
import type { Fact } from './facts';
import type { Input } from './inputs';
import type { Published } from './plan';
import { settle } from './settle';
import type { LeadState } from './state';
import { takeCommand } from './take-command';
import { takeEngaged } from './take-engaged';
import { takeOutcome } from './take-outcome';
import { takeProfiled } from './take-profiled';

/**
 * Facts that follow from the inputs at `now` (epoch ms, engine's clock, not before `state.at`); no inputs = a tick.
 * Inputs already known change nothing. Afterwards nothing is due that the state does not say why it waits.
 * Throws `UnknownRef` where a plan of the lead is not in `published`, and `HistoryNeeded` where a plan changes under an enrolment and `recorded` is not given.
 */
export function decide(
  published: Published,
  state: LeadState,
  inputs: readonly Input[],
  now: number,
  recorded?: Recorded,
): readonly Fact[] {
  if (state.erased === true) return [];
  const deciding = begin(published, state, inputs.length, Math.max(now, state.at), recorded);
  decayTo(deciding);
  const below = belowOf(deciding, state);
  for (const input of inOrder(inputs)) take(deciding, input);
  if (!isErased(deciding)) settle(deciding, state.at, below);
  folded(state, deciding.facts, deciding.state);
  return deciding.facts;
}

function take(deciding: Deciding, input: Input): void {
  if (isErased(deciding)) return;
  switch (input.kind) {
    case 'engaged':
      return takeEngaged(deciding, input);
    case 'profiled':
      return takeProfiled(deciding, input);
    case 'outcome':
      return takeOutcome(deciding, input);
    case 'command':
      return takeCommand(deciding, input);
  }
}

const isErased = (deciding: Deciding): boolean => deciding.state.erased === true;

/** Neighbouring events by when they happened: a batch that arrives shuffled enrols before it counts. */
function inOrder(inputs: readonly Input[]): readonly Input[] {
  let sorted = true;
  for (let at = 1; at < inputs.length && sorted; at += 1) sorted = !before(inputs[at], inputs[at - 1]);
  if (sorted) return inputs;
  const ordered: Input[] = [];
  for (const input of inputs) {
    let at = ordered.length;
    while (at > 0 && before(input, ordered[at - 1])) at -= 1;
    ordered.splice(at, 0, input);
  }
  return ordered;
}

const before = (a: Input | undefined, b: Input | undefined): boolean =>
  a?.kind === 'engaged' && b?.kind === 'engaged' && a.event.occurredAt < b.event.occurredAt;
