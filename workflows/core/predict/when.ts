/** When leads convert: days from arrival to conversion where the list tells them, as a range by probability. Knows no clock. */
import { readDate } from './dates';
import type { When, WhenBand } from './model';
import { readNumber } from './numbers';
import { noLabel } from './outcome';
import type { Labels } from './outcome';
import type { Kind } from './profile';
import { columnNamed } from './table';
import type { Column, Table } from './table';
import { noAnswer, wordsOf } from './answers';

/** Days of each row, NaN where unknown; and the words for where they come from. */
export type Days = { readonly days: Float64Array; readonly from: string; readonly columns: readonly string[] };

const leastConversions = 30;
/** Of the leads that converted, to believe that a column tells when. */
const covers = 0.8;

/** From the column the user named. `undefined` where fewer than half of its filled cells are numbers. */
export function namedDays(column: Column, decimal: '.' | ','): Days | undefined {
  const days = perRow(column, (cell) => readNumber(cell, decimal));
  const filled = column.codes.reduce((sum, code) => sum + (noAnswer(column.values[code] ?? '') === undefined ? 1 : 0), 0);
  const read = days.reduce((sum, day) => sum + (Number.isNaN(day) ? 0 : 1), 0);
  return read < filled / 2 ? undefined : { days, from: `the days in "${column.name}"`, columns: [column.name] };
}

function perRow(column: Column, read: (cell: string) => number | undefined): Float64Array {
  const of = column.values.map((value) => read(value) ?? Number.NaN);
  return Float64Array.from(column.codes, (code) => of[code] ?? Number.NaN);
}

/** A date that only leads that converted have, beside one that nearly all have; or days that only they have. */
export function findDays(table: Table, kinds: ReadonlyMap<string, Kind>, labels: Labels): Days | undefined {
  const dates = [...kinds].flatMap(([name, kind]) => {
    const column = columnNamed(table, name);
    return kind.as === 'date' && column !== undefined ? [{ name, days: perRow(column, (cell) => readDate(cell, kind.dayFirst)) }] : [];
  });
  const ends = dates.filter(({ days }) => followsOutcome(days, labels));
  const starts = dates.filter(({ days }) => !ends.some((end) => end.days === days) && shareOf(days, labels, () => true) >= 0.9);
  for (const end of ends)
    for (const start of starts) {
      const days = end.days.map((day, row) => day - (start.days[row] ?? Number.NaN));
      if (
        shareOf(
          days.map((day) => (day < 0 ? Number.NaN : day)),
          labels,
          (label) => label === 1,
        ) >= covers
      )
        return { days, from: `"${start.name}" to "${end.name}"`, columns: [end.name] };
    }
  for (const [name, kind] of kinds) {
    const column = columnNamed(table, name);
    if (kind.as !== 'number' || column === undefined || !wordsOf(name).some((word) => dayWords.has(word))) continue;
    const days = perRow(column, (cell) => readNumber(cell, kind.decimal));
    if (followsOutcome(days, labels)) return { days, from: `the days in "${name}"`, columns: [name] };
  }
  return undefined;
}
const dayWords: ReadonlySet<string> = new Set('day days tage tagen jours jour dias dia giorni dagen duration dauer duree'.split(' '));

/** Filled in for most that converted and hardly any other. */
const followsOutcome = (days: Float64Array, labels: Labels): boolean =>
  shareOf(days, labels, (label) => label === 1) >= covers && shareOf(days, labels, (label) => label === 0) <= 0.05;

function shareOf(days: Float64Array, labels: Labels, counts: (label: number) => boolean): number {
  let known = 0;
  let all = 0;
  for (let row = 0; row < labels.length; row += 1) {
    const label = labels[row] ?? noLabel;
    if (!counts(label)) continue;
    all += 1;
    if (!Number.isNaN(days[row] ?? Number.NaN)) known += 1;
  }
  return all === 0 ? 0 : known / all;
}

/** `probabilities` from fits that the lead had no part in. Up to three bands with equally many conversions, at least 30 each. */
export function whenOf(found: Days | undefined, probabilities: Float64Array, labels: Labels): When {
  if (found === undefined)
    return {
      as: 'unknown',
      because:
        'the list holds no days from arrival to conversion and no pair of dates that would tell them; name a column of days with --days-column',
    };
  const rows = Array.from(labels.keys()).filter((row) => labels[row] === 1 && (found.days[row] ?? -1) >= 0);
  if (rows.length < leastConversions)
    return { as: 'unknown', because: `only ${rows.length} conversions have their days (${found.from}); a range needs ${leastConversions}` };
  rows.sort((a, b) => (probabilities[a] ?? 0) - (probabilities[b] ?? 0) || a - b);
  const count = Math.min(3, Math.floor(rows.length / leastConversions));
  const cut = (band: number): number => Math.floor((band * rows.length) / count);
  const bands = Array.from({ length: count }, (_, band): WhenBand => {
    const days = rows
      .slice(cut(band), cut(band + 1))
      .map((row) => found.days[row] ?? 0)
      .sort((a, b) => a - b);
    const edge = (at: number): number => Math.round((probabilities[rows[cut(at)] ?? 0] ?? 0) * 1e4) / 1e4;
    return {
      from: band === 0 ? 0 : edge(band),
      below: band === count - 1 ? 1.000001 : edge(band + 1),
      leads: days.length,
      days: [quantile(days, 0.1), quantile(days, 0.5), quantile(days, 0.9)],
    };
  });
  return { as: 'range', from: found.from, bands };
}

const quantile = (sorted: readonly number[], share: number): number =>
  Math.round((sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0) * 10) / 10;
