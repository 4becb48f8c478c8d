/** What the router knows of one lead: its state by the log, what its workflow knows, what was signalled and not yet decided. Reads, never writes. */
import { fold, initial } from '../workflows/core';
import { inRing } from '../workflows/core/ring';
import type { Input, LeadState, Position, Published } from '../workflows/core';
import { everyDecision, known, positionOf } from './decision';
import { outlook } from './outlook';
import type { Outlook } from './outlook';
import type { EngineClock, FactsLog, StoredDecision } from './ports';
import { beyond } from './reconcile';

/** `run` of decisions made ahead of the workflow. */
export const aheadRun = 'router';

/** Longer logs are not read just to save a signal. */
const mostRead = 2_000;

export type Known = {
  readonly state: LeadState;
  readonly position: Position;
  /** As the workflow last decided, or was last told to look. */
  readonly workflow: LeadState;
  /** Decisions made ahead of it since, and when the first was, real clock. */
  readonly ahead: number;
  readonly aheadSince: number | undefined;
};

/** The lead after further decisions of its log. */
export function takenIn(before: Known, stored: readonly StoredDecision[], clock: EngineClock): Known {
  let { state, position, workflow, ahead, aheadSince } = before;
  for (const each of stored) {
    const { decision } = known(each);
    state = fold(state, decision.facts);
    position = positionOf(each);
    if (decision.run === aheadRun) {
      ahead += 1;
      aheadSince ??= clock.toReal(decision.at);
    } else {
      workflow = state;
      ahead = 0;
      aheadSince = undefined;
    }
  }
  return { state, position, workflow, ahead, aheadSince };
}

export type Reading = { readonly now: Known; /** What was read this time. */ readonly stored: readonly StoredDecision[] };

/** From the whole log. `undefined`: there is none, or it is too long. */
export async function readLead(facts: FactsLog, clock: EngineClock, leadId: string): Promise<Reading | undefined> {
  const newest = await facts.last(leadId);
  if (newest === undefined || newest.decision.n > mostRead) return undefined;
  const stored: StoredDecision[] = [];
  for await (const decision of everyDecision(facts, leadId)) stored.push(decision);
  const nothing = initial(leadId);
  const none: Known = { state: nothing, position: { n: 0, seq: 0, digest: '' }, workflow: nothing, ahead: 0, aheadSince: undefined };
  return { now: takenIn(none, stored, clock), stored };
}

/** With what others stored since. `undefined`: the log is not the one we knew. */
export async function readOn(facts: FactsLog, clock: EngineClock, leadId: string, before: Known): Promise<Reading | undefined> {
  let now = before;
  const stored: StoredDecision[] = [];
  for (;;) {
    const found = await beyond(facts, leadId, now.position);
    if (found.as === 'current') return { now, stored };
    if (found.as !== 'decided') return undefined;
    stored.push(...found.decisions);
    now = takenIn(now, found.decisions, clock);
    if (!found.more) return { now, stored };
  }
}

/** Did the lead take this input, as far as the log says? */
export function isTaken(state: LeadState, input: Input): boolean {
  if (input.kind === 'profiled') return state.profileVersion >= input.version;
  return input.kind !== 'outcome' && inRing(state.ring, input.id);
}

const described = new WeakMap<LeadState, { readonly published: Published; readonly outlook: Outlook }>();

/** What the workflow waits for and shows by what it knows, as of its own last moment. */
export function workflowOutlook(clock: EngineClock, published: Published, { workflow }: Known): Outlook {
  const before = described.get(workflow);
  if (before?.published === published) return before.outlook;
  const made = outlook(clock, published, workflow, workflow.at);
  described.set(workflow, { published, outlook: made });
  return made;
}
