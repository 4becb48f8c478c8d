/** Likely duplicates of a list: pairs with a likelihood and what speaks for and against, for a person to look at. Merges nobody. */
import type { Level } from './alike';
import { candidatePairs } from './candidates';
import { compared, recordsOf, type Field, type Records } from './records';
import { probabilityOf, together, weightsOf, type Weights } from './weights';

export type { Field } from './records';
export type LikelyPair = {
  /** Places of the two records, the lesser first. */
  readonly pair: readonly [number, number];
  /** 0 to 1. */
  readonly likelihood: number;
  /** Names of fields. */
  readonly same: readonly string[];
  readonly close: readonly string[];
  readonly differ: readonly string[];
};

/** Likeliest first. `keep`: a field that counts though every record has another value, such as an address. `least`: likelihood from which a pair is told. */
export function likelyPairs(
  fields: readonly (Field & { readonly keep?: boolean })[],
  cells: readonly (readonly string[])[],
  least = 0.5,
): readonly LikelyPair[] {
  const records = recordsOf(fields, cells);
  const candidates = candidatePairs(records);
  const levels = candidates.map(([a, b]) => compared(records, a, b));
  const weights = weightsOf(records, levels);
  const names = (of: readonly Level[], level: Level): readonly string[] =>
    records.fields.flatMap(({ name }, at) => (of[at] === level ? [name] : []));
  return candidates
    .flatMap((pair, at): readonly LikelyPair[] => {
      const seen = levels[at] ?? [];
      const likelihood = probabilityOf(bitsOf(records, weights, pair, seen), weights.prior);
      if (likelihood < least) return [];
      return [{ pair, likelihood, same: names(seen, 'same'), close: names(seen, 'close'), differ: names(seen, 'differs') }];
    })
    .toSorted((x, y) => y.likelihood - x.likelihood || x.pair[0] - y.pair[0] || x.pair[1] - y.pair[1]);
}

/** In a shorter list a value that nobody else has is not yet rare. */
const fewest = 200;

/** A rare value says more than a common one. */
function bitsOf(records: Records, { one, two }: Weights, [a]: readonly [number, number], seen: readonly Level[]): number {
  const { counts, values } = records;
  const bits = seen.map((level, at) => {
    if (level === 'missing') return 0;
    const own =
      level === 'same' ? Math.max(0.5, (counts[at]?.get(values[a]?.[at] ?? '') ?? 1) - 1) / Math.max(values.length, fewest) : undefined;
    return Math.log2((one[at]?.[level] ?? 1) / (own ?? two[at]?.[level] ?? 1));
  });
  return together(records, bits);
}
