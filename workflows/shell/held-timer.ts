/** One timer a lead, re-armed only when its deadline changes: a timer per wait would cost two more history events a signal. */
import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';

export type HeldTimer = {
  /** True once the deadline passed; `arm` resets it. */
  readonly fired: () => boolean;
  /** Deadline in real epoch ms; one that has passed waits 1 s, so that a lead can never spin. `undefined` = no timer. */
  readonly arm: (at: number | undefined, summary: string) => void;
};

const delayUntil = (at: number, now: number): number => (at > now ? Math.max(100, at - now) : 1_000);

export function createHeldTimer(onFire: () => void): HeldTimer {
  let armedAt: number | undefined;
  let fired = false;
  let scope: CancellationScope | undefined;

  const wait = async (at: number, summary: string): Promise<void> => {
    const own = new CancellationScope();
    scope = own;
    try {
      await own.run(() => sleep(delayUntil(at, Date.now()), { summary }));
      if (scope !== own) return;
      fired = true;
      onFire();
    } catch (error) {
      if (!isCancellation(error)) throw error;
    }
  };

  return {
    fired: () => fired,
    arm: (at, summary) => {
      if (at === armedAt && !fired) return;
      const pending = fired ? undefined : scope;
      scope = undefined;
      fired = false;
      armedAt = at;
      pending?.cancel();
      if (at !== undefined) void wait(at, summary);
    },
  };
}
