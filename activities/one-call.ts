/** One call through the ledger, however often its activity is started: wait for the lease, take, call, write what became of it. Knows no channel. */
import { activityInfo, Context, heartbeat } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { Log } from '../events/ports';
import type { Ledger, LedgerKey, SendResult, Taken } from './ports';

export type CallDeps = {
  readonly ledger: Ledger;
  /** Now on the engine's clock, for `notAfter`. */
  readonly now: () => number;
  /** Longer than the longest call: PROTOCOL 14. */
  readonly leaseMs: number;
  readonly log: Log;
};

const beatMs = 5_000;
/** Whoever waits for another's lease looks this often whether it has ended before its time. */
const askAgainMs = 1_000;
/** A result that cannot be written is tried again for so long; then the truth goes to the workflow alone. */
const writeForMs = 20_000;

/** Runs `work` while telling Temporal that we live; only so does it tell us of a cancellation. */
export async function alive<T>(work: () => Promise<T>): Promise<T> {
  const beat = setInterval(() => heartbeat(), beatMs);
  try {
    return await work();
  } finally {
    clearInterval(beat);
  }
}

/** Set once the workflow no longer wants the effect. A worker that shuts down is no such wish: another one takes over. */
export function unwanted(): boolean {
  const { cancellationSignal, cancellationDetails } = Context.current();
  if (!cancellationSignal.aborted) return false;
  if (cancellationDetails?.cancelRequested === true) return true;
  throw ApplicationFailure.retryable(
    `this attempt has to end (${String(cancellationSignal.reason)}); the next one goes on`,
    'attempt-over',
  );
}

/**
 * Takes the call and makes it, or answers what the ledger already knows. `call` is undefined where nothing can be sent; then the ledger
 * holds a result by now. Ends with `withheld` or a result; throws only when the database is away.
 */
export async function callOnce(
  deps: CallDeps,
  key: LedgerKey,
  call: ((taken: Extract<Taken, { as: 'calling' }>) => Promise<SendResult>) | undefined,
): Promise<SendResult> {
  const { ledger, log } = deps;
  for (;;) {
    if (unwanted() && (await ledger.withdraw(key))) return { as: 'unavailable', because: 'cancelled' };
    const taken = await ledger.take(key, deps.now(), deps.leaseMs);
    if (taken.as === 'ended') return taken.result;
    if (taken.as === 'withheld') return taken;
    if (taken.as === 'leased') {
      await pause(Math.min(askAgainMs, Math.max(100, taken.until - Date.now())));
      continue;
    }
    if (call === undefined) throw new Error(`${key.effect} was to be withheld, but its ledger row was free to call`);
    const result = await call(taken);
    log[result.as === 'sent' ? 'info' : 'warn'](
      { leadId: key.leadId, effect: key.effect, attempt: activityInfo().attempt, ...result },
      result.as,
    );
    await write(deps, key, result);
    return result;
  }
}

async function write({ ledger, log }: CallDeps, key: LedgerKey, result: SendResult): Promise<void> {
  const until = performance.now() + writeForMs;
  for (let waitMs = 100; ; waitMs *= 2) {
    try {
      return await ledger.finish(key, result);
    } catch (error) {
      if (performance.now() + waitMs > until) {
        log.error(
          { leadId: key.leadId, effect: key.effect, error: error instanceof Error ? error.message : String(error) },
          'the ledger could not be told how a call ended; the lead is told all the same',
        );
        return;
      }
      await pause(waitMs);
    }
  }
}

/** Not cut short by a cancellation: the loop looks for itself. */
const pause = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));
