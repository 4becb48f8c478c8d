/** What a problem is: code, what it means, what the reader should do. Knows no problem. */

export type Problem = {
  readonly code: string;
  readonly means: string;
  readonly todo: string;
  /** May the same attempt succeed later without a change? */ readonly retryable: boolean;
};

export const problem = (code: string, means: string, todo: string, retryable = false): Problem => ({ code, means, todo, retryable });
