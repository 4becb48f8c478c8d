/** Leads' workflows on paper: the shell's loop over the real `decide` and `loadLead`, without Temporal. For tests of what else writes to a lead's log. */
import { createDecide } from '../../activities/decide';
import { createLoadLead } from '../../activities/load-lead';
import type { EngineClock, FactsLog } from '../../activities/ports';
import type { LeadDoor } from '../../events/ports';
import { fold } from '../../workflows/core';
import type { Effect, Input, LeadState, Position, Published } from '../../workflows/core';
import type { Decided, OpaqueState } from '../../workflows/shell/decided';

type Run = { state: LeadState; position: Position; inbox: Input[]; last: Decided; markers: number };

export type PaperWorkflows = LeadDoor & {
  /** Signals accepted and not yet looked at. */
  readonly signals: { readonly leadId: string; readonly inputs: readonly Input[] }[];
  /** Works through the signals. */
  settle(): Promise<void>;
  run(leadId: string): Run | undefined;
  terminate(leadId: string): void;
  /** Refuses to decide, as a workflow in trouble does. */
  troubled: boolean;
};

export function paperWorkflows(
  facts: FactsLog,
  published: Published,
  { clock, now }: { readonly clock: EngineClock; readonly now: () => number },
): PaperWorkflows {
  const deps = { facts, published: { snapshot: async () => published }, rejected: { reject: async () => undefined }, clock };
  const decide = createDecide(deps);
  const loadLead = createLoadLead({ ...deps, erased: async () => false });
  const runs = new Map<string, Run>();
  const signals: { leadId: string; inputs: readonly Input[] }[] = [];

  const take = (run: Run, decided: Decided): void => {
    for (const { decision } of decided.decisions) {
      run.state = fold(run.state, decision.facts);
      run.inbox = run.inbox.filter(({ id }) => !decision.consumed.some((consumed) => consumed.id === id));
    }
    run.inbox = run.inbox.filter(({ id }) => !decided.passed.some((passed) => passed.id === id));
    run.position = decided.position;
    run.last = decided;
    run.markers += 1;
    // A mail server that takes everything at once.
    run.inbox.push(...decided.effects.filter(({ id }) => !run.inbox.some((input) => input.id === id)).map(outcomeOf));
  };
  const started = async (leadId: string): Promise<Run> => {
    const loaded = await loadLead({ leadId, run: `run-${leadId}`, now: now() });
    const run: Run = { state: loaded.state as unknown as LeadState, position: loaded.position, inbox: [], last: loaded, markers: 0 };
    runs.set(leadId, run);
    return run;
  };
  const work = async (leadId: string, inputs: readonly Input[]): Promise<void> => {
    const run = runs.get(leadId) ?? (await started(leadId));
    run.inbox.push(...inputs.filter(({ id }) => !run.inbox.some((input) => input.id === id)));
    for (let look = inputs.length === 0; look || run.inbox.length > 0;) {
      const batch = run.inbox.slice(0, 100);
      const { state, position } = run;
      const decided = await decide({
        leadId,
        run: `run-${leadId}`,
        state: state as unknown as OpaqueState,
        position,
        inputs: batch,
        now: now(),
      });
      if (decided.problem !== undefined) throw new Error(decided.problem);
      take(run, decided);
      look = decided.more === true;
    }
    if (run.last.resting) runs.delete(leadId);
  };
  const door: PaperWorkflows = {
    signals,
    troubled: false,
    async deliver(leadId, inputs) {
      signals.push({ leadId, inputs });
      return { as: 'delivered' };
    },
    async settle() {
      while (!door.troubled && signals.length > 0) {
        const next = signals.shift();
        if (next !== undefined) await work(next.leadId, next.inputs);
      }
    },
    run: (leadId) => runs.get(leadId),
    terminate: (leadId) => void runs.delete(leadId),
  };
  return door;
}

const outcomeOf = (effect: Effect): Input => ({
  kind: 'outcome',
  id: effect.id,
  outcome:
    effect.type === 'SendTouch'
      ? { as: 'sent', content: `${effect.content}@1#test` }
      : effect.type === 'AssignRep'
        ? { as: 'assigned', rep: 'rosa' }
        : { as: 'notified' },
});
