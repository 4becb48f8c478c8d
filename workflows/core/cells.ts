/** Raw points of one rule per UTC day, packed: six base-36 digits a cell, three of the day and three of the whole points above `-bias`; ascending by day. */

const width = 6;
/** Points may be negative; a day holds from -23,328 to 23,327 of one rule, more count as that many. */
const bias = 23_328;

const digit = (code: number): number => (code >= 97 ? code - 87 : code - 48);
const threeAt = (cells: string, at: number): number =>
  (digit(cells.charCodeAt(at)) * 36 + digit(cells.charCodeAt(at + 1))) * 36 + digit(cells.charCodeAt(at + 2));
const three = (value: number): string => value.toString(36).padStart(3, '0');

const rawAt = (cells: string, at: number): number => (threeAt(cells, at + 3) - bias) * 1000;
const cell = (day: number, raw: number): string => three(day) + three(Math.max(0, Math.min(2 * bias - 1, Math.round(raw / 1000) + bias)));

/** Offset of the first cell of that day or a later one; the end where there is none. */
function cellOn(cells: string, day: number): number {
  let at = cells.length;
  // What is new is at the end.
  while (at > 0 && threeAt(cells, at - width) >= day) at -= width;
  return at;
}

/** Raw sum of that day, thousandths. */
export function rawOn(cells: string, day: number): number {
  const at = cellOn(cells, day);
  return at < cells.length && threeAt(cells, at) === day ? rawAt(cells, at) : 0;
}

/** The cells with `raw` thousandths more on that day. */
export function withRaw(cells: string, day: number, raw: number): string {
  const at = cellOn(cells, day);
  if (at === cells.length) return cells + cell(day, raw);
  const same = threeAt(cells, at) === day;
  return cells.slice(0, at) + cell(day, same ? rawAt(cells, at) + raw : raw) + cells.slice(same ? at + width : at);
}

/** The cells without days before `day`. */
export const since = (cells: string, day: number): string =>
  cells.length === 0 || threeAt(cells, 0) >= day ? cells : cells.slice(cellOn(cells, day));

/** How a day's points fade: `percents` by age in days, the last one beyond them, nothing from `forgetAge` on; full before `fadesFrom`. */
export type Fading = { readonly percents: readonly number[]; readonly forgetAge: number; readonly fadesFrom: number };

export function percentAt({ percents, forgetAge }: Fading, age: number): number {
  if (age >= forgetAge) return 0;
  return percents[age < 0 ? 0 : age < percents.length ? age : percents.length - 1] ?? 0;
}

/** What one day's raw sum counts, within `most` thousandths either way, at that percent. */
export const counted = (raw: number, most: number, percent: number): number =>
  Math.trunc(((raw > most ? most : raw < -most ? -most : raw) * percent) / 100);

/** What the cells are worth on the UTC day `today`, thousandths; each day within `most`. */
export function worthOf(cells: string, today: number, fading: Fading, most: number): number {
  let total = 0;
  for (let at = 0; at < cells.length; at += width) total += counted(rawAt(cells, at), most, percentAt(fading, today - threeAt(cells, at)));
  return total;
}

/** What the days from `from` to `today` change that worth by: only cells that pass a step of the fading are read. */
export function fadedBetween(cells: string, from: number, today: number, fading: Fading, most: number): number {
  let delta = 0;
  for (let at = 0; at < cells.length; at += width) {
    const day = threeAt(cells, at);
    if (today - day < fading.fadesFrom) break;
    const before = percentAt(fading, from - day);
    const after = percentAt(fading, today - day);
    if (before !== after) delta += counted(rawAt(cells, at), most, after) - counted(rawAt(cells, at), most, before);
  }
  return delta;
}

/** The cells with `raw` thousandths less on that day; a day that sums to nothing is gone. */
export function withoutRaw(cells: string, day: number, raw: number): string {
  const at = cellOn(cells, day);
  if (at === cells.length || threeAt(cells, at) !== day) return cells;
  const left = rawAt(cells, at) - raw;
  return cells.slice(0, at) + (left === 0 ? '' : cell(day, left)) + cells.slice(at + width);
}

/** Is anything known of that day? */
export function hasDay(cells: string, day: number): boolean {
  const at = cellOn(cells, day);
  return at < cells.length && threeAt(cells, at) === day;
}

/** Every day with its raw sum, thousandths; ascending. */
export const eachCell = (cells: string): readonly (readonly [day: number, raw: number])[] =>
  Array.from({ length: cells.length / width }, (_, at) => [threeAt(cells, at * width), rawAt(cells, at * width)] as const);

/** The same without making a list of them. */
export function overCells(cells: string, take: (day: number, raw: number) => void): void {
  for (let at = 0; at < cells.length; at += width) take(threeAt(cells, at), rawAt(cells, at));
}
