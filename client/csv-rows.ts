/** Rows of a list that somebody exported: named cells, each row as it was, repaired, or rejected with its number and reason. Pure over a byte stream. */
import { cellsOf, findDelimiter, readRecords } from './csv-records';
import type { CsvRecord, Delimiter } from './csv-records';
import { readLines } from './csv-text';
import type { Bytes, Encoding, Line } from './csv-text';

export type CsvRow = {
  /** 1 for the first data row. */
  readonly row: number;
  /** Line of the file where it begins; 1 for the first. */
  readonly line: number;
  readonly text: string;
} & (
  | { readonly as: 'row'; readonly fields: Readonly<Record<string, string>>; readonly repaired?: true }
  | { readonly as: 'rejected'; readonly code: 'ragged-row' | 'quote-open' | 'misquoted'; readonly says: string }
);

export type CsvList = {
  readonly columns: readonly string[];
  readonly delimiter: Delimiter;
  readonly rows: AsyncGenerator<CsvRow>;
};

/** The first line names no columns, or there is none. */
export class NoHeader extends Error {
  override name = 'NoHeader';
}

const sampleLines = 20;

/** Looks at the first lines, then reads on row by row. Throws `NoHeader`; the rows throw `LineTooLong`. */
export async function openCsv(bytes: Bytes, encoding: Encoding): Promise<CsvList> {
  const lines = readLines(bytes, encoding);
  const sample: Line[] = [];
  while (sample.length < sampleLines) {
    const next = await lines.next();
    if (next.done === true) break;
    sample.push(next.value);
  }
  const told = directive(sample[0]?.text);
  if (told !== undefined) sample.shift();
  const delimiter = told ?? findDelimiter(sample.map(({ text }) => text).filter((text) => text.trim() !== ''));
  const known: { columns?: readonly string[] } = {};
  const records = readRecords(chained(sample, lines), delimiter, () => known.columns?.length);
  const header = await records.next();
  const columns = header.done === true ? undefined : headerOf(header.value, delimiter);
  if (columns === undefined) throw new NoHeader('the list is empty');
  known.columns = columns;
  if (columns.some((name) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(name)))
    throw new NoHeader('the first line holds an address, not the names of the columns');
  return { columns, delimiter, rows: rowsOf(records, columns, delimiter) };
}

/** Excel writes `sep=;` before the header. */
function directive(text: string | undefined): Delimiter | undefined {
  const match = /^"?sep=(.)"?$/i.exec(text ?? '');
  return match === null ? undefined : [',', ';', '\t', '|'].includes(match[1] ?? '') ? (match[1] as Delimiter) : undefined;
}

async function* chained(first: readonly Line[], then: AsyncIterable<Line>): AsyncGenerator<Line> {
  yield* first;
  yield* then;
}

/** Column names: trimmed, none twice, none empty. */
function headerOf(record: CsvRecord, delimiter: Delimiter): readonly string[] {
  const cells = unwrap(record, delimiter) ?? record.cells ?? [record.text];
  const seen = new Map<string, number>();
  return cells.map((cell, at) => {
    const name = cell.trim() === '' ? `column ${at + 1}` : cell.trim();
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
}

async function* rowsOf(records: AsyncIterable<CsvRecord>, columns: readonly string[], delimiter: Delimiter): AsyncGenerator<CsvRow> {
  let row = 0;
  for await (const record of records) {
    row += 1;
    const read = rowOf(record, columns, delimiter);
    if (read !== undefined) yield { row, line: record.line, text: record.text, ...read };
  }
}

type Read<T = CsvRow> = T extends CsvRow ? Omit<T, 'row' | 'line' | 'text'> : never;

/** `undefined`: only delimiters and spaces. */
function rowOf(record: CsvRecord, columns: readonly string[], delimiter: Delimiter): Read | undefined {
  if (record.unclosed === true) return { as: 'rejected', code: 'quote-open', says: 'a quotation mark opens a cell and is never closed' };
  if (record.cells === undefined) return { as: 'rejected', code: 'misquoted', says: 'its quotation marks cannot be read' };
  const whole = columns.length > 1 ? unwrap(record, delimiter) : undefined;
  if (whole !== undefined && whole.length === columns.length) return { as: 'row', fields: named(columns, whole), repaired: true };
  if (whole !== undefined && whole.length > 1)
    return {
      as: 'rejected',
      code: 'misquoted',
      says: `is in quotation marks as a whole and has ${whole.length} cells inside where the header has ${columns.length}`,
    };
  const cells = withoutSurplus(record.cells, columns.length);
  if (cells.every((cell) => cell.trim() === '')) return undefined;
  if (cells.length !== columns.length)
    return {
      as: 'rejected',
      code: 'ragged-row',
      says: `has ${cells.length === 1 ? '1 cell' : `${cells.length} cells`} where the header has ${columns.length}`,
    };
  return { as: 'row', fields: named(columns, cells) };
}

/** Cells inside a line that is one quoted cell as a whole; `undefined` for any other line. */
function unwrap({ cells, text }: CsvRecord, delimiter: Delimiter): readonly string[] | undefined {
  if (cells?.length !== 1 || !text.trim().startsWith('"') || !text.trim().endsWith('"')) return undefined;
  const inner = cellsOf(cells[0] ?? '', delimiter);
  return inner === undefined || inner.length < 2 ? undefined : inner;
}

/** Empty cells behind the last column say nothing and go. */
function withoutSurplus(cells: readonly string[], columns: number): readonly string[] {
  const surplus = cells.slice(columns);
  return surplus.length > 0 && surplus.every((cell) => cell.trim() === '') ? cells.slice(0, columns) : cells;
}

const named = (columns: readonly string[], cells: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(columns.map((name, at) => [name, cells[at] ?? '']));

/** One line of CSV for a file that people open again. */
export const csvLine = (cells: readonly (string | number)[]): string =>
  `${cells.map((cell) => (/[",\r\n]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : String(cell))).join(',')}\r\n`;
