/** How a list is written, found by looking at its first lines: what stands between cells, around them, and before the names of the columns. Reads no row. */
import { splitCells, unwrapped, type Quoting } from './csv-cells';

export const delimiters = [',', ';', '\t', '|', '^', '~', '\u001f', '\u0001'] as const;
export type Delimiter = (typeof delimiters)[number];

export type Dialect = {
  readonly delimiter: Delimiter;
  readonly quote: Quoting['quote'];
  /** Lines before the one that names the columns: a title, empty lines, Excel's `sep=;`. */
  readonly before: number;
};

export function dialectOf(sample: readonly string[]): Dialect {
  const quote = quoteOf(sample);
  const told = directive(sample[0]);
  const lines = told === undefined ? sample : sample.slice(1);
  const delimiter = told ?? delimiterOf(lines, quote);
  return { delimiter, quote, before: sample.length - lines.length + titleLines(lines, { delimiter, quote }) };
}

/** Excel writes `sep=;` before the header. */
function directive(text: string | undefined): Delimiter | undefined {
  const match = /^"?sep=(.)"?$/i.exec(text ?? '');
  return delimiters.find((delimiter) => delimiter === match?.[1]);
}

/** Cells in single quotes, and none in double ones: names like O'Brien have one inside only. */
function quoteOf(sample: readonly string[]): Dialect['quote'] {
  const wrapped = (quote: string): number => {
    const cell = new RegExp(`(?:^|[,;\\t|^~])\\s*${quote}[^${quote}]*${quote}\\s*(?=$|[,;\\t|^~])`);
    return sample.filter((line) => cell.test(line)).length;
  };
  const single = wrapped("'");
  return single > sample.length / 2 && single > 2 * wrapped('"') ? "'" : '"';
}

/** The delimiter that cuts most lines into equally many cells; a comma where nothing cuts. */
function delimiterOf(lines: readonly string[], quote: Dialect['quote']): Delimiter {
  const told = lines.filter((line) => line.trim() !== '');
  const judged = delimiters.map((delimiter) => {
    const cuts = mode(told.map((line) => cutsIn(line, { delimiter, quote })));
    const share = cuts.times / Math.max(1, told.length);
    return { delimiter, worth: cuts.most === 0 || share < 0.3 ? 0 : share + Math.min(cuts.most, 50) / 1_000 };
  });
  return judged.reduce((best, one) => (one.worth > best.worth ? one : best)).delimiter;
}

/** A line that is quoted as a whole hides its delimiters. */
function cutsIn(line: string, quoting: Quoting): number {
  const cuts = splitCells(line, quoting).cells.length - 1;
  const inner = cuts === 0 ? unwrapped(line, quoting) : undefined;
  return inner === undefined ? cuts : splitCells(inner, quoting).cells.length - 1;
}

/** The commonest number above none. */
function mode(numbers: readonly number[]): { readonly most: number; readonly times: number } {
  const times = new Map<number, number>();
  for (const number of numbers) if (number > 0) times.set(number, (times.get(number) ?? 0) + 1);
  return [...times].reduce((best, [most, count]) => (count > best.times ? { most, times: count } : best), { most: 0, times: 0 });
}

/** Lines before the first that is cut about as most are. A list of one column has no title that could be told from it. */
function titleLines(lines: readonly string[], quoting: Quoting): number {
  const cuts = lines.map((line) => cutsIn(line, quoting));
  const { most } = mode(cuts);
  if (most === 0) return lines.findIndex((line) => line.trim() !== '') === -1 ? 0 : lines.findIndex((line) => line.trim() !== '');
  // A sentence has commas, too; names of columns that go on in the next line are none.
  const goesOn = (line: string): boolean => line.includes(quoting.delimiter) && splitCells(line, quoting).state === 'open';
  const first = lines.findIndex((line, at) => goesOn(line) || (cuts[at] ?? 0) >= Math.max(1, most / 2));
  return first > 0 && first <= mostTitleLines ? first : 0;
}
const mostTitleLines = 15;
