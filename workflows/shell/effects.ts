/** Keeps the effects that run equal to those outstanding: starts the missing, cancels and awaits the superfluous. Knows no rules. */
import { CancellationScope, condition, isCancellation } from '@temporalio/workflow';
import type { Effect, Outcome } from '../core';
import { perform } from '../perform';

export type RunningEffects = {
  readonly ids: () => readonly string[];
  /** Starts `outstanding - running` and cancels `running - outstanding`; a promise, up to 10 s, only where some must stop first. */
  readonly match: (outstanding: readonly Effect[]) => Promise<unknown> | undefined;
};

const cancelPatience = '10 seconds';

export function createEffects(leadId: string, onOutcome: (effect: string, outcome: Outcome) => void): RunningEffects {
  const running = new Map<string, CancellationScope>();

  const run = async (effect: Effect, scope: CancellationScope): Promise<void> => {
    try {
      const outcome = await scope.run(() => perform(leadId, effect));
      if (outcome !== undefined) onOutcome(effect.id, outcome);
    } catch (error) {
      if (!isCancellation(error)) throw error;
    } finally {
      running.delete(effect.id);
    }
  };

  return {
    ids: () => [...running.keys()],
    match: (outstanding) => {
      const wanted = new Set(outstanding.map((effect) => effect.id));
      const superfluous = [...running].filter(([id]) => !wanted.has(id));
      for (const [, scope] of superfluous) scope.cancel();
      for (const effect of outstanding) {
        if (running.has(effect.id)) continue;
        const scope = new CancellationScope();
        running.set(effect.id, scope);
        void run(effect, scope);
      }
      if (superfluous.length === 0) return undefined;
      return condition(() => superfluous.every(([id, scope]) => running.get(id) !== scope), cancelPatience);
    },
  };
}
