/** What happened so often within so many days is worth, from how often it happened on each day: a span pays once, on the day it is full. Any order of arrival comes to the same. */
import { overCells } from './cells';
import type { Often } from './compiled-model';

/** Day 0 is a Thursday. */
const untilMonday = 3;

/** `percentOf` says how much of a day's points counts; `perDay` how often of one day. Thousandths. */
export function oftenWorth(cells: string, { times, days, points }: Often, perDay: number, percentOf: (day: number) => number): number {
  let total = 0;
  let span = -1;
  let seen = 0;
  overCells(cells, (day, raw) => {
    const here = Math.floor((day + untilMonday) / days);
    if (here !== span) {
      span = here;
      seen = 0;
    }
    const before = seen;
    seen += Math.min(raw / 1000, perDay);
    if (before < times && seen >= times) total += Math.trunc((points * percentOf(day)) / 100);
  });
  return total;
}
