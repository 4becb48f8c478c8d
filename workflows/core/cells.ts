/** Raw points of one rule per UTC day, packed: three digits of day and the points, base 36, ended by a comma; ascending by day. */

const digit = (code: number): number => (code >= 97 ? code - 87 : code - 48);
const dayText = (day: number): string => day.toString(36).padStart(3, '0');
/** Whole points are written as such; anything else in thousandths after an `x`. */
const rawText = (raw: number): string => (raw % 1000 === 0 ? (raw / 1000).toString(36) : `x${raw.toString(36)}`);
const cell = (day: number, raw: number): string => `${dayText(day)}${rawText(raw)},`;
const dayAt = (cells: string, at: number): number =>
  (digit(cells.charCodeAt(at)) * 36 + digit(cells.charCodeAt(at + 1))) * 36 + digit(cells.charCodeAt(at + 2));

const comma = 44;
const minus = 45;
const x = 120;

/** Raw points of the cell that starts there, thousandths. */
function rawAt(cells: string, start: number): number {
  let at = start + 3;
  let unit = 1000;
  let code = cells.charCodeAt(at);
  if (code === x) {
    unit = 1;
    code = cells.charCodeAt((at += 1));
  }
  if (code === minus) {
    unit = -unit;
    code = cells.charCodeAt((at += 1));
  }
  let raw = 0;
  while (code !== comma) {
    raw = raw * 36 + digit(code);
    code = cells.charCodeAt((at += 1));
  }
  return raw * unit;
}

/** Start of the cell after the one that starts there. */
const nextCell = (cells: string, start: number): number => cells.indexOf(',', start + 4) + 1;

/**
 * What the cells are worth: each day's sum, within `most` thousandths either way, at the percent of its age on the UTC day `today`.
 * `percents` by age in days; beyond them the last holds until `forgetAge`.
 */
export function worthOf(cells: string, today: number, percents: readonly number[], forgetAge: number, most: number): number {
  const last = percents.length - 1;
  let total = 0;
  let at = 0;
  // The decoding of `rawAt`, once more and inline: this loop runs over a year of cells on every new day.
  while (at < cells.length) {
    const age = today - dayAt(cells, at);
    at += 3;
    let unit = 1000;
    let code = cells.charCodeAt(at);
    if (code === x) {
      unit = 1;
      code = cells.charCodeAt((at += 1));
    }
    if (code === minus) {
      unit = -unit;
      code = cells.charCodeAt((at += 1));
    }
    let raw = 0;
    while (code !== comma) {
      raw = raw * 36 + digit(code);
      code = cells.charCodeAt((at += 1));
    }
    at += 1;
    if (age >= forgetAge) continue;
    raw *= unit;
    const counted = raw > most ? most : raw < -most ? -most : raw;
    total += Math.trunc((counted * (percents[age < 0 ? 0 : age > last ? last : age] ?? 0)) / 100);
  }
  return total;
}

/** Raw sum of that day, thousandths. */
export function rawOn(cells: string, day: number): number {
  const start = lastCell(cells);
  const last = cells.length === 0 ? -1 : dayAt(cells, start);
  if (last === day) return rawAt(cells, start);
  if (last < day) return 0;
  const at = cellOn(cells, day);
  return dayAt(cells, at) === day ? rawAt(cells, at) : 0;
}

/** Start of the first cell of that day or a later one; there must be one. */
function cellOn(cells: string, day: number): number {
  let at = 0;
  while (dayAt(cells, at) < day) at = nextCell(cells, at);
  return at;
}

/** The cells with `raw` thousandths more on that day. */
export function withRaw(cells: string, day: number, raw: number): string {
  const start = lastCell(cells);
  const last = cells.length === 0 ? -1 : dayAt(cells, start);
  if (last < day) return cells + cell(day, raw);
  if (last === day) return cells.slice(0, start) + cell(day, rawAt(cells, start) + raw);
  const at = cellOn(cells, day);
  if (dayAt(cells, at) > day) return cells.slice(0, at) + cell(day, raw) + cells.slice(at);
  return cells.slice(0, at) + cell(day, rawAt(cells, at) + raw) + cells.slice(nextCell(cells, at));
}

/** The cells without days before `day`. */
export function since(cells: string, day: number): string {
  let at = 0;
  while (at < cells.length && dayAt(cells, at) < day) at = nextCell(cells, at);
  return at === 0 ? cells : cells.slice(at);
}

const lastCell = (cells: string): number => (cells.length < 2 ? 0 : cells.lastIndexOf(',', cells.length - 2) + 1);
