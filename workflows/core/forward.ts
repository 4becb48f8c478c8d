/**
 * Runs the core forward for one lead until a moment, wake by wake, as the shell does but without a server, a clock or chance.
 * The simulator, the what-if, `ripen plan`, the calendar and the test kit are this loop with different worlds around it.
 *
 * The caller owns the world: `arrivals` is what is on its way to the lead (`arrivals.ts`), `answer` says what comes of an effect and when.
 * Both may be added to between two steps, because the next step is made only when it is asked for:
 *
 *     const coming = arrivals([{ at: mondayAt, input: enrolled }]);
 *     for (const step of forward({ published, state, from: mondayAt, until, arrivals: coming, answer: (effect, at) => [...] }))
 *       if (step.facts.some(({ type }) => type === 'TouchSent')) coming.send(step.at + hour, clicked);
 *
 * What is still on its way at the end stays in `arrivals`, so that a later run can go on from `step.state`.
 */
import type { Arrival, Arrivals } from './arrivals';
import { decide } from './decide';
import type { Recorded } from './deciding';
import type { Effect } from './effects';
import { fold } from './evolve';
import type { Fact } from './facts';
import type { Input } from './inputs';
import { outstanding } from './outstanding';
import type { Published } from './plan';
import type { LeadState } from './state';
import { nextWake } from './wake';

export type Ahead = {
  readonly published: Published;
  readonly state: LeadState;
  /** Nothing is decided before it (epoch ms); an overdue wake is met then. */
  readonly from: number;
  /** The last moment at which something is decided. */
  readonly until: number;
  readonly arrivals: Arrivals;
  /**
   * Asked once for each effect, when it is decided (for those open in `state`: at `from`, unless `answered`). An outcome is an input of kind `outcome` with the effect's id;
   * whatever else follows from it (a click, a rep's word) may come along. Nothing = the effect stays open. `state` is after the decision.
   */
  readonly answer: (effect: Effect, at: number, state: LeadState) => readonly Arrival[];
  /** This run goes on from another: what comes of the effects open in `state` is in `arrivals` already. */
  readonly answered?: boolean;
  /** The lead's facts, those of this run too; needed only where an enrolment changes to another version, points are counted again or an event is taken back. */
  readonly recorded?: Recorded;
};

/** One decision that took inputs or concluded something. */
export type Step = { readonly at: number; readonly inputs: readonly Input[]; readonly facts: readonly Fact[]; readonly state: LeadState };

/** A due moment passed so many times and deciding moved nothing on: a plan goes round without a wait, or the core has a bug (`wake-stuck`). */
export class WakeStuck extends Error {
  override name = 'WakeStuck';
  constructor(
    readonly leadId: string,
    readonly at: number,
    readonly sequences: readonly string[],
  ) {
    super(`lead ${leadId} does not move on: its wake stays in the past (wake-stuck; in ${sequences.join(', ') || 'no sequence'})`);
  }
}

/** As the shell waits where a wake has passed. */
const leastWaitMs = 1_000;
const mostInVain = 1_000;

/** Yields every decision until `until`; returns the last state. Throws `WakeStuck`, and `UnknownRef` where a plan is not published. */
export function* forward({
  published,
  state: first,
  from,
  until,
  arrivals,
  answer,
  answered = false,
  recorded,
}: Ahead): Generator<Step, LeadState, undefined> {
  let state = first;
  let now = from;
  let inVain = 0;
  const start = (effect: Effect): void => {
    for (const { at, input } of answer(effect, now, state)) arrivals.send(Math.max(at, now), input);
  };
  if (!answered) for (const effect of outstanding(state)) start(effect);
  let wakeAt = nextWake(published, state);
  for (;;) {
    const at = earliest(arrivals.nextAt(), wakeAt);
    if (at === undefined) return state;
    now = Math.max(now, at);
    if (now > until) return state;
    const inputs = arrivals.take(now);
    const facts = decide(published, state, inputs, now, recorded);
    state = fold(state, facts);
    for (const fact of facts) if (fact.type === 'EffectDecided') start(fact.effect);
    if (facts.length > 0 || inputs.length > 0) yield { at: now, inputs, facts, state };
    wakeAt = nextWake(published, state);
    if (wakeAt === undefined || wakeAt > now) {
      inVain = 0;
      continue;
    }
    inVain += 1;
    if (inVain > mostInVain)
      throw new WakeStuck(
        state.leadId,
        now,
        Object.values(state.enrolments).map(({ sequence }) => sequence),
      );
    wakeAt = now + leastWaitMs;
  }
}

const earliest = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
