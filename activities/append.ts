/** Appends a decision at its expected sequence or finds out what is there instead, also after a lost answer (PROTOCOL 5 to 8). Knows no rules. */
import type { Decision, Position } from '../workflows/core';
import { FactsAway } from './ports';
import type { FactsLog, StoredDecision } from './ports';
import { reconcile } from './reconcile';

export type Appending =
  | { readonly as: 'stored'; readonly stored: StoredDecision }
  /** What others, or a lost answer of our own, stored meanwhile; `more` follow. */
  | { readonly as: 'found'; readonly decisions: readonly StoredDecision[]; readonly more: boolean }
  | { readonly as: 'facts-behind' | 'facts-forked' };

/** A stream restored under our feet may renumber once, not for ever. */
const mostAppends = 2;

/** Throws `FactsAway`. */
export async function append(facts: FactsLog, position: Position, decision: Decision): Promise<Appending> {
  let seq = position.seq;
  for (let attempt = 1; attempt <= mostAppends; attempt += 1) {
    const appended = await facts.append(decision, seq);
    if (appended.as === 'stored') {
      const { seq: at, digest } = appended.position;
      return { as: 'stored', stored: { seq: at, digest, decision } };
    }
    const found = await reconcile(facts, decision.lead, { ...position, seq });
    if (found.as === 'decided') return { as: 'found', decisions: found.decisions, more: found.more };
    if (found.as !== 'renumbered') return found;
    seq = found.seq;
  }
  throw new FactsAway('the log is being renumbered');
}
