/** People to be compared, of the store or of a file, and what they are called. Knows no likeness. */
import type { LikelyPair } from '../events/list/likeness';
import { LineTooLong } from './csv-text';
import { look, openList } from './import-file';
import { renamed } from './list-columns';
import { everybody } from './people-pages';
import type { Context } from './ports';
import { failed } from './refusal';

/** A row or a person, as it is called here. */
type Shown = { readonly id: string; /** As the list itself numbers its rows. */ readonly own?: string; readonly name: string };
export type Compared = {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly shown: readonly Shown[];
};

export const idsOf = ({ shown }: Compared, pair: LikelyPair['pair']): readonly [string, string] => [
  shown[pair[0]]?.id ?? '',
  shown[pair[1]]?.id ?? '',
];

/** The list's own numbers of the two, where it has some. */
export const ownOf = ({ shown }: Compared, [a, b]: LikelyPair['pair']): { readonly ids?: readonly [string, string] } => {
  const [one, other] = [shown[a]?.own, shown[b]?.own];
  return one === undefined || other === undefined ? {} : { ids: [one, other] };
};

export async function ofStore(context: Context): Promise<Compared> {
  const people = await everybody(context, 'Reading everybody');
  const columns = [...new Set(['email', ...people.flatMap(({ fields }) => Object.keys(fields))])];
  return {
    columns,
    rows: people.map(({ email, fields }) => columns.map((column) => (column === 'email' ? (email ?? '') : (fields[column] ?? '')))),
    shown: people.map(({ leadId, email, fields }) => ({ id: leadId, name: nameIn(fields, email ?? fields['phone']) })),
  };
}

const nameIn = (fields: Readonly<Record<string, string>>, contact: string | undefined): string =>
  [fields['name'] ?? [fields['firstName'], fields['lastName']].filter((part) => part !== undefined).join(' '), contact]
    .filter((part) => part !== undefined && part !== '')
    .join(', ');

export async function ofFile(context: Context, file: string, map: Readonly<Record<string, string>>): Promise<Compared> {
  const surveyed = await look(file);
  const progress = context.progress(`Reading ${file}`, surveyed.bytes);
  try {
    const list = await openList(file, surveyed, progress.at);
    const names = renamed(list.columns, map);
    const kept = names.flatMap((name, at) => (name === undefined ? [] : [{ name, at }]));
    const rows: (readonly string[])[] = [];
    const shown: Shown[] = [];
    for await (const some of list.rows)
      for (const row of some) {
        if (row.as === 'rejected') continue;
        const cells = kept.map(({ at }) => row.cells[at] ?? '');
        rows.push(cells);
        shown.push({
          id: String(row.row),
          name: cells
            .filter((cell) => cell.trim() !== '')
            .slice(0, 4)
            .join(', '),
        });
      }
    const own = columnThatNames(rows);
    return {
      columns: kept.map(({ name }) => name),
      rows,
      shown: shown.map((one, at) => (own === undefined ? one : { ...one, own: rows[at]?.[own] ?? '' })),
    };
  } catch (error) {
    if (error instanceof LineTooLong) throw failed(`${file} is no list: ${error.message}.`);
    throw error;
  } finally {
    progress.end();
  }
}

/** The first column in which every row has another value: the list's own number of a row. */
function columnThatNames(rows: readonly (readonly string[])[]): number | undefined {
  const names = (at: number): boolean => {
    const values = rows.map((row) => (row[at] ?? '').trim());
    return !values.includes('') && new Set(values).size === rows.length;
  };
  const found = (rows[0] ?? []).findIndex((_, at) => names(at));
  return found === -1 ? undefined : found;
}
