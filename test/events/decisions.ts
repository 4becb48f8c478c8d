/** Decisions as tests write them: facts without stamps. */
import type { Decision, Fact } from '../../workflows/core/facts';

export type Plain = Fact extends infer F ? (F extends Fact ? Omit<F, 'v' | 'occurredAt' | 'recordedAt'> : never) : never;
export const decision = (lead: string, n: number, ...facts: readonly Plain[]): Decision => ({
  v: 1,
  lead,
  n,
  prev: n === 1 ? '' : `digest-${n - 1}`,
  run: 'run-1',
  at: n * 1_000,
  consumed: [],
  facts: facts.map((fact) => ({ v: 1, occurredAt: n * 1_000, recordedAt: n * 1_000, ...fact }) as Fact),
});
