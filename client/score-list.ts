/** A list of leads for scoring, row by row from a CSV file, and what could not be read of it. Knows no model. */
import { closest, meant } from '../events/closest';
import { named } from './csv-rows';
import type { CsvList } from './csv-rows';
import { LineTooLong } from './csv-text';
import type { Survey } from './csv-text';
import { look, openList } from './import-file';
import type { Context } from './ports';
import { count } from './print';
import { failed, wrongUsage } from './refusal';

export type BadRow = { readonly row: number; readonly line: number; readonly code: string; readonly says: string };
export type ReadList = {
  readonly surveyed: Survey;
  readonly rows: number;
  readonly repaired: number;
  readonly bad: readonly BadRow[];
  readonly badCount: number;
};
type Fields = Readonly<Record<string, string>>;

const shownBad = 20;

/** `open` sees the columns before the first row and returns what takes the rows; a row that cannot be read is counted and skipped. */
export async function readScoreList(
  context: Context,
  file: string,
  title: string,
  open: (columns: readonly string[]) => (fields: Fields, row: number) => void,
): Promise<ReadList> {
  const surveyed = await look(file);
  const progress = context.progress(title, surveyed.bytes);
  const seen = { rows: 0, repaired: 0, badCount: 0 };
  const bad: BadRow[] = [];
  try {
    const list = await openList(file, surveyed, progress.at);
    const take = open(list.columns);
    for await (const some of list.rows)
      for (const row of some) {
        if (row.as === 'row') {
          seen.rows += 1;
          if (row.repaired !== undefined) seen.repaired += 1;
          take(named(list.columns, row.cells), row.row);
        } else {
          seen.badCount += 1;
          if (bad.length < shownBad) bad.push({ row: row.row, line: row.line, code: row.code, says: row.says });
        }
      }
  } catch (error) {
    if (error instanceof LineTooLong) throw failed(`"${file}" is no list: ${error.message}.`);
    throw error;
  } finally {
    progress.end();
  }
  if (seen.rows === 0) throw failed(`"${file}" holds no row of leads under its header.`);
  return { surveyed, bad, ...seen };
}

/** The column as the list writes it; upper and lower case and spaces around do not count where only one fits. */
export function calledIn(columns: CsvList['columns'], name: string): string | undefined {
  if (columns.includes(name)) return name;
  const alike = columns.filter((column) => plain(column) === plain(name));
  return alike.length === 1 ? alike[0] : undefined;
}

/** A row under the names that a model reads, where the list writes them in another case. */
export function underNames(columns: CsvList['columns'], names: readonly string[]): (fields: Fields) => Fields {
  const other = names.flatMap((name) => {
    const called = calledIn(columns, name);
    return called === undefined || called === name ? [] : [[name, called] as const];
  });
  return other.length === 0
    ? (fields) => fields
    : (fields) => ({ ...fields, ...Object.fromEntries(other.map(([name, called]) => [name, fields[called] ?? ''])) });
}
const plain = (name: string): string => name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();

/** As the list writes it. Throws where a column that must be one of its kind stands in the header twice, or not at all. */
export function oneColumn(columns: CsvList['columns'], name: string, what: string, file: string): string {
  const found = calledIn(columns, name);
  if (found === undefined)
    throw wrongUsage(`${what} "${name}" is no column of "${file}"${meant(closest(name, columns))} The columns are: ${columns.join(', ')}.`);
  if (columns.includes(`${found} (2)`))
    throw wrongUsage(`Two columns of "${file}" are called "${found}", and it is not clear which is meant: rename one.`);
  return found;
}

/** What should be heard about the reading of the file. */
export function readingNotes({ rows, repaired, bad, badCount }: ReadList, columns: readonly string[]): readonly string[] {
  const twice = columns.filter((name) => columns.includes(`${name} (2)`));
  const [first] = bad;
  return [
    ...(repaired === 0
      ? []
      : [`${count(repaired, 'row')} stood in quotation marks as a whole and ${repaired === 1 ? 'was' : 'were'} repaired`]),
    ...(first === undefined
      ? []
      : [
          `${count(badCount, 'row')} beside ${count(rows, 'good one')} could not be read and ${badCount === 1 ? 'was' : 'were'} left out; row ${first.row} ${first.says}`,
        ]),
    ...(twice.length === 0
      ? []
      : [
          `${twice.map((name) => `"${name}"`).join(', ')} stand${twice.length === 1 ? 's' : ''} in the header more than once; the later ones count as "${twice[0]} (2)" and so on`,
        ]),
  ];
}
