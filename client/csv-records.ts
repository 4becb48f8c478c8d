/** From lines to records: a quoted cell may run over lines, an unclosed quotation mark must not swallow the rest of the list. Knows no columns' meaning. */
import { parse } from 'csv-parse/sync';
import type { Line } from './csv-text';

export const delimiters = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

/** The delimiter that cuts most lines like the first; a comma where nothing cuts. */
export function findDelimiter(sample: readonly string[]): Delimiter {
  const judged = delimiters.map((delimiter) => {
    const counts = sample.map((line) => cutsIn(unwrapped(line), delimiter));
    const first = counts[0] ?? 0;
    const alike = counts.filter((count) => count === first).length / Math.max(1, counts.length);
    return { delimiter, first, worth: first === 0 ? 0 : alike + Math.min(first, 50) / 1_000 };
  });
  return judged.reduce((best, one) => (one.worth > best.worth ? one : best)).delimiter;
}

/** A line that is quoted as a whole hides its delimiters. */
const unwrapped = (line: string): string =>
  /^".*"$/.test(line) && cutsIn(line, ',') + cutsIn(line, ';') + cutsIn(line, '\t') + cutsIn(line, '|') === 0
    ? line.slice(1, -1).replaceAll('""', '"')
    : line;

function cutsIn(line: string, delimiter: string): number {
  let cuts = 0;
  let quoted = false;
  for (const character of line) {
    if (character === '"') quoted = !quoted;
    else if (character === delimiter && !quoted) cuts += 1;
  }
  return cuts;
}

/** `open`: ends inside a quoted cell. `loose`: text follows a closing quotation mark. */
export function quotesOf(text: string, delimiter: Delimiter): { readonly open: boolean; readonly loose: boolean } {
  let loose = false;
  for (let at = 0; at <= text.length;) {
    if (text[at] === '"') {
      const closed = closingQuote(text, at + 1);
      if (closed === undefined) return { open: true, loose };
      const next = text[closed + 1];
      if (next !== undefined && next !== delimiter && next !== '\n') loose = true;
      at = closed + 1;
    }
    const cut = nextCut(text, at, delimiter);
    if (cut === undefined) break;
    at = cut + 1;
  }
  return { open: false, loose };
}

function closingQuote(text: string, from: number): number | undefined {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 2)) if (text[at + 1] !== '"') return at;
  return undefined;
}

function nextCut(text: string, from: number, delimiter: Delimiter): number | undefined {
  const cut = text.indexOf(delimiter, from);
  return cut === -1 ? undefined : cut;
}

/** Cells of one record; `undefined` where the text is no single record. */
export function cellsOf(text: string, delimiter: Delimiter): readonly string[] | undefined {
  // Most lines have none; a parser of its own for each costs a quarter of a millisecond.
  if (!text.includes('"')) return text.split(delimiter);
  try {
    const records = parse(text, { delimiter, relaxQuotes: true, relaxColumnCount: true, maxRecordSize: 0 });
    return records.length === 1 ? records[0] : undefined;
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_')) return undefined;
    throw error;
  }
}

export type CsvRecord = {
  /** Where it begins. */ readonly line: number;
  readonly text: string;
  /** `undefined`: it cannot be read. */ readonly cells: readonly string[] | undefined;
  readonly unclosed?: true;
};

/** The most lines one quoted cell may run over. */
const mostLines = 200;

/**
 * Records in order; empty lines are none. A record over several lines counts only when its quotation marks close cleanly and it has `columns()` cells;
 * else its first line alone is unreadable and the next line is looked at anew.
 */
export async function* readRecords(
  lines: AsyncIterator<Line>,
  delimiter: Delimiter,
  columns: () => number | undefined,
): AsyncGenerator<CsvRecord> {
  const ahead: Line[] = [];
  const take = async (at: number): Promise<Line | undefined> => {
    while (ahead.length <= at) {
      const next = await lines.next();
      if (next.done === true) return undefined;
      ahead.push(next.value);
    }
    return ahead[at];
  };
  for (let first = await take(0); first !== undefined; first = await take(0)) {
    if (first.text.trim() === '') {
      ahead.shift();
      continue;
    }
    const record = quotesOf(first.text, delimiter).open
      ? await joined(first, take, delimiter, columns())
      : { used: 1, record: single(first, delimiter) };
    ahead.splice(0, record.used);
    yield record.record;
  }
}

const single = ({ number, text }: Line, delimiter: Delimiter): CsvRecord => ({ line: number, text, cells: cellsOf(text, delimiter) });

async function joined(
  first: Line,
  take: (at: number) => Promise<Line | undefined>,
  delimiter: Delimiter,
  columns: number | undefined,
): Promise<{ readonly used: number; readonly record: CsvRecord }> {
  const unclosed: CsvRecord = { line: first.number, text: first.text, cells: undefined, unclosed: true };
  let text = first.text;
  for (let used = 1; used < mostLines; used += 1) {
    const next = await take(used);
    if (next === undefined) break;
    text += `\n${next.text}`;
    const quotes = quotesOf(text, delimiter);
    if (quotes.open) continue;
    const cells = quotes.loose ? undefined : cellsOf(text, delimiter);
    if (cells === undefined || (columns !== undefined && cells.length !== columns && cells.length !== 1)) break;
    return { used: used + 1, record: { line: first.number, text, cells } };
  }
  return { used: 1, record: unclosed };
}
