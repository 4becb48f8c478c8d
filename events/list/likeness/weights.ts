/**
 * What each agreement and difference says, learned from the list itself without anybody's answers: Fellegi and Sunter's model of record linkage, its
 * chances among true pairs found by expectation maximisation. Knows no person.
 */
import type { Level } from './alike';
import { compared, type Records } from './records';

/** Chances of a level, by field, missing values left out. */
type Chances = Readonly<Record<'same' | 'close' | 'differs', number>>;
export type Weights = {
  /** Among records of one person, and among records of two. */
  readonly one: readonly Chances[];
  readonly two: readonly Chances[];
  /** Share of all pairs that are one person. */
  readonly prior: number;
};

const usual: Chances = { same: 0.82, close: 0.1, differs: 0.08 };
/** The usual chances count as so many pairs. */
const trust = 10;
const usualOfStrangers: Chances = { same: 0.01, close: 0.01, differs: 0.98 };
const enoughToJudge = 50;
const rounds = 25;
const samples = 20_000;

export function weightsOf(records: Records, levels: readonly (readonly Level[])[]): Weights {
  const size = records.values.length;
  const allPairs = Math.max(1, (size * (size - 1)) / 2);
  const two = chancesOfStrangers(records);
  const patterns = patternsOf(levels);
  let one: readonly Chances[] = records.fields.map(() => usual);
  let prior = Math.min(0.01, 1 / Math.max(2, size));
  for (let round = 0; round < rounds; round += 1) {
    const share = patterns.map(({ pattern, times }) => times * probability(records, { one, two, prior }, pattern));
    const found = share.reduce((sum, number) => sum + number, 0);
    prior = Math.min(0.2, Math.max(0.1, found) / allPairs);
    one = records.fields.map((_, field) => {
      const sums = { same: trust * usual.same, close: trust * usual.close, differs: trust * usual.differs };
      for (const [at, { pattern }] of patterns.entries()) {
        const level = pattern[field] ?? 'missing';
        if (level !== 'missing') sums[level] += share[at] ?? 0;
      }
      return bounded(sums);
    });
  }
  return { one, two, prior };
}

/** However little a field agrees, it is never taken to say that it should not: names of one person differ in at most a third of all pairs. */
const mostDiffering = 1 / 3;

function bounded({ same, close, differs }: Chances): Chances {
  const total = same + close + differs;
  const share = Math.min(mostDiffering, differs / total);
  const rest = (1 - share) / (same + close);
  return { same: same * rest, close: close * rest, differs: share };
}

type Pattern = { readonly pattern: readonly Level[]; times: number };

function patternsOf(levels: readonly (readonly Level[])[]): readonly Pattern[] {
  const found = new Map<string, Pattern>();
  for (const pattern of levels) {
    const key = pattern.join();
    const known = found.get(key);
    if (known === undefined) found.set(key, { pattern, times: 1 });
    else known.times += 1;
  }
  return [...found.values()];
}

/** From pairs by lot, which are hardly ever one person; the same lots every time. */
function chancesOfStrangers(records: Records): readonly Chances[] {
  const size = records.values.length;
  const sums = records.fields.map(() => ({ same: 0.5, close: 0.5, differs: 1 }));
  let seed = 12_345;
  const lot = (): number => (seed = (seed * 48_271) % 2_147_483_647) % size;
  for (let drawn = 0; drawn < samples && size > 1; drawn += 1) {
    const [a, b] = [lot(), lot()];
    if (a === b) continue;
    for (const [field, level] of compared(records, a, b).entries()) {
      const sum = sums[field];
      if (sum !== undefined && level !== 'missing') sum[level] += 1;
    }
  }
  // A list of a few people cannot say how common a name is.
  const own = size / (size + enoughToJudge);
  return sums.map((sum) => {
    const total = sum.same + sum.close + sum.differs;
    const mixed = (level: keyof Chances): number => own * (sum[level] / total) + (1 - own) * usualOfStrangers[level];
    return { same: mixed('same'), close: mixed('close'), differs: mixed('differs') };
  });
}

function probability(records: Records, { one, two, prior }: Weights, pattern: readonly Level[]): number {
  const bits = pattern.map((level, field) =>
    level === 'missing' ? 0 : Math.log2((one[field]?.[level] ?? 1) / (two[field]?.[level] ?? 1)),
  );
  return probabilityOf(together(records, bits), prior);
}

/**
 * What speaks for one place speaks for it once: firm, street and town of colleagues are one evidence, the next counts half as much, and so on.
 * Else the list would teach that colleagues are one person.
 */
export function together({ fields }: Pick<Records, 'fields'>, bits: readonly number[]): number {
  const isPlace = (at: number): boolean => fields[at]?.kind === 'place' && (bits[at] ?? 0) > 0;
  const places = bits.filter((_, at) => isPlace(at)).toSorted((x, y) => y - x);
  const own = bits.reduce((sum, weight, at) => sum + (isPlace(at) ? 0 : weight), 0);
  return places.reduce((sum, weight, at) => sum + weight / 2 ** at, own);
}

export const probabilityOf = (bits: number, prior: number): number => 1 / (1 + 2 ** -(bits + Math.log2(prior / (1 - prior))));
