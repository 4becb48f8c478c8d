/** Time zones by rule instead of by the platform's calendar: the same offsets on every machine. Enough zones for a mix of people; an unknown one is `undefined`. */
import type { Published } from '../plan';

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** Summer time from one day of the year to another. `at`: ms after midnight of that day by standard time, or by UTC where `utc`. */
type Rule = 'none' | 'eu' | 'us' | 'au' | 'nz';
const zone = (standard: number, rule: Rule = 'none'): readonly [number, Rule] => [standard, rule];

const zones: Readonly<Record<string, readonly [standardMinutes: number, rule: Rule]>> = {
  'Etc/UTC': zone(0), UTC: zone(0),
  'Europe/London': zone(0, 'eu'), 'Europe/Dublin': zone(0, 'eu'), 'Europe/Lisbon': zone(0, 'eu'),
  'Europe/Berlin': zone(60, 'eu'), 'Europe/Paris': zone(60, 'eu'), 'Europe/Madrid': zone(60, 'eu'), 'Europe/Rome': zone(60, 'eu'),
  'Europe/Amsterdam': zone(60, 'eu'), 'Europe/Brussels': zone(60, 'eu'), 'Europe/Zurich': zone(60, 'eu'), 'Europe/Vienna': zone(60, 'eu'),
  'Europe/Stockholm': zone(60, 'eu'), 'Europe/Copenhagen': zone(60, 'eu'), 'Europe/Oslo': zone(60, 'eu'), 'Europe/Warsaw': zone(60, 'eu'),
  'Europe/Prague': zone(60, 'eu'), 'Europe/Athens': zone(120, 'eu'), 'Europe/Helsinki': zone(120, 'eu'), 'Europe/Istanbul': zone(180),
  'America/New_York': zone(-300, 'us'), 'America/Toronto': zone(-300, 'us'), 'America/Chicago': zone(-360, 'us'),
  'America/Denver': zone(-420, 'us'), 'America/Phoenix': zone(-420), 'America/Los_Angeles': zone(-480, 'us'),
  'America/Anchorage': zone(-540, 'us'), 'Pacific/Honolulu': zone(-600), 'America/Mexico_City': zone(-360), 'America/Sao_Paulo': zone(-180),
  'America/Bogota': zone(-300), 'Africa/Lagos': zone(60), 'Africa/Johannesburg': zone(120), 'Africa/Nairobi': zone(180),
  'Asia/Dubai': zone(240), 'Asia/Karachi': zone(300), 'Asia/Kolkata': zone(330), 'Asia/Bangkok': zone(420), 'Asia/Jakarta': zone(420),
  'Asia/Singapore': zone(480), 'Asia/Shanghai': zone(480), 'Asia/Hong_Kong': zone(480), 'Asia/Manila': zone(480), 'Australia/Perth': zone(480),
  'Asia/Tokyo': zone(540), 'Asia/Seoul': zone(540), 'Australia/Brisbane': zone(600), 'Australia/Adelaide': zone(570, 'au'),
  'Australia/Sydney': zone(600, 'au'), 'Australia/Melbourne': zone(600, 'au'), 'Pacific/Auckland': zone(720, 'nz'),
}; // prettier-ignore

export const knownZones: ReadonlySet<string> = new Set(Object.keys(zones));

/** Days from 1970-01-01 to that day of the Gregorian calendar; months 1 to 12 (Hinnant's `days_from_civil`). */
export function dayOf(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const ofEra = y - era * 400;
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468;
}

/** 0 = Sunday. */
const weekday = (day: number): number => (((day + 4) % 7) + 7) % 7;
const firstSunday = (year: number, month: number, from: number): number => {
  const day = dayOf(year, month, from);
  return day + ((7 - weekday(day)) % 7);
};

/** Beginning and end of summer time in that year, epoch ms; the south's summer ends before it begins. */
function summerOf(rule: Exclude<Rule, 'none'>, standardMs: number, year: number): readonly [startAt: number, endAt: number] {
  const local = (day: number, hour: number): number => day * dayMs + hour * hourMs - standardMs;
  switch (rule) {
    case 'eu':
      return [firstSunday(year, 3, 25) * dayMs + hourMs, firstSunday(year, 10, 25) * dayMs + hourMs];
    case 'us':
      return [local(firstSunday(year, 3, 8), 2), local(firstSunday(year, 11, 1), 1)];
    case 'au':
      return [local(firstSunday(year, 10, 1), 2), local(firstSunday(year, 4, 1), 2)];
    case 'nz':
      return [local(firstSunday(year, 9, 24), 2), local(firstSunday(year, 4, 1), 2)];
  }
}

type Kept = { readonly from: number; readonly until: number; readonly offset: number };

/** Offsets are kept from one change of the clocks to the next, because each lead asks many times. */
export function fixedCalendar(): Published['calendar'] {
  const kept = new Map<string, Kept>();
  return {
    offset(name, at) {
      const last = kept.get(name);
      if (last !== undefined && at >= last.from && at < last.until) return last.offset;
      const known = zones[name];
      if (known === undefined) return undefined;
      const fresh = spanAround(known[0], known[1], at);
      kept.set(name, fresh);
      return fresh.offset;
    },
  };
}

/** The span of one offset that the moment lies in. */
function spanAround(standard: number, rule: Rule, at: number): Kept {
  if (rule === 'none') return { from: -Infinity, until: Infinity, offset: standard };
  const year = 1970 + Math.floor(at / (365.2425 * dayMs));
  const changes = [year - 1, year, year + 1]
    .flatMap((one) => {
      const [startAt, endAt] = summerOf(rule, standard * 60_000, one);
      return [
        { at: startAt, offset: standard + 60 },
        { at: endAt, offset: standard },
      ];
    })
    .sort((a, b) => a.at - b.at);
  const last = changes.findLastIndex((change) => change.at <= at);
  const { at: from, offset } = changes[last] ?? { at: -Infinity, offset: standard };
  return { from, until: changes[last + 1]?.at ?? Infinity, offset };
}
