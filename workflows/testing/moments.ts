/** Moments as a tale writes and reads them: local date and time of a zone. Knows no lead. */
import { DateTime, IANAZone } from 'luxon';
import { TaleError } from './tale-error';

export const isZone = (name: string): boolean => IANAZone.isValidZone(name);

/** `2026-03-02`, `2026-03-02T09:00` or with seconds, in that zone; with an offset (`…Z`) that very instant. Throws `TaleError`. */
export function instantOf(text: string, zone: string): number {
  if (!isZone(zone)) throw new TaleError(`"${zone}" is no time zone; write for example 'Europe/Berlin'`);
  const moment = DateTime.fromISO(text.replace(' ', 'T'), { zone });
  if (!moment.isValid) throw new TaleError(`"${text}" is no moment; write for example '2026-03-02T09:00'`);
  return moment.toMillis();
}

/** `Mon 2 Mar 2026 09:00`. */
export const spoken = (at: number, zone: string): string =>
  DateTime.fromMillis(at, { zone, locale: 'en-GB' }).toFormat('ccc d LLL yyyy HH:mm');

/** `2026-03-02T09:00`, with seconds only where there are some: what `instantOf` reads back. In the hour that the clocks show twice it is said in UTC. */
export function written(at: number, zone: string): string {
  const shortest = { suppressSeconds: true, suppressMilliseconds: true } as const;
  const local = DateTime.fromMillis(at, { zone }).toISO({ ...shortest, includeOffset: false }) ?? '';
  return instantOf(local, zone) === at ? local : (DateTime.fromMillis(at, { zone: 'utc' }).toISO(shortest) ?? '');
}

/** The core writes instants in UTC; a tale is read in its own zone. */
export const inZone = (text: string, zone: string): string =>
  text.replace(/(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}) UTC/g, (_, day: string, time: string) => spoken(Date.parse(`${day}T${time}:00Z`), zone));
