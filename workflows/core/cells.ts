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

/** Calls `visit(day, raw)` for every cell, oldest first; raw in thousandths. */
export function eachCell(cells: string, visit: (day: number, raw: number) => void): void {
  let at = 0;
  while (at < cells.length) {
    const day = dayAt(cells, at);
    at += 3;
    let unit = 1000;
    if (cells.charCodeAt(at) === x) {
      unit = 1;
      at += 1;
    }
    let sign = 1;
    if (cells.charCodeAt(at) === minus) {
      sign = -1;
      at += 1;
    }
    let raw = 0;
    for (let code = cells.charCodeAt(at); code !== comma; code = cells.charCodeAt(at)) {
      raw = raw * 36 + digit(code);
      at += 1;
    }
    at += 1;
    visit(day, sign * raw * unit);
  }
}

/** Raw sum of that day, thousandths. */
export function rawOn(cells: string, day: number): number {
  const start = lastCell(cells);
  if (cells.length === 0 || dayAt(cells, start) < day) return 0;
  let found = 0;
  eachCell(cells.slice(dayAt(cells, start) === day ? start : 0), (at, raw) => {
    if (at === day) found = raw;
  });
  return found;
}

/** The cells with `raw` thousandths more on that day. */
export function withRaw(cells: string, day: number, raw: number): string {
  const start = lastCell(cells);
  const last = cells.length === 0 ? -1 : dayAt(cells, start);
  if (last < day) return cells + cell(day, raw);
  if (last === day) return cells.slice(0, start) + cell(day, rawOn(cells, day) + raw);
  let out = '';
  let added = false;
  eachCell(cells, (at, sum) => {
    if (at > day && !added) out += cell(day, raw);
    if (at >= day) added = true;
    out += cell(at, at === day ? sum + raw : sum);
  });
  return out;
}

/** The cells without days before `day`. */
export function since(cells: string, day: number): string {
  if (cells.length === 0 || dayAt(cells, 0) >= day) return cells;
  let out = '';
  eachCell(cells, (at, raw) => {
    if (at >= day) out += cell(at, raw);
  });
  return out;
}

const lastCell = (cells: string): number => (cells.length < 2 ? 0 : cells.lastIndexOf(',', cells.length - 2) + 1);
