/** Dates as exports write them, as days since 1970-01-01 with the time as a fraction. Knows no clock and no zone: a date is what stands in the cell. */

const months: readonly (readonly string[])[] = [
  ['jan', 'ene', 'gen'],
  ['feb', 'fev'],
  ['mar', 'mrz', 'maa'],
  ['apr', 'abr', 'avr'],
  ['may', 'mai', 'mei', 'mag'],
  ['jun', 'juin', 'giu'],
  ['jul', 'juil', 'lug'],
  ['aug', 'aou', 'ago'],
  ['sep', 'set'],
  ['oct', 'okt', 'ott', 'out'],
  ['nov'],
  ['dec', 'dez', 'dic'],
];
const time = '(?:[T, ]+(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:\\.\\d+)?)?\\s*([ap]m)?\\s*(?:z|utc|gmt|[+-]\\d{2}:?\\d{2})?)?';
const yearFirst = new RegExp(`^(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})${time}$`, 'i');
const yearLast = new RegExp(`^(\\d{1,2})[-/.](\\d{1,2})[-/.](\\d{4}|\\d{2})${time}$`, 'i');
const dayMonth = new RegExp(`^(?:\\p{L}{2,9},? )?(\\d{1,2})(?:st|nd|rd|th|\\.)?[- ](\\p{L}{3,10})\\.?[-, ]+(\\d{4})${time}$`, 'iu');
const monthDay = new RegExp(`^(?:\\p{L}{2,9},? )?(\\p{L}{3,10})\\.? (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})${time}$`, 'iu');

/** Days since 1970; `undefined` where the cell holds no date. `dayFirst`: whether 03/04/2026 is in April. */
export function readDate(text: string, dayFirst: boolean): number | undefined {
  const cell = text.trim();
  const iso = yearFirst.exec(cell);
  if (iso !== null) return days(iso[1], iso[2], iso[3], iso.slice(4));
  const last = yearLast.exec(cell);
  if (last !== null) return days(fullYear(last[3]), last[dayFirst ? 2 : 1], last[dayFirst ? 1 : 2], last.slice(4));
  const named = dayMonth.exec(cell);
  if (named !== null) return days(named[3], monthOf(named[2]), named[1], named.slice(4));
  const english = monthDay.exec(cell);
  return english === null ? undefined : days(english[3], monthOf(english[1]), english[2], english.slice(4));
}

const fullYear = (year = ''): string => (year.length === 4 ? year : `${Number(year) < 70 ? '20' : '19'}${year}`);

function monthOf(name = ''): string | undefined {
  const start = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const at = months.findIndex((names) => names.some((each) => start.startsWith(each)));
  return at === -1 ? undefined : String(at + 1);
}

function days(yearText = '', monthText: string | undefined, dayText = '', clock: readonly (string | undefined)[]): number | undefined {
  const [year, month, day] = [Number(yearText), Number(monthText ?? '0'), Number(dayText)];
  if (month < 1 || month > 12 || day < 1 || day > lengthOf(year, month)) return undefined;
  const [hour = '0', minute = '0', second = '0', half] = clock;
  const hours = (half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0)) + Number(minute) / 60;
  return hours >= 24 ? undefined : civilDay(year, month, day) + hours / 24 + Number(second) / 86_400;
}

const leap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const lengthOf = (year: number, month: number): number => (month === 2 ? (leap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31);

/** Days from 1970-01-01 in the Gregorian calendar; years count from March, so that the leap day is the last. */
function civilDay(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
}

const weekdays = ['Thursday', 'Friday', 'Saturday', 'Sunday', 'Monday', 'Tuesday', 'Wednesday'] as const;
export const weekdayOf = (day: number): string => weekdays[((Math.floor(day) % 7) + 7) % 7] ?? '';
/** Whole hour, 0..23. */
export const hourOf = (day: number): number => Math.floor((day - Math.floor(day)) * 24 + 1e-6);

/** Whether 03/04 is read as 3 April: by the cells that allow one reading only; 3 April where none decides. */
export function dayFirstIn(values: readonly string[]): boolean {
  let day = 0;
  let month = 0;
  for (const value of values) {
    const match = yearLast.exec(value.trim());
    if (match === null) continue;
    if (Number(match[1]) > 12) day += 1;
    if (Number(match[2]) > 12) month += 1;
  }
  return day >= month;
}
