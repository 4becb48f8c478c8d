/** From the columns of a list to what a model reads: kinds found, special categories and leaks refused, dates taken apart. Every column ends used or left out, with a reason. */
import { countsOf, columnNamed, deriveColumn, cellAt } from './table';
import type { Column, Table } from './table';
import { noAnswer } from './answers';
import { readDate } from './dates';
import { changesLater } from './names';
import { answerEncoder, encode, levelOf, numberEncoder } from './encoder';
import type { Encoder, Placed } from './encoder';
import { kindOf } from './profile';
import type { Kind } from './profile';
import { grouped } from './say';
import { asCell, readSource, whetherFilled } from './sources';
import type { Source } from './sources';
import { specialCategory } from './special';
import type { ColumnReport, LeftOut } from './model';

/** One reading of a column, encoded. */
export type Reading = {
  readonly source: Source;
  readonly encoder: Encoder;
  /** Distinct cells and the code of each row. */
  readonly column: Column;
  /** Per code. */
  readonly placed: readonly Placed[];
  /** Per row the place it leans to. */
  readonly levels: Uint16Array;
};
export type Kinds = { readonly kinds: ReadonlyMap<string, Kind>; readonly leftOut: readonly LeftOut[] };

/** `without`: columns left out on request; `keep`: columns that count whatever they look like. */
export function kindsOf(table: Table, ignored: readonly string[], keep: readonly string[], without: readonly string[]): Kinds {
  const kinds = new Map<string, Kind>();
  const leftOut: LeftOut[] = [];
  for (const column of table.columns) {
    if (ignored.includes(column.name)) continue;
    const special = specialCategory(column.name);
    const kind: Kind =
      special !== undefined
        ? { as: 'out', because: `nobody may be scored by ${special}` }
        : without.includes(column.name)
          ? { as: 'out', because: 'left out on request' }
          : kindOf(column);
    // A column of nothing teaches nothing, whoever insists; other columns without a kind count by their answers.
    const insisted = keep.includes(column.name) && special === undefined && kind.as === 'out' && new Set(column.values).size > 1;
    if (insisted) kinds.set(column.name, { as: 'answers' });
    else if (kind.as !== 'out') kinds.set(column.name, kind);
    else {
      leftOut.push({ column: column.name, because: kind.because });
      if (special === undefined && !without.includes(column.name)) kinds.set(column.name, kind);
    }
  }
  return { kinds, leftOut };
}

/** Whether a column is filled in tells something only where enough rows are and enough are not. */
const leastShare = 0.01;

function sometimesFilled(column: Column): boolean {
  const counts = countsOf(column);
  const filled = column.values.reduce((sum, value, at) => sum + (noAnswer(value) === undefined ? (counts[at] ?? 0) : 0), 0);
  const least = Math.max(20, leastShare * column.codes.length);
  return filled >= least && column.codes.length - filled >= least;
}

/** `unused`: read for the leak guard only. */
export type Wanted = { readonly source: Source; readonly as: 'answers' | 'number'; readonly decimal: '.' | ','; readonly unused: boolean };

/** What is read of each column; the same for every part of the list. */
export function wantedOf(table: Table, kinds: ReadonlyMap<string, Kind>): readonly Wanted[] {
  const from = firstDate(table, kinds);
  return [...kinds].flatMap(([name, kind]) => {
    const column = columnNamed(table, name);
    if (column === undefined) return [];
    const filled = sometimesFilled(column) ? [answers(whetherFilled(name), kind.as === 'answers' || kind.as === 'number')] : [];
    if (kind.as === 'answers') return [answers(asCell(name)), ...filled];
    if (kind.as === 'number') return [{ source: asCell(name), as: 'number' as const, decimal: kind.decimal, unused: false }, ...filled];
    return kind.as === 'out' ? filled : [...filled, ...ofDate(column, kind.dayFirst, from)];
  });
}

const answers = (source: Source, unused = false): Wanted => ({ source, as: 'answers', decimal: '.', unused });

type FirstDate = { readonly name: string; readonly dayFirst: boolean; /** Days since 1970. */ readonly newest: number } | undefined;

/** The date that comes first for most leads, such as when they arrived. */
function firstDate(table: Table, kinds: ReadonlyMap<string, Kind>): FirstDate {
  const dated = [...kinds].flatMap(([name, kind]) => {
    const column = columnNamed(table, name);
    if (kind.as !== 'date' || column === undefined) return [];
    const days = Array.from(column.codes, (code) => readDate(column.values[code] ?? '', kind.dayFirst)).filter((day) => day !== undefined);
    if (days.length < 0.9 * table.rows) return [];
    const newest = Math.floor(days.reduce((last, day) => Math.max(last, day), -Infinity));
    return [{ name, dayFirst: kind.dayFirst, newest, mean: days.reduce((sum, day) => sum + day, 0) / days.length }];
  });
  return dated.reduce<(typeof dated)[number] | undefined>(
    (first, one) => (first === undefined || one.mean < first.mean ? one : first),
    undefined,
  );
}

function ofDate(column: Column, dayFirst: boolean, from: FirstDate): readonly Wanted[] {
  const { name, values } = column;
  const both = [dayFirst, from?.dayFirst ?? true] as const;
  const timed = values.filter((value) => (readDate(value, dayFirst) ?? 0) % 1 !== 0).length > values.length / 2;
  return [
    answers({ name: `${name} (weekday)`, column: name, take: 'weekday', dayFirst: both }),
    ...(timed
      ? [{ ...answers({ name: `${name} (hour)`, column: name, take: 'hour' as const, dayFirst: both }), as: 'number' as const }]
      : []),
    ...(from?.name === name && !changesLater(name) ? [howOld(name, both, from.newest)] : []),
    ...(from === undefined || from.name === name
      ? []
      : [
          {
            ...answers({
              name: `${name} (days since ${from.name})`,
              column: name,
              take: 'days-since' as const,
              since: from.name,
              dayFirst: both,
            }),
            as: 'number' as const,
          },
        ]),
  ];
}

/** Of the date that comes first: business changes from month to month, and older leads had more time. */
const howOld = (name: string, dayFirst: readonly [boolean, boolean], until: number): Wanted => ({
  ...answers({ name: `${name} (days before the newest)`, column: name, take: 'days-before', until, dayFirst }),
  as: 'number',
});

/** The cells of one reading over a list. */
export function columnOf(table: Table, source: Source): Column {
  const own = columnNamed(table, source.column);
  if (own === undefined) return deriveColumn(source.name, table.rows, () => '');
  if (source.take === 'cell') return own;
  const since = source.since === undefined ? undefined : columnNamed(table, source.since);
  if (since !== undefined)
    return deriveColumn(source.name, table.rows, (row) => readSource(source, (name) => cellAt(name === source.since ? since : own, row)));
  const read = own.values.map((value) => readSource(source, () => value));
  return deriveColumn(source.name, table.rows, (row) => read[own.codes[row] ?? 0] ?? '');
}

/** Answers and knots are learnt from `rows`; every row is read. */
export function readingOf(table: Table, { source, as, decimal }: Wanted, rows: Uint32Array): Reading {
  const column = columnOf(table, source);
  const counts = countsOf(column, rows);
  const encoder = as === 'answers' ? answerEncoder(column, counts, rows.length) : numberEncoder(column, decimal, counts, rows.length);
  return { source, encoder, column, ...placedBy(encoder, column) };
}

function placedBy(encoder: Encoder, column: Column): Pick<Reading, 'placed' | 'levels'> {
  const levels = column.values.map((value) => levelOf(encoder, value));
  return {
    placed: column.values.map((value) => encode(encoder, value)),
    levels: Uint16Array.from(column.codes, (code) => levels[code] ?? 0),
  };
}

/** A sentence about a reading that counts. */
export function reportOf({ source, encoder, column }: Reading, kind: Kind | undefined, note: string | undefined): ColumnReport {
  const stray =
    kind?.as === 'number' && kind.stray > 0 ? `${grouped(kind.stray)} cells hold text instead of a number and count as such` : undefined;
  const notes = [stray, note].filter((each) => each !== undefined).join('; ');
  return { column: source.name, read: readAs(encoder, column), ...(notes === '' ? {} : { note: notes }) };
}

function readAs(encoder: Encoder, column: Column): string {
  if (encoder.as === 'number') {
    const own = encoder.spikes.length === 0 ? '' : `, ${encoder.spikes.slice(0, 4).join(', ')} on its own`;
    return `a number${own}`;
  }
  const different = column.values.filter((value) => noAnswer(value) === undefined).length;
  const kept = encoder.levels.length;
  return kept < different
    ? `${grouped(kept)} common answers of ${grouped(different)}, the others together`
    : kept === 1
      ? '1 answer'
      : `${grouped(kept)} answers`;
}
