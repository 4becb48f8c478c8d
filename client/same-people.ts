/** Rows that name somebody whom rows before them name: a dry run keeps nothing, so each of its batches is told these once more. Knows no people store. */
import type { RowOutcome } from '../events/requests';
import { cellReader } from './check-list';
import type { CsvRow } from './csv-rows';
import { knownPeople } from './known-people';

export type Readable = Extract<CsvRow, { as: 'row' }>;
export type EarlierRows = {
  /** What was kept of the people of these rows, in the order of the list. */
  readonly about: (rows: readonly Readable[]) => readonly Readable[];
  /** Keeps the row where another names the same person and it changed something. */
  readonly keep: (row: Readable, outcome: RowOutcome) => void;
};

/** Of one person; the first rows say who it is, later ones at most fill a blank. */
const mostKept = 100;

/** Reads the whole list. */
export async function earlierRows(rows: AsyncIterable<readonly CsvRow[]>, names: readonly (string | undefined)[]): Promise<EarlierRows> {
  const firstOf = await groupsOf(rows, names);
  const root = (row: number): number => rootOf(firstOf, row);
  const kept = new Map<number, Readable[]>();
  return {
    about(batch) {
      const people = new Set(batch.flatMap(({ row }) => (firstOf.has(row) ? [root(row)] : [])));
      return [...people].flatMap((person) => kept.get(person) ?? []).toSorted((a, b) => a.row - b.row);
    },
    keep(row, { as }) {
      if (!firstOf.has(row.row) || as === 'duplicate' || as === 'rejected') return;
      const person = root(row.row);
      const before = kept.get(person) ?? [];
      if (before.length < mostKept) kept.set(person, [...before, row]);
    },
  };
}

/** Rows that name the same person lead to the same row, step by step; rows whose person stands once are not there. */
async function groupsOf(
  rows: AsyncIterable<readonly CsvRow[]>,
  names: readonly (string | undefined)[],
): Promise<ReadonlyMap<number, number>> {
  const people = knownPeople();
  const read = cellReader(names);
  const firstOf = new Map<number, number>();
  try {
    for await (const some of rows)
      for (const row of some) {
        const found = row.as === 'row' ? read(row.cells) : undefined;
        if (found?.as === 'person') people.add(row.row, found.person);
      }
    people.settle(({ row, of }) => {
      const [one, other] = [rootOf(firstOf, row), rootOf(firstOf, of)];
      const first = Math.min(one, other);
      for (const each of [row, of, one, other]) firstOf.set(each, first);
    });
    return firstOf;
  } finally {
    people.close();
  }
}

function rootOf(firstOf: ReadonlyMap<number, number>, row: number): number {
  let at = row;
  for (let next = firstOf.get(at) ?? at; next !== at; next = firstOf.get(at) ?? at) at = next;
  return at;
}
