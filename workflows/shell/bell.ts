/** Wakes the loop when somebody made work. A plain promise: a `condition` costs several more, each with a stack trace, and another call into the sandbox. */
import { CancellationScope } from '@temporalio/workflow';

export type Bell = {
  readonly ring: () => void;
  /** Resolves at the next ring; throws once the workflow was cancelled. */
  readonly next: () => Promise<void>;
};

export function createBell(): Bell {
  let resolve: () => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  let cancelled: { readonly error: unknown } | undefined;
  CancellationScope.current().cancelRequested.catch((error: unknown) => {
    cancelled = { error };
    reject(error);
  });
  return {
    ring: () => resolve(),
    next: () =>
      new Promise((onRing, onCancel) => {
        resolve = onRing;
        reject = onCancel;
        if (cancelled !== undefined) onCancel(cancelled.error);
      }),
  };
}
