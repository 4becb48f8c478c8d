/** What a sequence listens for to enrol by itself: types of events, silence, a score that is reached. Knows no lead. */
import type { Condition } from './plan';
import { msOf } from './time';
import type { Span } from './time';

/** Stands for silence among the types of events; no event is called so. */
export const silence = 'silence';

/** Stands for a score that is reached. */
export const crossing = 'score';

/** Types of events that may make the condition true, `silence` and `crossing`; what a `not` names cannot enrol. */
export function listensFor(on: Condition | undefined): readonly string[] {
  if (on === undefined) return [];
  if (on.kind === 'engaged') return [on.type];
  if (on.kind === 'silentFor') return [silence];
  if (on.kind === 'score') return [crossing];
  return on.kind === 'all' || on.kind === 'any' ? [...new Set(on.of.flatMap(listensFor))] : [];
}

/** The shortest silence that enrols; `undefined` where none does. */
export function silenceIn(on: Condition | undefined): Span | undefined {
  if (on?.kind === 'silentFor') return on.span;
  if (on?.kind !== 'any') return undefined;
  return on.of.flatMap((part) => silenceIn(part) ?? []).toSorted((a, b) => msOf(a) - msOf(b))[0];
}

/** The lowest score that enrols; `undefined` where none does. */
export function scoreIn(on: Condition | undefined): number | undefined {
  if (on?.kind === 'score') return on.atLeast;
  if (on?.kind !== 'any') return undefined;
  const lowest = Math.min(...on.of.map((part) => scoreIn(part) ?? Infinity));
  return lowest === Infinity ? undefined : lowest;
}
