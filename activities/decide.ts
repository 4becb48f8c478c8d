/** The decision: pure core plus an append with the expected sequence. A local activity, because a conflict must bring back what is stored, never its own. */
import { ApplicationFailure } from '@temporalio/common';
import { answerOf, decide as core, fold, HistoryNeeded, lookups, migrate, refsOf, upcast, UnknownFact } from '../workflows/core';
import type { Decision, Fact, Input, LeadState, Position, Published } from '../workflows/core';
import type { Decided, DecideArgs, Folded } from '../workflows/shell/decided';
import { eventsIn } from '../workflows/core';
import type { StrippedEvent } from '../events/stripped';
import { outlook } from './outlook';
import { FactsAway } from './ports';
import type { EngineClock, FactsLog, PublishedSource, RejectedLog, StoredDecision } from './ports';
import { reconcile } from './reconcile';

export type DecideDeps = {
  readonly facts: FactsLog;
  readonly published: PublishedSource;
  readonly rejected: RejectedLog;
  readonly clock: EngineClock;
};

/** A message holds at most so much (PROTOCOL 2). */
const mostBytes = 256 * 1024;
/** A stream restored under our feet may renumber once, not for ever. */
const mostAppends = 2;

/** Names the problem for the shell; anything unforeseen stays what it is and becomes `decide-failed`. */
export async function named<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof FactsAway) throw ApplicationFailure.nonRetryable(error.message, 'facts-away');
    if (error instanceof UnknownFact) throw ApplicationFailure.nonRetryable(error.message, 'fact-unknown');
    throw error;
  }
}

export function createDecide(deps: DecideDeps): (args: DecideArgs) => Promise<Decided> {
  return (args) => named(() => decideOnce(deps, args, args.inputs));
}

async function decideOnce(deps: DecideDeps, args: DecideArgs, inputs: readonly Input[]): Promise<Decided> {
  const state = migrate(args.state);
  const published = await deps.published.snapshot(refsOf(state));
  const now = Math.max(deps.clock.toEngine(args.now), state.at);
  const known = await alreadyRecorded(deps.facts, args.leadId, state, inputs);
  const fresh = known.size === 0 ? inputs : inputs.filter((input) => !known.has(input.id));
  const facts = await conclude(deps, published, state, fresh, now);
  const consumed = inputs.map(({ id }) => id);
  if (facts.length === 0) {
    const passed = consumed.map((id) => ({ id, answer: answerOf(state, id) }));
    return { ...outlook(deps.clock, published, state, now), decisions: [], passed, position: args.position };
  }
  const after = fold(state, facts);
  const decision: Decision = {
    v: 1,
    lead: args.leadId,
    n: args.position.n + 1,
    prev: args.position.digest,
    run: args.run,
    at: now,
    consumed: consumed.map((id) => ({ id, answer: answerOf(after, id) })),
    facts,
  };
  if (inputs.length > 1 && Buffer.byteLength(JSON.stringify(decision)) > mostBytes)
    return decideOnce(deps, args, inputs.slice(0, inputs.length >> 1));
  return store(deps, args.leadId, state, args.position, decision, now);
}

/** Appends and, where something else is there, returns that instead. */
export async function store(
  deps: DecideDeps,
  leadId: string,
  state: LeadState,
  position: Position,
  decision: Decision,
  now: number,
): Promise<Decided> {
  let seq = position.seq;
  for (let attempt = 1; attempt <= mostAppends; attempt += 1) {
    const appended = await deps.facts.append(decision, seq);
    if (appended.as === 'stored') {
      const { position: stored } = appended;
      return settle(deps, state, [{ seq: stored.seq, digest: stored.digest, decision }], stored, now);
    }
    const found = await reconcile(deps.facts, leadId, { ...position, seq });
    if (found.as === 'decided') {
      const newest = found.decisions.at(-1);
      return settle(deps, state, found.decisions.map(known), newest === undefined ? position : positionOf(newest), now);
    }
    if (found.as !== 'renumbered') {
      return {
        ...outlook(deps.clock, await deps.published.snapshot(refsOf(state)), state, now),
        effects: [],
        decisions: [],
        passed: [],
        position,
        problem: found.as,
      };
    }
    seq = found.seq;
  }
  throw new FactsAway('the log is being renumbered');
}

async function settle(
  deps: DecideDeps,
  before: LeadState,
  decisions: readonly Folded[],
  position: Position,
  now: number,
): Promise<Decided> {
  const state = decisions.reduce((folding, { decision }) => fold(folding, decision.facts), before);
  const published = await deps.published.snapshot(refsOf(state));
  return { ...outlook(deps.clock, published, state, Math.max(now, state.at)), decisions, passed: [], position };
}

/** A stored decision as this release reads it. */
export const known = ({ seq, digest, decision }: StoredDecision): Folded => ({
  seq,
  digest,
  decision: { ...decision, facts: decision.facts.map(upcast) },
});

export const positionOf = ({ seq, digest, decision }: StoredDecision): Position => ({ n: decision.n, seq, digest });

/** Ids below the ring's floor that the lead's log already holds (PROTOCOL 12). */
async function alreadyRecorded(facts: FactsLog, leadId: string, state: LeadState, inputs: readonly Input[]): Promise<ReadonlySet<string>> {
  const doubtful = new Set(lookups(state, inputs).map(({ id }) => id));
  const found = new Set<string>();
  if (doubtful.size === 0) return found;
  for await (const { decision } of everyDecision(facts, leadId))
    for (const { id } of decision.consumed) if (doubtful.has(id)) found.add(id);
  return found;
}

/** The events of a lead as they were recorded, oldest first. */
async function recordedEvents(facts: FactsLog, leadId: string): Promise<readonly StrippedEvent[]> {
  const events: StrippedEvent[] = [];
  for await (const stored of everyDecision(facts, leadId)) events.push(...eventsIn(known(stored).decision.facts));
  return events;
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

/** Where the core throws on a batch, inputs are tried one by one and the culprit is refused; the lead goes on (PROTOCOL 11). */
async function conclude(
  deps: DecideDeps,
  published: Published,
  state: LeadState,
  inputs: readonly Input[],
  now: number,
): Promise<readonly Fact[]> {
  try {
    return core(published, state, inputs, now);
  } catch (error) {
    if (error instanceof HistoryNeeded)
      return concludeWith(deps, published, state, inputs, now, await recordedEvents(deps.facts, state.leadId));
    if (inputs.length === 0) throw error;
    return oneByOne(deps, published, state, inputs, now, undefined);
  }
}

/** The same with the lead's recorded events at hand; rare, because only a change of plan asks for them. */
async function concludeWith(
  deps: DecideDeps,
  published: Published,
  state: LeadState,
  inputs: readonly Input[],
  now: number,
  recorded: readonly StrippedEvent[],
): Promise<readonly Fact[]> {
  try {
    return core(published, state, inputs, now, () => recorded);
  } catch (error) {
    if (inputs.length === 0) throw error;
    return oneByOne(deps, published, state, inputs, now, () => recorded);
  }
}

async function oneByOne(
  deps: DecideDeps,
  published: Published,
  state: LeadState,
  inputs: readonly Input[],
  now: number,
  recorded: (() => readonly StrippedEvent[]) | undefined,
): Promise<readonly Fact[]> {
  const facts: Fact[] = [];
  let folding = state;
  for (const input of inputs) {
    let concluded: readonly Fact[];
    try {
      concluded = core(published, folding, [input], now, recorded);
    } catch (error) {
      await deps.rejected.reject({
        code: 'input-refused',
        says: error instanceof Error ? error.message : String(error),
        original: { leadId: state.leadId, input },
      });
      concluded = [{ v: 1, type: 'InputRefused', occurredAt: now, recordedAt: now, id: input.id, code: 'input-refused' }];
    }
    facts.push(...concluded);
    folding = fold(folding, concluded);
  }
  return facts;
}
