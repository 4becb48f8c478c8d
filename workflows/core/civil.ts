/** Dates as text without a platform's calendar: days to civil date and back after Hinnant, "chrono-compatible low-level date algorithms". */
import type { LocalClock } from './calendar';
import { instantOf } from './calendar';
import { dayMs } from './time';

const hourMs = 3_600_000;
const minuteMs = 60_000;

type Civil = { readonly year: number; readonly month: number; readonly day: number };

function civilOf(days: number): Civil {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

function daysOf({ year, month, day }: Civil): number {
  const shiftedYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(shiftedYear / 400);
  const yearOfEra = shiftedYear - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
}

const two = (n: number): string => String(n).padStart(2, '0');

/** `2026-01-05 09:00 UTC`. */
export function instant(at: number): string {
  const days = Math.floor(at / dayMs);
  const minutes = Math.floor((at - days * dayMs) / minuteMs);
  const { year, month, day } = civilOf(days);
  return `${year}-${two(month)}-${two(day)} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)} UTC`;
}

/** A date or moment as text: a day `2026-12-24`, a local time `2026-12-24T18:00`, or with `Z` or an offset that very instant. */
type Written = { readonly day: number; readonly time: number | undefined; readonly offset: number | undefined };

const pattern = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/;

/** `undefined` where the text is no date, or one that no calendar has. */
export function parseDate(text: string): Written | undefined {
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map((part) => Number(part ?? 0));
  const days = daysOf({ year, month, day });
  const there = civilOf(days);
  if (there.month !== month || there.day !== day || hour > 23 || minute > 59 || second > 59) return undefined;
  const time = match[4] === undefined ? undefined : hour * hourMs + minute * minuteMs + second * 1_000;
  return { day: days, time, offset: offsetOf(match[7]) };
}

function offsetOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (text === 'Z') return 0;
  const ms = Number(text.slice(1, 3)) * hourMs + Number(text.slice(4, 6)) * minuteMs;
  return text.startsWith('-') ? -ms : ms;
}

/** The instant (epoch ms); what names no offset is meant by the clock, and a day alone begins at midnight. `undefined` where the text is no date. */
export function momentOf(text: string, clock: LocalClock): number | undefined {
  const written = parseDate(text);
  if (written === undefined) return undefined;
  const local = written.day * dayMs + (written.time ?? 0);
  return written.offset === undefined ? instantOf(clock, local) : local - written.offset;
}

/** The same, but a day alone is over at its end: until `2026-12-24` means that day is the last. */
export function endOfMoment(text: string, clock: LocalClock): number | undefined {
  const written = parseDate(text);
  if (written === undefined || written.time !== undefined) return momentOf(text, clock);
  return instantOf(clock, (written.day + 1) * dayMs);
}
