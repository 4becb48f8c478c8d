/** What differs between two versions of a sequence, in the sentences of `explainPlan`. Knows no lead and no format. */
import type { Plan } from '../core/plan';
import { explainPlan } from './explain-plan';
import type { Sentence } from './explain-plan';

/** `at`: what it is about, as in `Sentence`. Moved = the same sentence under another place in the order. */
export type Change =
  | { readonly as: 'added'; readonly at: string; readonly says: string }
  | { readonly as: 'removed'; readonly at: string; readonly says: string }
  | { readonly as: 'changed'; readonly at: string; readonly before: string; readonly after: string }
  | { readonly as: 'moved'; readonly at: string; readonly says: string };

/** In the order of the newer version, what is gone first. */
export function changesOf(before: Plan, after: Plan): readonly Change[] {
  const [old, fresh] = [explainPlan(before), explainPlan(after)];
  const [oldAt, freshAt] = [byPlace(old), byPlace(fresh)];
  const removed = old.filter(({ at }) => !freshAt.has(at)).map(({ at, says }): Change => ({ as: 'removed', at, says }));
  const kept = fresh.flatMap(({ at, says }): Change[] => {
    const was = oldAt.get(at);
    if (was === undefined) return [{ as: 'added', at, says }];
    return was.says === says ? [] : [{ as: 'changed', at, before: was.says, after: says }];
  });
  return [...removed, ...kept, ...movedOf(old, fresh, oldAt, freshAt)];
}

const byPlace = (sentences: readonly Sentence[]): ReadonlyMap<string, Sentence> => new Map(sentences.map((one) => [one.at, one]));

/** Steps that stand in both, in another order among those that do. */
function movedOf(
  old: readonly Sentence[],
  fresh: readonly Sentence[],
  oldAt: ReadonlyMap<string, Sentence>,
  freshAt: ReadonlyMap<string, Sentence>,
): readonly Change[] {
  const places = new Map(old.filter(({ at }) => freshAt.has(at)).map(({ at }, place) => [at, place]));
  const now = fresh.filter(({ at }) => oldAt.has(at));
  const stayed = longestRise(now.map(({ at }) => places.get(at) ?? 0));
  return now.flatMap(({ at, says }, index): Change[] => (stayed.has(index) ? [] : [{ as: 'moved', at, says }]));
}

/** Indices of a longest rising run of numbers, gaps allowed: what can be said to have stayed while the rest moved past it. */
function longestRise(numbers: readonly number[]): ReadonlySet<number> {
  const best: { readonly length: number; readonly before: number }[] = [];
  numbers.forEach((number, index) => {
    const before = numbers.slice(0, index).reduce((longest, other, at) => {
      const better = other < number && (best[at]?.length ?? 0) > (best[longest]?.length ?? 0);
      return better ? at : longest;
    }, -1);
    best.push({ length: (best[before]?.length ?? 0) + 1, before });
  });
  let at = best.reduce((longest, { length }, index) => (length > (best[longest]?.length ?? 0) ? index : longest), -1);
  const run = new Set<number>();
  for (; at >= 0; at = best[at]?.before ?? -1) run.add(at);
  return run;
}
