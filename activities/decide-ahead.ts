/**
 * The router's fast path (PROTOCOL 21): events that leave a lead's workflow nothing to do are decided and appended here; all else is signalled
 * as ever. In doubt it signals: whatever was appended, the workflow finds by its ordinary conflict and drops what the log already took.
 */
import type { LeadDoor, Log } from '../events/ports';
import { decide as core, fold, HistoryNeeded, refsOf } from '../workflows/core';
import type { Input } from '../workflows/core';
import { aheadRun, isTaken, readLead, readOn, takenIn, workflowOutlook } from './ahead-lead';
import type { Reading } from './ahead-lead';
import { goesToWorkflow, isAsleep, isEngaged } from './ahead-rule';
import type { GoesToWorkflow } from './ahead-rule';
import { startTelling } from './ahead-tell';
import type { Lead as Told } from './ahead-tell';
import { append } from './append';
import { decisionOf, freshOf, positionOf, tooLarge } from './decision';
import { outlook } from './outlook';
import { FactsAway } from './ports';
import type { EngineClock, FactsLog, PublishedSource } from './ports';

export type AheadDeps = {
  readonly facts: FactsLog;
  readonly published: PublishedSource;
  readonly clock: EngineClock;
  /** Signals the lead; without inputs: look at the log. */
  readonly door: LeadDoor;
  readonly log: Log;
  /** Real clock, epoch ms. */
  readonly now: () => number;
};

export type AheadOptions = {
  /** Leads remembered. */
  readonly mostLeads: number;
  /** Decisions a workflow may be behind; so many it takes in at one conflict. */
  readonly mostAhead: number;
  /** So long may a workflow be behind, and so long is a signal proof that a run lives; real ms. */
  readonly forMs: number;
  /** So long events wait for the decision on what was signalled before them; then they are signalled behind it. */
  readonly holdMs: number;
  /** How often workflows that are behind for so long are sought. */
  readonly sweepMs: number;
};
export const aheadDefaults: AheadOptions = { mostLeads: 5_000, mostAhead: 20, forMs: 600_000, holdMs: 1_000, sweepMs: 15_000 };

/** Why a batch was signalled. */
export type Because =
  | GoesToWorkflow
  | 'unseen' // no signal of ours reached a run lately
  | 'order' // what was signalled before is not decided yet
  | 'far' // the workflow is as far behind as it may be
  | 'away' // NATS did not answer lately
  | 'clock' // this machine's clock runs before the server's
  | 'history' // its plan changes, and what it did before is counted anew
  | 'conflict' // others write to the log faster than we
  | 'failed';

type Lead = Told & {
  /** The last input of the last signal until the log shows it, and when it was sent. */
  pending: { readonly input: Input; readonly at: number } | undefined;
};

export type AheadDoor = LeadDoor & {
  /** Inputs decided ahead, and batches signalled by reason. */
  stats(): { readonly ahead: number; readonly signalled: Readonly<Partial<Record<Because, number>>> };
  /** Has every workflow that is behind look at its log, as far as that goes within so long. */
  stop(withinMs?: number): Promise<void>;
};

/** A workflow mostly decides within this; then the pauses between looks double. */
const holdStepMs = 30;
/** After a silence of NATS everything is signalled for so long. */
const awayMs = 5_000;
/** A clock that runs before the server's by more would make leads act too early. */
const clockSlackMs = 5_000;
const distrustMs = 600_000;
const warnEveryMs = 60_000;

export function aheadDoor(deps: AheadDeps, options: AheadOptions = aheadDefaults): AheadDoor {
  const { facts, clock, door, log, now } = deps;
  const leads = new Map<string, Lead>();
  const teller = startTelling(leads, deps, options);
  const signalled: Partial<Record<Because, number>> = {};
  let ahead = 0;
  const notUntil = { away: 0, clock: 0, warned: 0 };

  const remembered = (leadId: string): Lead => {
    const lead = leads.get(leadId) ?? { known: undefined, pending: undefined, aliveAt: -Infinity };
    leads.delete(leadId);
    leads.set(leadId, lead);
    if (leads.size > options.mostLeads) {
      const [oldest] = leads;
      if (oldest !== undefined) teller.forgotten(...oldest);
      if (oldest !== undefined) leads.delete(oldest[0]);
    }
    return lead;
  };

  /** A decision takes the workflow's moment, which is never before the signal it answers; else our clock is ahead of the server's. */
  const checkClock = ({ stored }: Reading, { input, at }: NonNullable<Lead['pending']>): void => {
    const took = stored.find(({ decision }) => decision.run !== aheadRun && decision.consumed.some(({ id }) => id === input.id));
    if (took === undefined || clock.toReal(took.decision.at) >= at - clockSlackMs) return;
    notUntil.clock = now() + distrustMs;
    log.warn({ byMs: at - clock.toReal(took.decision.at) }, "the router's clock runs before the server's; every event is signalled");
  };

  /** Brings what is known up to the last signal; a reason where that cannot be. */
  const catchUp = async (leadId: string, lead: Lead): Promise<Because | undefined> => {
    const { pending } = lead;
    const fresh = lead.known === undefined;
    if (!fresh && pending === undefined) return undefined;
    const reading = await (lead.known === undefined ? readLead(facts, clock, leadId) : readOn(facts, clock, leadId, lead.known));
    lead.known = reading?.now;
    if (reading === undefined) return fresh ? 'asleep' : 'order';
    if (isAsleep(reading.now.state)) return 'asleep';
    if (pending === undefined) return undefined;
    checkClock(reading, pending);
    if (now() < notUntil.clock) return 'clock';
    if (!isTaken(reading.now.state, pending.input)) return 'order';
    lead.pending = undefined;
    return undefined;
  };

  const tryAhead = async (leadId: string, lead: Lead, inputs: readonly Input[]): Promise<Because | undefined> => {
    if (!isEngaged(inputs)) return 'input';
    const at = now();
    if (at < notUntil.away) return 'away';
    if (at < notUntil.clock) return 'clock';
    if (at - lead.aliveAt > options.forMs) return 'unseen';
    const why = await catchUp(leadId, lead);
    if (why !== undefined) return why;
    const first = await once(deps, options, leadId, lead, inputs);
    return first === 'conflict' && lead.known !== undefined ? once(deps, options, leadId, lead, inputs) : first;
  };

  return {
    async deliver(leadId, inputs) {
      const lead = remembered(leadId);
      let why: Because | undefined;
      try {
        why = await tryAhead(leadId, lead, inputs);
      } catch (error) {
        why = error instanceof FactsAway ? 'away' : error instanceof HistoryNeeded ? 'history' : 'failed';
        if (why === 'away') notUntil.away = now() + awayMs;
        if (why !== 'history' && now() >= notUntil.warned) {
          notUntil.warned = now() + warnEveryMs;
          log.warn({ leadId, says: said(error) }, 'a lead could not be decided ahead; its events are signalled');
        }
      }
      if (why === undefined) {
        ahead += inputs.length;
        return { as: 'delivered', ahead: true };
      }
      const heldFor = lead.pending === undefined ? Infinity : now() - lead.pending.at;
      if (why === 'order' && heldFor < options.holdMs)
        return { as: 'later', afterMs: Math.max(holdStepMs, heldFor), says: 'what was signalled before is not decided yet' };
      signalled[why] = (signalled[why] ?? 0) + 1;
      const input = inputs.at(-1);
      const sentAt = now();
      // Before the call: a signal whose answer is lost may have reached the run.
      if (input !== undefined) lead.pending = { input, at: sentAt };
      const delivered = await door.deliver(leadId, inputs);
      if (delivered.as === 'delivered') lead.aliveAt = sentAt;
      return delivered;
    },
    stats: () => ({ ahead, signalled }),
    stop: (withinMs = 10_000) => teller.stop(withinMs),
  };
}

const said = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** One attempt; `undefined`: the inputs are in the log and the workflow need not know now. */
async function once(
  { facts, published, clock, now }: AheadDeps,
  { mostAhead, forMs }: AheadOptions,
  leadId: string,
  lead: Lead,
  inputs: readonly Input[],
): Promise<Because | undefined> {
  const { known } = lead;
  if (known === undefined || isAsleep(known.state)) return 'asleep';
  const { state, position, aheadSince } = known;
  if (known.ahead >= mostAhead || (aheadSince !== undefined && now() - aheadSince > forMs)) return 'far';
  const view = await published.snapshot(refsOf(state));
  const at = Math.max(clock.toEngine(now()), state.at);
  const concluded = core(view, state, await freshOf(facts, leadId, state, inputs), at);
  // Nothing but repeats.
  if (concluded.length === 0) return undefined;
  const after = fold(state, concluded);
  const why = goesToWorkflow(workflowOutlook(clock, view, known), concluded, outlook(clock, view, after, at));
  if (why !== undefined) return why;
  const decision = decisionOf({ leadId, run: aheadRun, position, inputs, facts: concluded, after, now: at });
  if (tooLarge(decision)) return 'size';
  const appended = await append(facts, position, decision);
  lead.known = undefined;
  if (appended.as === 'stored')
    lead.known = {
      ...known,
      state: after,
      position: positionOf(appended.stored),
      ahead: known.ahead + 1,
      aheadSince: aheadSince ?? now(),
    };
  if (appended.as === 'found') lead.known = takenIn(known, appended.decisions, clock);
  return appended.as === 'stored' ? undefined : 'conflict';
}
