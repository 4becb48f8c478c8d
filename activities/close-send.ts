/** Ends a send whose activity ran out of time: a reserved row is taken out for good, a called one is waited for. Never calls. */
import { heartbeat, sleep } from '@temporalio/activity';
import type { Outcome } from '../workflows/core';
import type { Ledger } from './ports';

export type CloseSendDeps = { readonly ledger: Ledger; /** Now on the engine's clock. */ readonly now: () => number };

export function createCloseSend({
  ledger,
  now,
}: CloseSendDeps): (args: { readonly leadId: string; readonly effect: string }) => Promise<Outcome> {
  return async (key) => {
    for (;;) {
      if (await ledger.withdraw(key)) return { as: 'unavailable', because: 'never called in time' };
      // Not reserved any more, so this cannot begin a call: it answers the result, or who holds the lease.
      const taken = await ledger.take(key, now(), 0);
      if (taken.as === 'ended') return taken.result;
      if (taken.as === 'withheld') return taken;
      heartbeat();
      await sleep(taken.as === 'leased' ? Math.min(5_000, Math.max(250, taken.until - Date.now())) : 250);
    }
  };
}
