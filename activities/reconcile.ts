/** What to do when an append met another message: read what is there and never assume the own one landed (PROTOCOL 6 to 8). Knows no rules. */
import type { Position } from '../workflows/core/facts';
import { FactsAway } from './ports';
import type { FactsLog, StoredDecision } from './ports';

/** At most so many decisions come back in one go; the rest with the next decide. */
const mostAtOnce = 20;

export type Reconciled =
  /** Others' (or the own, late) decisions to fold; `more` = the log goes on behind them. */
  | { readonly as: 'decided'; readonly decisions: readonly StoredDecision[]; readonly more: boolean }
  /** Only the stream's numbering changed: append once more at this sequence. */
  | { readonly as: 'renumbered'; readonly seq: number }
  | { readonly as: 'facts-behind' }
  | { readonly as: 'facts-forked' };

/** Throws `FactsAway` when nothing landed and nothing else explains the conflict: the answer was lost on its way. */
export async function reconcile(facts: FactsLog, leadId: string, position: Position): Promise<Reconciled> {
  const found = await beyond(facts, leadId, position);
  if (found.as === 'current') throw new FactsAway('nothing was stored');
  return found;
}

/** What the log holds beyond a position; `current` = nothing. */
export async function beyond(facts: FactsLog, leadId: string, position: Position): Promise<Reconciled | { readonly as: 'current' }> {
  const newest = await facts.last(leadId);
  const n = newest?.decision.n ?? 0;
  if (n < position.n) return { as: 'facts-behind' };
  if (newest === undefined) return { as: 'current' };
  if (n > position.n) return readForward(facts, leadId, position, newest);
  if (newest.digest !== position.digest) return { as: 'facts-forked' };
  return newest.seq === position.seq ? { as: 'current' } : { as: 'renumbered', seq: newest.seq };
}

async function readForward(facts: FactsLog, leadId: string, position: Position, newest: StoredDecision): Promise<Reconciled> {
  // Mostly one other decision came between: it is at hand.
  const missing = newest.decision.n - position.n;
  const ahead = missing === 1 ? [newest] : await facts.after(leadId, position.seq, Math.min(missing, mostAtOnce));
  const chained =
    ahead[0]?.decision.n === position.n + 1
      ? ahead
      : (await facts.after(leadId, 0, position.n + mostAtOnce)).filter(({ decision }) => decision.n > position.n);
  let { n, digest } = position;
  for (const { decision, digest: own } of chained) {
    if (decision.n !== n + 1 || decision.prev !== digest) return { as: 'facts-forked' };
    n = decision.n;
    digest = own;
  }
  if (chained.length === 0) return { as: 'facts-forked' };
  const decisions = chained.slice(0, mostAtOnce);
  return { as: 'decided', decisions, more: (decisions.at(-1)?.decision.n ?? 0) < newest.decision.n };
}
