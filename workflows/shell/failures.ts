/** What a failed local activity says: the problem's code and the sentence. Knows no rules. */
import { ActivityFailure, ApplicationFailure, TimeoutFailure } from '@temporalio/workflow';

/** A failed local activity comes wrapped or bare, depending on how it failed. */
const rootOf = (error: unknown): unknown => (error instanceof ActivityFailure && error.cause !== undefined ? error.cause : error);

export const said = (error: unknown): string => {
  const root = rootOf(error);
  return root instanceof Error ? root.message : String(root);
};

/** The problem's code of a failed local activity; a timeout means that the log did not answer in time. */
export function codeOf(error: unknown): string {
  const root = rootOf(error);
  if (root instanceof ApplicationFailure) return root.type ?? 'decide-failed';
  if (root instanceof TimeoutFailure) return 'facts-away';
  return root instanceof Error && root.name === 'UnknownFact' ? 'fact-unknown' : 'decide-failed';
}

/** What the people store lacks or does not say: it is back in seconds, and asking it is cheap. */
const ofTheStore: ReadonlySet<string> = new Set(['digest-unknown', 'database-away']);
const longestMs = 600_000;

/** 30 s (of the store's problems 5 s) doubling to 10 minutes. `before`: failures in a row before this one. */
export const pauseAfter = (code: string, before: number): number =>
  Math.min(longestMs, (ofTheStore.has(code) ? 5_000 : 30_000) * 2 ** before);
