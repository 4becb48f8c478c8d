/** Local times as engineers write them, `'Tuesday 10:00'`, and what they mean. Knows no zone. */
import type { LocalTimes } from './calendar';

type Day = 'Monday' | 'Tuesday' | 'Wednesday' | 'Thursday' | 'Friday' | 'Saturday' | 'Sunday';
type HourAndMinute = `${number}:${number}`;
type Days = Day | `${Day}, ${Day}` | `${Day}, ${Day}, ${Day}` | 'weekdays' | 'weekends';

/** A time by the lead's clock: `'10:00'` on any day, `'Tuesday 10:00'`, `'Tuesday, Thursday 10:00'`, `'weekdays 9:30'`. */
export type LocalTime = HourAndMinute | `${Days} ${HourAndMinute}`;

const names = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const groups: Readonly<Record<string, readonly number[]>> = { weekdays: [1, 2, 3, 4, 5], weekends: [0, 6] };

/** `undefined` where the text is no local time. */
export function parseLocalTime(text: string): LocalTimes | undefined {
  const match = /^(?:([A-Za-z][A-Za-z, ]*) )?(\d{1,2}):(\d{2})$/.exec(text);
  const hour = Number(match?.[2] ?? NaN);
  const minutes = Number(match?.[3] ?? NaN);
  if (!(hour < 24 && minutes < 60)) return undefined;
  const days = match?.[1] === undefined ? undefined : daysIn(match[1].toLowerCase());
  return days === null ? undefined : { minute: hour * 60 + minutes, days };
}

function daysIn(text: string): ReadonlySet<number> | null {
  const group = groups[text];
  if (group !== undefined) return new Set(group);
  const days = text.split(/, */).map((name) => names.indexOf(name));
  return days.includes(-1) ? null : new Set(days);
}

/** Throws `RangeError`; local times in published plans were checked before. */
export function localTimesOf(text: string): LocalTimes {
  const times = parseLocalTime(text);
  if (times === undefined)
    throw new RangeError(`"${text}" is no local time; write for example '10:00', 'Tuesday 10:00' or 'weekdays 9:30'`);
  return times;
}
