/** The columns of a list as an import sees them: mapped by hand, by what was said for the source before, or as they are called. Knows no file. */
import type { Context } from './ports';
import { wrongUsage } from './refusal';

/** What a file of rejected rows says of each, before the row's own cells. */
export const aboutRejected = ['row', 'line', 'reason', 'field', 'says'] as const;
export const rawText = 'original';

/** The columns under the names they have in the list: rejected rows that somebody mended come back with what was said of them. */
export function ownColumns(columns: readonly string[]): readonly (string | undefined)[] {
  const isRejects = aboutRejected.every((name, at) => columns[at] === name) && /^original(?: \(2\))?$/.test(columns.at(-1) ?? '');
  if (!isRejects) return columns;
  const taken: readonly string[] = [...aboutRejected, rawText];
  const cells = columns.slice(aboutRejected.length, -1);
  const names = cells.map((name) => {
    const once = /^(.+) \((\d+)\)$/.exec(name);
    return once?.[1] !== undefined && taken.includes(once[1]) ? once[1] : name;
  });
  return [...aboutRejected.map(() => undefined), ...names, undefined];
}

export type Mapping = Readonly<Record<string, string>>;

/** `--map email=Mail`: column Mail is the field email. The columns under the names they have then; `undefined` for one that is left out or gives way to a mapped one. */
export function renamed(columns: readonly string[], map: Mapping): readonly (string | undefined)[] {
  const own = ownColumns(columns);
  const missing = Object.values(map).filter((column) => !own.includes(column));
  if (missing.length > 0)
    throw wrongUsage(
      `There is no column ${missing.map((name) => `"${name}"`).join(', ')}. The columns are: ${own.filter((name) => name !== undefined).join(', ')}.`,
    );
  const fieldOf = new Map(Object.entries(map).map(([field, column]) => [column, field]));
  const taken = new Set(fieldOf.values());
  return own.map((column) => {
    if (column === undefined) return undefined;
    return fieldOf.get(column) ?? (taken.has(column.toLowerCase()) ? undefined : column);
  });
}

/** What was mapped by hand, else what was said for the last list of the source, as far as this list has those columns. */
export async function mappingFor(
  context: Context,
  ask: { readonly source: string; readonly by: string; readonly given: Mapping | undefined; readonly columns: readonly string[] },
): Promise<Mapping> {
  const { source, by, given, columns } = ask;
  if (given !== undefined) return given;
  const { map = {} } = await context.people('mapping', { source, by });
  const own = ownColumns(columns);
  const fitting = Object.entries(map).filter(([, column]) => own.includes(column));
  if (fitting.length > 0)
    context.warn(`As in the last list of ${source}: ${fitting.map(([field, column]) => `${column} is ${field}`).join(', ')}.`);
  return Object.fromEntries(fitting);
}
