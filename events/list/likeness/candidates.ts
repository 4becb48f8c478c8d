/** Pairs of records that are worth comparing: those that share a rare value, or the beginnings of two. All pairs of a long list would be too many. */
import type { Records } from './records';

const mostInBlock = 40;
const pairedFields = 6;

/** Each pair once, the lesser record first, in no order. */
export function candidatePairs(records: Records): readonly (readonly [number, number])[] {
  const { values, counts, fields } = records;
  const pairs = new Set<number>();
  const size = values.length;
  const blockBy = (keyOf: (row: readonly string[]) => string): void => {
    const blocks = new Map<string, number[]>();
    for (const [at, row] of values.entries()) {
      const key = keyOf(row);
      if (key === '') continue;
      const block = blocks.get(key);
      if (block === undefined) blocks.set(key, [at]);
      else block.push(at);
    }
    for (const block of blocks.values())
      if (block.length <= mostInBlock) for (const [at, a] of block.entries()) for (const b of block.slice(at + 1)) pairs.add(a * size + b);
  };
  for (const at of fields.keys()) blockBy((row) => row[at] ?? '');
  // The fields with most values cut finest.
  const finest = [...fields.keys()].sort((a, b) => (counts[b]?.size ?? 0) - (counts[a]?.size ?? 0)).slice(0, pairedFields);
  for (const [place, a] of finest.entries())
    for (const b of finest.slice(place + 1))
      blockBy((row) => {
        const [x, y] = [beginning(row[a]), beginning(row[b])];
        return x === '' || y === '' ? '' : `${x}|${y}`;
      });
  return [...pairs].map((pair) => [Math.floor(pair / size), pair % size] as const);
}

const beginning = (value = ''): string => value.slice(0, 4);
