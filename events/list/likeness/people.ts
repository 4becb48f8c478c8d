/** Which fields of people tell one from another, of a list or of the store. Knows no file and no store. */
import type { Column } from '../columns';
import { understood } from '../row';
import { normal } from './alike';
import type { Field } from './records';

/** Fields that colleagues and neighbours share; what a list calls otherwise is taken for the person's own. */
const places: ReadonlySet<string> = new Set<Column | 'mail domain'>([
  'company',
  'industry',
  'employees',
  'website',
  'street',
  'city',
  'region',
  'postalCode',
  'country',
  'zone',
  'language',
  'source',
  'interest',
  'purchase',
  'title',
  'customer',
  'stage',
  'mail domain',
]);
/** Words of the list about rows and permission, not of the person. */
const beside: ReadonlySet<string> = new Set<Column>(['consent', 'doNotEmail', 'anonymous', 'source', 'stage', 'customer']);
/** Parts of an address under names of the list's own. */
const placeName =
  /\b(?:street|address|suburb|district|building|floor|apartment|unit|block|state|province|zip|post ?code|city|town|county|area|hausnummer|strasse|ort)\b/;

type Taken = {
  readonly at: number;
  /** 0: before the @, 1: behind it. */ readonly part?: 0 | 1;
  readonly field: Field & { readonly keep: boolean };
};

export type CompareBy = {
  readonly fields: readonly (Field & { readonly keep?: boolean })[];
  /** Cells of a row to values of the fields. */
  readonly valuesOf: (cells: readonly string[]) => readonly string[];
};

/** By the names of a list's columns. An address counts as its two halves: people mistype either. */
export function compareBy(columns: readonly string[]): CompareBy {
  const known = new Map(Object.entries(understood(columns).fields).map(([field, column]) => [column, field]));
  const taken = columns.flatMap((column, at): readonly Taken[] => {
    const field = known.get(column);
    if (field !== undefined && beside.has(field)) return [];
    const kind =
      places.has(field ?? '') || (field === undefined && placeName.test(normal(column))) ? ('place' as const) : ('person' as const);
    if (field !== 'email') return [{ at, field: { name: field ?? column, kind, keep: false } }];
    return [
      { at, part: 0, field: { name: 'mail name', kind: 'person' as const, keep: true } },
      { at, part: 1, field: { name: 'mail domain', kind: 'place' as const, keep: true } },
    ];
  });
  return {
    fields: taken.map(({ field }) => field),
    valuesOf: (cells) =>
      taken.map(({ at, part }) => {
        const cell = cells[at] ?? '';
        return part === undefined ? cell : (cell.split('@')[part]?.replace(/\+.*$/, '') ?? '');
      }),
  };
}
