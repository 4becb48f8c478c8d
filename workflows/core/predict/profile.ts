/** What kind of column this is, found from its cells: answers, numbers, dates, or nothing to score by and why. Knows no outcome. */
import { keyOf, noAnswer, wordsOf } from './answers';
import { dayFirstIn, readDate } from './dates';
import { decimalOf, looksLikeCode, readNumber } from './numbers';
import type { Decimal } from './numbers';
import { grouped } from './say';
import { countsOf } from './table';
import type { Column } from './table';

export type Kind =
  | { readonly as: 'answers' }
  | { readonly as: 'number'; readonly decimal: Decimal; readonly stray: number }
  | { readonly as: 'date'; readonly dayFirst: boolean }
  | { readonly as: 'out'; readonly because: string };

/** Of the cells that hold an answer. */
type Cells = {
  readonly rows: number;
  readonly filled: number;
  readonly distinct: number;
  readonly most: number;
  readonly mostShown: string;
  readonly values: readonly string[];
  /** How many rows hold each of `values`. */
  readonly counts: readonly number[];
};

/** Of the filled cells, to call the column one of numbers or dates. */
const mostly = 0.9;
/** Fewer rows than this that say something else teach nothing. */
const leastRows = (rows: number): number => Math.max(10, Math.ceil(rows / 1_000));
/** Rows that an answer needs to count as one of its own. */
export const leastSupport = (rows: number): number => Math.max(15, Math.ceil(rows / 500));

export function kindOf(column: Column): Kind {
  const cells = cellsOf(column);
  const { rows, filled, distinct, most } = cells;
  if (distinct === 0) return out('is empty in every row');
  if (distinct === 1 && filled === rows) return out(`says "${cells.mostShown}" in every row`);
  if (rows - Math.max(most, rows - filled) < leastRows(rows)) return out(nearlyConstant(cells));
  const dayFirst = dayFirstIn(cells.values);
  if (share(cells, (value) => readDate(value, dayFirst) !== undefined) >= mostly)
    return distinct < 3 ? { as: 'answers' } : { as: 'date', dayFirst };
  return numberKind(column, cells) ?? textKind(cells);
}

const out = (because: string): Kind => ({ as: 'out', because });

function cellsOf(column: Column): Cells {
  const counts = countsOf(column);
  const keys = new Map<string, number>();
  const values: string[] = [];
  const kept: number[] = [];
  let filled = 0;
  column.values.forEach((value, at) => {
    const count = counts[at] ?? 0;
    if (count === 0 || noAnswer(value) !== undefined) return;
    filled += count;
    values.push(value);
    kept.push(count);
    keys.set(keyOf(value), (keys.get(keyOf(value)) ?? 0) + count);
  });
  let most = 0;
  let mostKey = '';
  for (const [key, count] of keys) if (count > most) [most, mostKey] = [count, key];
  const mostShown = (values.find((value) => keyOf(value) === mostKey) ?? '').slice(0, 40);
  return { rows: column.codes.length, filled, distinct: keys.size, most, mostShown, values, counts: kept };
}

const share = ({ values, counts, filled }: Cells, holds: (value: string) => boolean): number =>
  values.reduce((sum, value, at) => sum + (holds(value) ? (counts[at] ?? 0) : 0), 0) / Math.max(1, filled);

function nearlyConstant({ rows, filled, most, mostShown }: Cells): string {
  return most >= rows - filled
    ? `says "${mostShown}" in all but ${grouped(rows - most)} of ${grouped(rows)} rows`
    : `is filled in only ${grouped(filled)} of ${grouped(rows)} rows`;
}

/** `undefined`: no column of numbers. */
function numberKind(column: Column, cells: Cells): Kind | undefined {
  const decimal = decimalOf(cells.values);
  const numeric = share(cells, (value) => readNumber(value, decimal) !== undefined);
  if (numeric < mostly || share(cells, looksLikeCode) > 0.02) return undefined;
  if (cells.distinct <= 2) return { as: 'answers' };
  if (numbersRows(column, cells, decimal)) return out('numbers the rows: nearly every row has a value of its own');
  return { as: 'number', decimal, stray: Math.round((1 - numeric) * cells.filled) };
}

/** Whole numbers, hardly any twice, that are called an id, run with the rows, or lie as close as a counter's and repeat less than chance would have it. */
function numbersRows({ name }: Column, { filled, distinct, values }: Cells, decimal: Decimal): boolean {
  if (filled < 50 || distinct < 0.98 * filled) return false;
  const numbers = values.map((value) => readNumber(value, decimal)).filter((value) => value !== undefined);
  if (!numbers.every(Number.isInteger)) return false;
  const named = wordsOf(name).some((word) => idWords.has(word));
  const range = numbers.reduce((a, b) => Math.max(a, b), -Infinity) - numbers.reduce((a, b) => Math.min(a, b), Infinity);
  const rising = numbers.filter((value, at) => at > 0 && value > (numbers[at - 1] ?? 0)).length / Math.max(1, numbers.length - 1);
  // Amounts drawn from so narrow a range meet now and then (the birthday problem); what is handed out once does not.
  const byChance = filled ** 2 / (2 * Math.max(1, range));
  return named || (range < 30 * filled && filled - distinct <= byChance / 5) || rising > 0.95 || rising < 0.05;
}
const idWords: ReadonlySet<string> = new Set(
  'id ids no nr num number numero nummer numéro key code uuid guid ref reference index row zeile phone tel telefon mobile fax'.split(' '),
);

function textKind(cells: Cells): Kind {
  const { filled, distinct, rows, values, counts } = cells;
  if (share(cells, (value) => contact.test(value)) > 0.8 && distinct > 0.3 * filled)
    return out('holds addresses or links of single people');
  const words = values.reduce((sum, value, at) => sum + value.split(/\s+/).length * (counts[at] ?? 0), 0) / filled;
  if (words >= 4 && distinct > 0.3 * filled && filled >= 30) return out('is free text');
  if (filled >= 50 && distinct > 0.9 * filled) return out('names the rows: nearly every row has a value of its own');
  const common = counts.filter((count) => count >= leastSupport(rows)).reduce((sum, count) => sum + count, 0);
  if (distinct > 50 && common < 0.05 * filled)
    return out(`holds ${grouped(distinct)} different values, none of them common enough to learn from`);
  return { as: 'answers' };
}
const contact = /^\S+@\S+\.\S+$|^https?:\/\/|^www\.|^\+?[\d ()/.-]{8,20}$/i;
