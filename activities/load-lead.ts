/** A run not started by continue-as-new: tombstone, fold of all facts, and `LeadResumed` at that position before any effect (PROTOCOL 18). */
import { ApplicationFailure } from '@temporalio/common';
import { fold, initial, migrate, refsOf } from '../workflows/core';
import type { Decision, Fact, LeadState, Position } from '../workflows/core';
import type { Decided, LoadArgs, Loaded, OpaqueState, RepairArgs } from '../workflows/shell/decided';
import { named, store } from './decide';
import type { DecideDeps } from './decide';
import { everyDecision, known, positionOf } from './decision';
import { outlook } from './outlook';

export type LoadDeps = DecideDeps & {
  /** Was the person erased? A restored log must not revive them. */
  readonly erased: (leadId: string) => Promise<boolean>;
};

/** Racing runs append too; each conflict means that someone else moved on, so read again. */
const mostTries = 5;

export function createLoadLead(deps: LoadDeps): (args: LoadArgs) => Promise<Loaded> {
  return (args) =>
    named(async () => {
      const tombstone = await deps.erased(args.leadId);
      for (let attempt = 1; attempt <= mostTries; attempt += 1) {
        const { state, position } = await foldLog(deps, args.leadId);
        const now = Math.max(deps.clock.toEngine(args.now), state.at);
        if (state.erased === true || tombstone) return buried(deps, state, position, now);
        const decided = await store(deps, state, position, resumed(args, position, now), now);
        const own = decided.decisions[0]?.decision;
        if (own?.run !== args.run || own.n !== position.n + 1) continue;
        return { ...decided, decisions: [], state: fold(state, own.facts) as unknown as OpaqueState };
      }
      throw ApplicationFailure.nonRetryable('other runs keep writing to this lead', 'facts-away');
    });
}

/** After `facts-behind` or `facts-forked`: what this workflow knows becomes the log's newest word, at whatever the log now ends in. */
export function createRepairLead(deps: LoadDeps): (args: RepairArgs) => Promise<Decided> {
  return (args) =>
    named(async () => {
      const { position } = await foldLog(deps, args.leadId);
      const state = migrate(args.state);
      const now = Math.max(deps.clock.toEngine(args.now), state.at);
      const fact: Fact = {
        v: 1,
        type: 'LeadRestated',
        occurredAt: now,
        recordedAt: now,
        state: { ...state, at: now },
        because: args.because,
      };
      return store(deps, state, position, { ...resumed(args, position, now), facts: [fact] }, now);
    });
}

async function foldLog(deps: LoadDeps, leadId: string): Promise<{ state: LeadState; position: Position }> {
  let state = initial(leadId);
  let position: Position = { n: 0, seq: 0, digest: '' };
  for await (const stored of everyDecision(deps.facts, leadId)) {
    state = fold(state, known(stored).decision.facts);
    position = positionOf(stored);
  }
  return { state, position };
}

function resumed(args: { readonly leadId: string; readonly run: string }, position: Position, now: number): Decision {
  const fact: Fact = { v: 1, type: 'LeadResumed', occurredAt: now, recordedAt: now, run: args.run };
  return { v: 1, lead: args.leadId, n: position.n + 1, prev: position.digest, run: args.run, at: now, consumed: [], facts: [fact] };
}

async function buried(deps: LoadDeps, state: LeadState, position: Position, now: number): Promise<Loaded> {
  const published = await deps.published.snapshot(refsOf(state));
  return {
    ...outlook(deps.clock, published, state, now),
    effects: [],
    erased: true,
    decisions: [],
    passed: [],
    position,
    state: state as unknown as OpaqueState,
  };
}
