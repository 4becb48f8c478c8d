/** A moment in the past as a person writes it: a date, a date with time, or how long ago. Knows no clock of its own. */
import { parseSpan } from '../workflows/core/time';
import { date } from './print';
import { wrongUsage } from './refusal';
import { momentOf } from './verb';

/** Epoch ms on the clock `now` is of; dates that ripen prints may be typed back. Throws `Refusal` 2. */
export function pastMoment(text: string, option: string, now: number): number {
  const words = text.trim();
  const at = agoMs(words) === undefined ? momentOf(words, option, ' or 3 days ago') : now - (agoMs(words) ?? 0);
  if (at > now) throw wrongUsage(`${option} "${text}" is in the future: it is ${inZone(now)} now.`);
  return at;
}

const agoMs = (text: string): number | undefined => {
  const span = /^(.*\S)\s+ago$/i.exec(text)?.[1];
  return span === undefined ? undefined : parseSpan(span.toLowerCase());
};

/** With the zone that this machine's clock shows. */
export const inZone = (at: number): string => `${date(at)} (${new Intl.DateTimeFormat().resolvedOptions().timeZone})`;
