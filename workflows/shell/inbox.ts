/** Inputs that arrived and are not yet decided, de-duplicated by id, in order of arrival. Knows no rules and never throws. */
import type { Input } from '../core';

export type Inbox = {
  readonly size: () => number;
  /** Keeps the first of equal ids. */
  readonly push: (input: Input) => void;
  /** Oldest first, at most `limit`; they stay until dropped. */
  readonly peek: (limit: number) => readonly Input[];
  /** Ids it never had are ignored. */
  readonly drop: (ids: readonly string[]) => void;
  readonly all: () => readonly Input[];
};

export function createInbox(carried: readonly Input[]): Inbox {
  const inputs = new Map<string, Input>();
  const push = (input: Input): void => {
    if (!inputs.has(input.id)) inputs.set(input.id, input);
  };
  carried.forEach(push);
  return {
    size: () => inputs.size,
    push,
    peek: (limit) => {
      const batch: Input[] = [];
      for (const input of inputs.values()) if (batch.push(input) >= limit) break;
      return batch;
    },
    drop: (ids) => ids.forEach((id) => inputs.delete(id)),
    all: () => [...inputs.values()],
  };
}
