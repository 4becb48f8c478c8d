/**
 * The lead's clock: local times, calendar days and next local moments, from the offsets of `published.calendar` alone. Knows no time zone by name.
 *
 * A local time that a change of the clocks leaves out is taken as much later as the clocks jump (02:30 becomes 03:30);
 * of one that comes twice the first is meant. So every local time is one moment a day, and later local times are never earlier moments.
 */
import type { Published } from './plan';
import type { LeadState } from './state';
import { dayMs, spanUnits } from './time';
import type { Span } from './time';

const minuteMs = 60_000;

/** Milliseconds east of UTC in force at the instant (epoch ms). */
export type LocalClock = (at: number) => number;

/** The clock where the lead lives; the house's where that is not known. */
export function clockOf(
  { calendar, settings }: Pick<Published, 'calendar' | 'settings'>,
  { traits }: Pick<LeadState, 'traits'>,
): LocalClock {
  const { zone } = traits;
  return (at) =>
    ((zone === undefined ? undefined : calendar.offset(zone, at)) ?? calendar.offset(settings.quietHours.zone, at) ?? 0) * minuteMs;
}

/** What the clock shows at the instant, in ms as if it were UTC. */
export const localOf = (clock: LocalClock, at: number): number => at + clock(at);

/** Milliseconds since local midnight, as the clock shows them. */
export function timeOfDay(clock: LocalClock, at: number): number {
  const local = localOf(clock, at);
  return local - Math.floor(local / dayMs) * dayMs;
}

/** The first whole minute of the later one's offset. For moments less than a day apart whose offsets differ. */
export function changeIn(clock: LocalClock, before: number, after: number): number {
  let [low, high] = [Math.floor(before / minuteMs), Math.ceil(after / minuteMs)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (clock(middle * minuteMs) === clock(before)) low = middle;
    else high = middle;
  }
  return high * minuteMs;
}

/** The instant at which the clock shows `local`. */
export function instantOf(clock: LocalClock, local: number): number {
  // No zone changes twice within two days; offsets are less than a day.
  const before = clock(local - dayMs);
  const after = clock(local + dayMs);
  const first = local - Math.max(before, after);
  if (first + clock(first) === local) return first;
  const last = local - Math.min(before, after);
  return last + clock(last) === local ? last : local - before;
}

/** The same local time so many whole days later, or earlier. */
export const addDays = (clock: LocalClock, at: number, days: number): number =>
  days === 0 ? at : instantOf(clock, localOf(clock, at) + days * dayMs);

/** A span by the calendar: whole days keep the local time over a change of the clocks; what is left elapses. */
export type Lapse = { readonly days: number; readonly ms: number };

/** Minutes and hours elapse; days and weeks are calendar days, fractions of a day elapse. Throws `RangeError` where `msOf` does. */
export function lapseOf(span: Span): Lapse {
  const { ms, calendar } = spanUnits(span);
  const days = calendar ? Math.floor(ms / dayMs) : 0;
  return { days, ms: ms - days * dayMs };
}

export const later = (clock: LocalClock, at: number, { days, ms }: Lapse): number => addDays(clock, at, days) + ms;
export const earlier = (clock: LocalClock, at: number, { days, ms }: Lapse): number => addDays(clock, at, -days) - ms;

/** Minutes after midnight, on these days of the week (0 = Sunday) or on every day. */
export type LocalTimes = { readonly minute: number; readonly days: ReadonlySet<number> | undefined };

/** 1970-01-01 was a Thursday. */
const weekdayOf = (day: number): number => (((day + 4) % 7) + 7) % 7;
const isOn = ({ days }: LocalTimes, day: number): boolean => days === undefined || days.has(weekdayOf(day));
const momentOn = (clock: LocalClock, { minute }: LocalTimes, day: number): number => instantOf(clock, day * dayMs + minute * minuteMs);

/** The first such moment from `at` on, `at` itself included. */
export function nextLocal(clock: LocalClock, at: number, times: LocalTimes): number {
  const today = Math.floor(localOf(clock, at) / dayMs);
  // From the day before, because a skipped time falls on a later one.
  for (let day = today - 1; ; day += 1) {
    if (!isOn(times, day)) continue;
    const moment = momentOn(clock, times, day);
    if (moment >= at) return moment;
  }
}

/** Is it such a moment, or later on the same local day? */
export function fits(clock: LocalClock, at: number, times: LocalTimes): boolean {
  const today = Math.floor(localOf(clock, at) / dayMs);
  // A skipped time of yesterday's may fall on today.
  return [today, today - 1].some((day) => {
    if (!isOn(times, day)) return false;
    const moment = momentOn(clock, times, day);
    return moment <= at && Math.floor(localOf(clock, moment) / dayMs) === today;
  });
}
