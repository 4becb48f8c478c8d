/** Records to compare: which fields tell one person from another, how often each value is there. Knows no file and no store. */
import { levelOf, normal, type Level } from './alike';

/** `person`: of the person alone. `place`: of where they work or live, shared with others there. */
export type FieldKind = 'person' | 'place';
export type Field = { readonly name: string; readonly kind: FieldKind };

export type Records = {
  readonly fields: readonly Field[];
  /** Normal forms, by record and field; '' where nothing is known. */
  readonly values: readonly (readonly string[])[];
  /** How many records have the value, by field. */
  readonly counts: readonly ReadonlyMap<string, number>[];
};

const leastToJudge = 20;

/** Fields that are empty, say the same of all, or name each record otherwise (a row number) tell nothing and are left out. */
export function recordsOf(fields: readonly (Field & { readonly keep?: boolean })[], cells: readonly (readonly string[])[]): Records {
  const all = cells.map((row) => fields.map((_, at) => normal(row[at] ?? '')));
  const countsOfAll = fields.map((_, at) => counted(all, at));
  const told = fields.flatMap((field, at) => (field.keep === true || tells(countsOfAll[at] ?? new Map(), all.length) ? [at] : []));
  return {
    fields: told.map((at) => ({ name: fields[at]?.name ?? '', kind: fields[at]?.kind ?? 'person' })),
    values: all.map((row) => told.map((at) => row[at] ?? '')),
    counts: told.map((at) => countsOfAll[at] ?? new Map()),
  };
}

function counted(values: readonly (readonly string[])[], at: number): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const row of values) {
    const value = row[at] ?? '';
    if (value !== '') counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}

function tells(counts: ReadonlyMap<string, number>, records: number): boolean {
  if (counts.size < 2) return false;
  const filled = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const namesRows = counts.size === filled && filled >= records * 0.98;
  return !(namesRows && records >= leastToJudge);
}

/** Of two records, field by field. A value that stands in another field of the other (names swapped, lines of an address) is close, not different. */
export function compared({ values, fields }: Records, a: number, b: number): Level[] {
  const one = values[a] ?? [];
  const other = values[b] ?? [];
  return fields.map((_, at) => {
    const [x = '', y = ''] = [one[at], other[at]];
    const level = levelOf(x, y);
    if (level !== 'differs') return level;
    return x.length > 2 && y.length > 2 && !/^\d+$/.test(x) && (other.includes(x) || one.includes(y)) ? 'close' : 'differs';
  });
}
