/** Moments as a tale writes and reads them: local date and time of a zone. Knows no lead. */
import { DateTime, IANAZone } from 'luxon';
import { TaleError } from './tale-error';

/** `2026-03-02`, `2026-03-02T09:00` or with seconds, in that zone; with an offset (`…Z`) that very instant. Throws `TaleError`. */
export function instantOf(text: string, zone: string): number {
  if (!IANAZone.isValidZone(zone)) throw new TaleError(`"${zone}" is no time zone; write for example 'Europe/Berlin'`);
  const moment = DateTime.fromISO(text.replace(' ', 'T'), { zone });
  if (!moment.isValid) throw new TaleError(`"${text}" is no moment; write for example '2026-03-02T09:00'`);
  return moment.toMillis();
}

/** `Mon 2 Mar 2026 09:00`. */
export const spoken = (at: number, zone: string): string =>
  DateTime.fromMillis(at, { zone, locale: 'en-GB' }).toFormat('ccc d LLL yyyy HH:mm');

/** `2026-03-02T09:00`, with seconds only where there are some: what `instantOf` reads back. */
export const written = (at: number, zone: string): string => {
  const moment = DateTime.fromMillis(at, { zone });
  const suppressed = { includeOffset: false, suppressSeconds: true, suppressMilliseconds: true } as const;
  return moment.toISO(suppressed) ?? String(at);
};

/** The core writes instants in UTC; a tale is read in its own zone. */
export const inZone = (text: string, zone: string): string =>
  text.replace(/(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}) UTC/g, (_, day: string, time: string) => spoken(Date.parse(`${day}T${time}:00Z`), zone));
