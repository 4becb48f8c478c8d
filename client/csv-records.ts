/** From lines to records: a quoted cell may run over lines, an unclosed quotation mark must not swallow the rest of the list. Knows no columns' meaning. */
import { splitCells, unwrapped, type Quoting } from './csv-cells';
import type { LineRepair, Lines } from './csv-text';

/** Faults of an export that were mended where that has one reading only. */
export type Repair = 'whole-row-quoted' | 'stray-quotes' | 'wrong-bytes' | 'garbled-letters';

export type CsvRecord = {
  /** Where it begins. */ readonly line: number;
  readonly text: string;
} & (
  | { readonly as: 'cells'; readonly cells: readonly string[]; readonly repair?: Repair }
  | { readonly as: 'unclosed' }
  | { readonly as: 'unreadable' }
  /** Quoted as a whole, with so many cells inside. */
  | { readonly as: 'unfit'; readonly inside: number }
);

/** The most lines one quoted cell may run over. */
const mostLines = 200;

type Read = CsvRecord extends infer R ? (R extends CsvRecord ? Omit<R, 'line' | 'text'> : never) : never;

/** `columns`: how many there must be; absent for the line that names them. */
export function readRecord(text: string, quoting: Quoting, columns?: number): Read {
  const plain = splitCells(text, quoting);
  const fits = (cells: readonly string[]): boolean => columns === undefined || cells.length === columns;
  if (plain.state === 'clean' && plain.cells.length > 1 && fits(plain.cells)) return unwrappedCell(plain.cells, quoting, columns);
  const inner = columns === 1 ? undefined : unwrapped(text, quoting);
  if (inner !== undefined) {
    const { cells, state } = splitCells(inner, quoting);
    if (state === 'clean' && cells.length > 1)
      return fits(cells) ? repaired(cells, 'whole-row-quoted') : { as: 'unfit', inside: cells.length };
  }
  if (text.includes(`\\${quoting.quote}`)) {
    const { cells, state } = splitCells(text, quoting, 'backslash');
    if (state === 'clean' && columns !== undefined && fits(cells)) return { as: 'cells', cells };
  }
  if (plain.state === 'open') return { as: 'unclosed' };
  if (plain.state === 'clean') return { as: 'cells', cells: plain.cells };
  const { cells, state } = splitCells(text, quoting, 'lenient');
  return state === 'clean' && columns !== undefined && fits(cells) ? repaired(cells, 'stray-quotes') : { as: 'unreadable' };
}

const repaired = (cells: readonly string[], repair: Repair): Read => ({ as: 'cells', cells, repair });

/** A row of a wider list may hold another row whole in its first cell, and nothing else. */
function unwrappedCell(cells: readonly string[], quoting: Quoting, columns = 0): Read {
  const [first = ''] = cells;
  if (columns < 3 || !first.includes(quoting.delimiter) || cells.some((cell, at) => at > 0 && cell !== '')) return { as: 'cells', cells };
  const inner = splitCells(first, quoting);
  return inner.state === 'clean' && inner.cells.length === columns ? repaired(inner.cells, 'whole-row-quoted') : { as: 'cells', cells };
}

const said: Readonly<Record<LineRepair, Repair>> = { bytes: 'wrong-bytes', letters: 'garbled-letters' };

/**
 * Records in order, as many at once as the lines hold; empty lines are none. A record over several lines counts only when its quotation marks close cleanly
 * and it has as many cells as there are columns; else its first line alone is unreadable and the next line is looked at anew.
 */
export async function* readRecords(batches: AsyncIterable<Lines>, quoting: Quoting, columns: number): AsyncGenerator<readonly CsvRecord[]> {
  let kept: Lines = { first: 1, texts: [], mended: new Map() };
  for await (const batch of batches) {
    const read = recordsIn(behind(kept, batch), quoting, columns, false);
    kept = read.kept;
    if (read.records.length > 0) yield read.records;
  }
  const { records } = recordsIn(kept, quoting, columns, true);
  if (records.length > 0) yield records;
}

function behind(kept: Lines, next: Lines): Lines {
  if (kept.texts.length === 0) return next;
  const mended = new Map([...kept.mended, ...[...next.mended].map(([at, repair]) => [at + kept.texts.length, repair] as const)]);
  return { first: kept.first, texts: [...kept.texts, ...next.texts], mended };
}

/** `kept`: lines of a record that may go on in the next batch. */
function recordsIn(
  lines: Lines,
  quoting: Quoting,
  columns: number,
  last: boolean,
): { readonly records: readonly CsvRecord[]; readonly kept: Lines } {
  const { first, texts, mended } = lines;
  const records: CsvRecord[] = [];
  let at = 0;
  while (at < texts.length) {
    const text = texts[at] ?? '';
    if (text.trim() === '') {
      at += 1;
      continue;
    }
    const single = readRecord(text, quoting, columns);
    const found = single.as === 'unclosed' ? joined(texts, at, quoting, columns) : { used: 1, text, read: single };
    if (found === 'more' && !last) break;
    const { used, text: whole, read } = found === 'more' ? { used: 1, text, read: single } : found;
    records.push({ line: first + at, text: whole, ...withRepair(read, mended.size === 0 ? undefined : mended.get(at)) });
    at += used;
  }
  const rest = new Map([...mended].flatMap(([place, repair]) => (place < at ? [] : [[place - at, repair] as const])));
  return { records, kept: { first: first + at, texts: texts.slice(at), mended: rest } };
}

const withRepair = (read: Read, repair: LineRepair | undefined): Read =>
  repair === undefined || read.as !== 'cells' || read.repair !== undefined ? read : { ...read, repair: said[repair] };

type Joined = { readonly used: number; readonly text: string; readonly read: Read };

/** `more`: the lines end before it can be said. */
function joined(texts: readonly string[], from: number, quoting: Quoting, columns: number): Joined | 'more' {
  const first = texts[from] ?? '';
  const alone: Joined = { used: 1, text: first, read: { as: 'unclosed' } };
  let text = first;
  for (let used = 1; used < mostLines; used += 1) {
    const next = texts[from + used];
    if (next === undefined) return 'more';
    text += `\n${next}`;
    // Only another mark can close it.
    if (!next.includes(quoting.quote)) continue;
    const read = readRecord(text, quoting, columns);
    if (read.as === 'unclosed') continue;
    const fits = read.as === 'cells' && read.cells.length === columns && read.repair !== 'stray-quotes';
    return fits || (read.as === 'cells' && read.cells.length === 1 && columns === 1) ? { used: used + 1, text, read } : alone;
  }
  return alone;
}
