/** What is read from the columns of a list: a cell as it is, or from a date its weekday, its hour, the days since another date and how old it is in the list. One reading for training and for a single lead. */
import { noAnswer } from './answers';
import { hourOf, readDate, weekdayOf } from './dates';

export type Source = {
  /** As reports and reasons call it. */
  readonly name: string;
  readonly column: string;
  readonly take: 'cell' | 'filled' | 'weekday' | 'hour' | 'days-since' | 'days-before';
  /** The date that days are counted from. */
  readonly since?: string;
  /** Days since 1970 of the newest date in the list that was learnt from: days are counted back from it. */
  readonly until?: number;
  /** Whether 03/04 is 3 April, of this column and of `since`. */
  readonly dayFirst?: readonly [boolean, boolean];
};

/** Who came after the list was made is no old lead and no new one of the list: what its dates told says nothing of them. */
export const later = 'after the list was made';

/** A cell as text, which an encoder reads; empty where there is nothing. */
export function readSource({ column, take, since, until = 0, dayFirst }: Source, cell: (column: string) => string): string {
  const text = cell(column);
  if (take === 'cell') return text;
  if (take === 'filled') return noAnswer(text) === undefined ? 'filled in' : 'not filled in';
  const day = readDate(text, dayFirst?.[0] ?? true);
  if (day === undefined) return '';
  if (take === 'weekday') return weekdayOf(day);
  if (take === 'hour') return String(hourOf(day));
  if (take === 'days-before') return Math.floor(day) > until ? later : String(until - Math.floor(day));
  const from = readDate(cell(since ?? ''), dayFirst?.[1] ?? true);
  return from === undefined ? '' : String(Math.round((day - from) * 100) / 100);
}

export const asCell = (column: string): Source => ({ name: column, column, take: 'cell' });
export const whetherFilled = (column: string): Source => ({ name: `${column} (whether filled in)`, column, take: 'filled' });
