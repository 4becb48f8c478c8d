/** What to do when an append met another message: read what is there and never assume the own one landed (PROTOCOL 6 to 8). Knows no rules. */
import type { Position } from '../workflows/core/facts';
import { FactsAway } from './ports';
import type { FactsLog, StoredDecision } from './ports';

/** At most so many decisions come back in one go; the rest with the next decide. */
const mostAtOnce = 20;

export type Reconciled =
  /** Others' (or the own, late) decisions to fold. */
  | { readonly as: 'decided'; readonly decisions: readonly StoredDecision[] }
  /** Only the stream's numbering changed: append once more at this sequence. */
  | { readonly as: 'renumbered'; readonly seq: number }
  | { readonly as: 'facts-behind' }
  | { readonly as: 'facts-forked' };

/** Throws `FactsAway` when nothing landed and nothing else explains the conflict: the answer was lost on its way. */
export async function reconcile(facts: FactsLog, leadId: string, position: Position): Promise<Reconciled> {
  const newest = await facts.last(leadId);
  const n = newest?.decision.n ?? 0;
  if (n < position.n) return { as: 'facts-behind' };
  if (newest === undefined) throw new FactsAway('nothing was stored');
  if (n > position.n) return readForward(facts, leadId, position);
  if (newest.digest !== position.digest) return { as: 'facts-forked' };
  if (newest.seq === position.seq) throw new FactsAway('nothing was stored');
  return { as: 'renumbered', seq: newest.seq };
}

async function readForward(facts: FactsLog, leadId: string, position: Position): Promise<Reconciled> {
  const ahead = await facts.after(leadId, position.seq, mostAtOnce);
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
  return chained.length === 0 ? { as: 'facts-forked' } : { as: 'decided', decisions: chained.slice(0, mostAtOnce) };
}
