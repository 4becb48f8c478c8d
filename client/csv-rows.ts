/** Rows of a list that somebody exported: cells under their columns, each row as it was, repaired, or rejected with its number and reason. Pure over a byte stream. */
import type { Quoting } from './csv-cells';
import { dialectOf } from './csv-dialect';
import type { Delimiter } from './csv-dialect';
import { readRecord, readRecords } from './csv-records';
import type { CsvRecord, Repair } from './csv-records';
import { readLines } from './csv-text';
import type { Bytes, Lines, TextOf } from './csv-text';

export type CsvRow = {
  /** 1 for the first data row. */
  readonly row: number;
  /** Line of the file where it begins; 1 for the first. */
  readonly line: number;
  readonly text: string;
} & (
  | { readonly as: 'row'; readonly cells: readonly string[]; readonly repaired?: Repair }
  | { readonly as: 'rejected'; readonly code: RowCode; readonly says: string }
);
export type RowCode = 'ragged-row' | 'quote-open' | 'misquoted' | 'header-again';

export type CsvList = {
  readonly columns: readonly string[];
  readonly delimiter: Delimiter;
  readonly quote: Quoting['quote'];
  /** Lines before the one that names the columns. */
  readonly titleLines: number;
  /** As many rows at once as a chunk of the file holds. */
  readonly rows: AsyncGenerator<readonly CsvRow[]>;
};

/** The first line names no columns, or there is none. */
export class NoHeader extends Error {
  override name = 'NoHeader';
}

const sampleLines = 60;

/** Looks at the first lines, then reads on. Throws `NoHeader`; the rows throw `LineTooLong`. */
export async function openCsv(bytes: Bytes, text: TextOf): Promise<CsvList> {
  const lines = readLines(bytes, text);
  const sample: Lines[] = [];
  let seen = 0;
  while (seen < sampleLines) {
    const next = await lines.next();
    if (next.done === true) break;
    sample.push(next.value);
    seen += next.value.texts.length;
  }
  const texts = sample.flatMap((batch) => batch.texts);
  const dialect = dialectOf(texts.slice(0, sampleLines));
  const { delimiter, quote, before } = dialect;
  const header = headerIn(texts.slice(before), dialect);
  if (header === undefined) throw new NoHeader('the list is empty');
  const columns = namesOf(header.cells);
  if (columns.some((name) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(name)))
    throw new NoHeader('the first line holds an address, not the names of the columns');
  const read = readRecords(from(before + header.used, sample, lines), dialect, columns.length);
  return { columns, delimiter, quote, titleLines: before, rows: rowsOf(read, columns, header.cells) };
}

/** The names may hold a line end, too, in quotation marks. */
function headerIn(texts: readonly string[], quoting: Quoting): { readonly cells: readonly string[]; readonly used: number } | undefined {
  let text = texts[0] ?? '';
  if (text.trim() === '') return undefined;
  for (let used = 1; used <= 20 && used <= texts.length; used += 1) {
    const read = readRecord(text, quoting);
    if (read.as === 'cells') return { cells: read.cells, used };
    text += `\n${texts[used] ?? ''}`;
  }
  return { cells: [texts[0] ?? ''], used: 1 };
}

/** The lines from the one numbered `skip` (0 for the first) on. */
async function* from(skip: number, sample: readonly Lines[], then: AsyncIterable<Lines>): AsyncGenerator<Lines> {
  for (const { first, texts, mended } of sample) {
    const gone = Math.max(0, Math.min(texts.length, skip + 1 - first));
    const left = new Map([...mended].flatMap(([at, repair]) => (at < gone ? [] : [[at - gone, repair] as const])));
    yield { first: first + gone, texts: texts.slice(gone), mended: left };
  }
  yield* then;
}

/** Column names: trimmed, none twice, none empty. */
function namesOf(cells: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return cells.map((cell, at) => {
    const name = cell.trim() === '' ? `column ${at + 1}` : cell.trim().replace(/\s+/g, ' ');
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
}

async function* rowsOf(
  batches: AsyncIterable<readonly CsvRecord[]>,
  columns: readonly string[],
  header: readonly string[],
): AsyncGenerator<readonly CsvRow[]> {
  let row = 0;
  for await (const records of batches) {
    const rows: CsvRow[] = [];
    for (const record of records) {
      row += 1;
      const read = rowOf(record, columns.length, header);
      if (read !== undefined) rows.push({ row, line: record.line, text: record.text, ...read });
    }
    if (rows.length > 0) yield rows;
  }
}

type Read = CsvRow extends infer R ? (R extends CsvRow ? Omit<R, 'row' | 'line' | 'text'> : never) : never;
const rejected = (code: RowCode, says: string): Read => ({ as: 'rejected', code, says });

/** `undefined`: only delimiters and spaces. `header`: its names as they stand there. */
function rowOf(record: CsvRecord, columns: number, header: readonly string[]): Read | undefined {
  if (record.as === 'unclosed') return rejected('quote-open', 'a quotation mark opens a cell and is never closed');
  if (record.as === 'unreadable') return rejected('misquoted', 'its quotation marks cannot be read');
  if (record.as === 'unfit')
    return rejected('misquoted', `is in quotation marks as a whole and has ${record.inside} cells inside where the header has ${columns}`);
  const cells = withoutSurplus(record.cells, columns);
  if (cells.every((cell) => cell.trim() === '')) return undefined;
  if (cells.length !== columns)
    return rejected('ragged-row', `has ${cells.length === 1 ? '1 cell' : `${cells.length} cells`} where the header has ${columns}`);
  if (columns > 1 && cells[0] === header[0] && cells.every((cell, at) => cell === header[at]))
    return rejected('header-again', 'names the columns once more');
  return { as: 'row', cells, ...(record.repair === undefined ? {} : { repaired: record.repair }) };
}

/** Empty cells behind the last column say nothing and go. */
function withoutSurplus(cells: readonly string[], columns: number): readonly string[] {
  if (cells.length <= columns) return cells;
  return cells.slice(columns).every((cell) => cell.trim() === '') ? cells.slice(0, columns) : cells;
}

export const named = (columns: readonly string[], cells: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(columns.map((name, at) => [name, cells[at] ?? '']));

/** One line of CSV for a file that people open again. */
export const csvLine = (cells: readonly (string | number)[]): string =>
  `${cells.map((cell) => (/[",\r\n]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : String(cell))).join(',')}\r\n`;
