/** Dates in mails as the person reads them: `{{ data.startsAt | moment }}`, `{{ data.endsAt | day }}`. Knows no template and no lead. */
import { DateTime } from 'luxon';

/** Where and in which language the reader is; UTC and English where not known. */
export type Reader = { readonly zone?: string | undefined; readonly language?: string | undefined };

/** `Tuesday 10 March 2026`. Takes epoch ms or ISO text; `undefined` where it is no date. */
export const dayWord = (value: unknown, reader: Reader): string | undefined => dateIn(value, reader)?.toFormat('cccc d LLLL yyyy');

/** `Tuesday 10 March 2026, 16:00 CET`; a day alone has no time. */
export function momentWord(value: unknown, reader: Reader): string | undefined {
  const date = dateIn(value, reader);
  if (date === undefined || isDay(value)) return date?.toFormat('cccc d LLLL yyyy');
  return `${date.toFormat('cccc d LLLL yyyy')}, ${date.toFormat('HH:mm ZZZZ')}`;
}

const isDay = (value: unknown): boolean => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);

function dateIn(value: unknown, { zone = 'utc', language = 'en' }: Reader): DateTime | undefined {
  const locale = language === 'en' ? 'en-GB' : language;
  const date =
    typeof value === 'number'
      ? DateTime.fromMillis(value, { zone })
      : typeof value === 'string'
        ? DateTime.fromISO(value, { zone })
        : undefined;
  return date?.isValid === true ? date.setLocale(locale) : undefined;
}
