/** Offsets of time zones from the platform's zone data, kept per zone and quarter of an hour. Knows no lead. */
import type { Published } from '../core/plan';

/** Zones change their offset on quarter hours of UTC: Lord Howe at half past. */
const grainMs = 15 * 60_000;
const mostCached = 20_000;

/** `undefined` for a zone the platform does not know. */
export function intlCalendar(): Published['calendar'] {
  const formats = new Map<string, Intl.DateTimeFormat | undefined>();
  const offsets = new Map<string, number>();

  const formatOf = (zone: string): Intl.DateTimeFormat | undefined => {
    if (formats.has(zone)) return formats.get(zone);
    const format = newFormat(zone);
    formats.set(zone, format);
    return format;
  };

  return {
    offset(zone, at) {
      const format = formatOf(zone);
      if (format === undefined) return undefined;
      const grain = Math.floor(at / grainMs);
      const key = `${zone}|${grain}`;
      const known = offsets.get(key);
      if (known !== undefined) return known;
      const offset = offsetBy(format, grain * grainMs);
      if (offsets.size >= mostCached) offsets.clear();
      offsets.set(key, offset);
      return offset;
    },
  };
}

function newFormat(zone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** `GMT`, `GMT+05:30`, `GMT-03:30` -> minutes east of UTC. */
function offsetBy(format: Intl.DateTimeFormat, at: number): number {
  const name = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  const match = /GMT([+-])(\d{2}):(\d{2})/.exec(name);
  if (match === null) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return match[1] === '-' ? -minutes : minutes;
}
