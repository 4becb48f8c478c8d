/** The decision: pure core plus an append with the expected sequence. A local activity, because a conflict must bring back what is stored, never its own. */
import { ApplicationFailure } from '@temporalio/common';
import { answerOf, decide as core, fold, HistoryNeeded, migrate, refsOf, UnknownFact } from '../workflows/core';
import type { Decision, Fact, Input, LeadState, Position, Published } from '../workflows/core';
import type { Decided, DecideArgs, Folded, OpaqueState } from '../workflows/shell/decided';
import { append } from './append';
import { decisionOf, everyDecision, freshOf, known, positionOf, tooLarge } from './decision';
import { outlook } from './outlook';
import { FactsAway } from './ports';
import type { EngineClock, FactsLog, PublishedSource, RejectedLog } from './ports';
import { beyond } from './reconcile';

export type DecideDeps = {
  readonly facts: FactsLog;
  readonly published: PublishedSource;
  readonly rejected: RejectedLog;
  readonly clock: EngineClock;
};

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
  return (args) => named(() => decideOnTop(deps, args));
}

/** Where others decided meanwhile and took none of the inputs, these are decided on top of that at once: a conflict costs no second task. */
async function decideOnTop(deps: DecideDeps, args: DecideArgs): Promise<Decided> {
  const first = await decideOnce(deps, args, args.inputs);
  const { decisions, position } = first;
  const taken = new Set(decisions.flatMap(({ decision }) => decision.consumed.map(({ id }) => id)));
  if (decisions.length === 0 || first.more === true || args.inputs.length === 0 || args.inputs.some(({ id }) => taken.has(id)))
    return first;
  const state = decisions.reduce((folding, { decision }) => fold(folding, decision.facts), migrate(args.state));
  try {
    const second = await decideOnce(deps, { ...args, state: opaque(state), position }, args.inputs);
    return { ...second, decisions: [...decisions, ...second.decisions] };
  } catch (error) {
    // What was found is worth having; the inputs wait for the next decision.
    if (error instanceof FactsAway) return first;
    throw error;
  }
}

const opaque = (state: LeadState): OpaqueState => state as unknown as OpaqueState;

async function decideOnce(deps: DecideDeps, args: DecideArgs, inputs: readonly Input[]): Promise<Decided> {
  const { leadId, run, position } = args;
  const state = migrate(args.state);
  const published = await deps.published.snapshot(refsOf(state));
  const now = Math.max(deps.clock.toEngine(args.now), state.at);
  const facts = await conclude(deps, published, state, await freshOf(deps.facts, leadId, state, inputs), now);
  if (facts.length === 0) {
    if (inputs.length === 0) return look(deps, args, state, now);
    const passed = inputs.map(({ id }) => ({ id, answer: answerOf(state, id) }));
    return { ...outlook(deps.clock, published, state, now), decisions: [], passed, position };
  }
  const decision = decisionOf({ leadId, run, position, inputs, facts, after: fold(state, facts), now });
  if (inputs.length > 1 && tooLarge(decision)) return decideOnce(deps, args, inputs.slice(0, inputs.length >> 1));
  return store(deps, state, position, decision, now);
}

/** A tick that concludes nothing: others may have decided ahead of this workflow, which then goes on from there. */
async function look(deps: DecideDeps, { leadId, position }: DecideArgs, state: LeadState, now: number): Promise<Decided> {
  const found = await beyond(deps.facts, leadId, position);
  if (found.as === 'decided') return settle(deps, state, found.decisions.map(known), found.more, now);
  if (found.as === 'facts-behind' || found.as === 'facts-forked') return troubled(deps, state, position, found.as, now);
  const seq = found.as === 'renumbered' ? found.seq : position.seq;
  const published = await deps.published.snapshot(refsOf(state));
  return { ...outlook(deps.clock, published, state, now), decisions: [], passed: [], position: { ...position, seq } };
}

/** Appends and, where something else is there, returns that instead. */
export async function store(deps: DecideDeps, state: LeadState, position: Position, decision: Decision, now: number): Promise<Decided> {
  const appended = await append(deps.facts, position, decision);
  if (appended.as === 'stored') return settle(deps, state, [appended.stored], false, now);
  if (appended.as === 'found') return settle(deps, state, appended.decisions.map(known), appended.more, now);
  return troubled(deps, state, position, appended.as, now);
}

async function troubled(
  deps: DecideDeps,
  state: LeadState,
  position: Position,
  problem: 'facts-behind' | 'facts-forked',
  now: number,
): Promise<Decided> {
  const published = await deps.published.snapshot(refsOf(state));
  return { ...outlook(deps.clock, published, state, now), effects: [], decisions: [], passed: [], position, problem };
}

/** `decisions`: at least one, oldest first. */
async function settle(deps: DecideDeps, before: LeadState, decisions: readonly Folded[], more: boolean, now: number): Promise<Decided> {
  const state = decisions.reduce((folding, { decision }) => fold(folding, decision.facts), before);
  const published = await deps.published.snapshot(refsOf(state));
  const position = decisions.map(positionOf).at(-1) ?? { n: 0, seq: 0, digest: '' };
  return {
    ...outlook(deps.clock, published, state, Math.max(now, state.at)),
    decisions,
    passed: [],
    position,
    ...(more ? { more: true } : {}),
  };
}

/** All facts of a lead, oldest first. */
async function recordedFacts(log: FactsLog, leadId: string): Promise<readonly Fact[]> {
  const facts: Fact[] = [];
  for await (const stored of everyDecision(log, leadId)) facts.push(...known(stored).decision.facts);
  return facts;
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
      return concludeWith(deps, published, state, inputs, now, await recordedFacts(deps.facts, state.leadId));
    if (inputs.length === 0) throw error;
    return oneByOne(deps, published, state, inputs, now, undefined);
  }
}

/** The same with the lead's facts at hand; rare, because only a change of plan, a re-scoring or a retraction asks for them. */
async function concludeWith(
  deps: DecideDeps,
  published: Published,
  state: LeadState,
  inputs: readonly Input[],
  now: number,
  recorded: readonly Fact[],
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
  recorded: (() => readonly Fact[]) | undefined,
): Promise<readonly Fact[]> {
  const facts: Fact[] = [];
  let folding = state;
  for (const input of inputs) {
    let concluded: readonly Fact[];
    try {
      concluded = core(published, folding, [input], now, recorded === undefined ? undefined : () => [...recorded(), ...facts]);
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
