/** One decision before and after it is stored: put together, kept to its size, read back. Shared by the lead's own `decide` and by deciding ahead of it. */
import { answerOf, lookups, upcast } from '../workflows/core';
import type { Decision, Fact, Input, LeadState, Position } from '../workflows/core';
import type { Folded } from '../workflows/shell/decided';
import type { FactsLog, StoredDecision } from './ports';

/** A message holds at most so much (PROTOCOL 2). */
const mostBytes = 256 * 1024;

export type Made = {
  readonly leadId: string;
  /** Who decided: a workflow's run, or the router. */
  readonly run: string;
  readonly position: Position;
  readonly inputs: readonly Input[];
  readonly facts: readonly Fact[];
  /** The state with the facts folded. */
  readonly after: LeadState;
  readonly now: number;
};

/** The message that follows `position`. Inputs already known are consumed, too. */
export const decisionOf = ({ leadId, run, position, inputs, facts, after, now }: Made): Decision => ({
  v: 1,
  lead: leadId,
  n: position.n + 1,
  prev: position.digest,
  run,
  at: now,
  consumed: inputs.map(({ id }) => ({ id, answer: answerOf(after, id) })),
  facts,
});

export const tooLarge = (decision: Decision): boolean => Buffer.byteLength(JSON.stringify(decision)) > mostBytes;

/** A stored decision as this release reads it. */
export const known = ({ seq, digest, decision }: StoredDecision): Folded => ({
  seq,
  digest,
  decision: { ...decision, facts: decision.facts.map(upcast) },
});

export const positionOf = ({ seq, digest, decision }: StoredDecision): Position => ({ n: decision.n, seq, digest });

/** Without those that stand below the ring's floor and that the lead's log already holds (PROTOCOL 12). */
export async function freshOf(facts: FactsLog, leadId: string, state: LeadState, inputs: readonly Input[]): Promise<readonly Input[]> {
  const doubtful = new Set(lookups(state, inputs).map(({ id }) => id));
  if (doubtful.size === 0) return inputs;
  const found = new Set<string>();
  for await (const { decision } of everyDecision(facts, leadId)) {
    for (const { id } of decision.consumed) if (doubtful.has(id)) found.add(id);
    // Taken back before it came: it is passed over.
    for (const fact of decision.facts) if (fact.type === 'EngagementRetracted' && doubtful.has(fact.event)) found.add(fact.event);
  }
  return inputs.filter((input) => !found.has(input.id));
}

/** The whole log of a lead, oldest first, in pages. */
export async function* everyDecision(facts: FactsLog, leadId: string): AsyncGenerator<StoredDecision> {
  const page = 200;
  let seq = 0;
  for (;;) {
    const decisions = await facts.after(leadId, seq, page);
    yield* decisions;
    const newest = decisions.at(-1);
    if (newest === undefined || decisions.length < page) return;
    seq = newest.seq;
  }
}
