/** One calendar entry as an iCalendar object (RFC 5545), published to whoever reads it: nobody is asked to answer. Knows no lead. */
import type { Invite } from '../workflows/core/effects';

export type CalendarEntry = Invite & {
  /** The same for the same entry, unique in the world. */
  readonly uid: string;
  readonly summary: string;
  /** Who publishes it: RFC 5546 section 3.2.1 wants one. */
  readonly organizer: { readonly name: string; readonly email: string };
  /** When it was written, epoch ms. */
  readonly writtenAt: number;
};

/** Lines end with CRLF and have at most 75 bytes. */
export function calendarInvite({ uid, summary, organizer, startsAt, endsAt, writtenAt }: CalendarEntry): string {
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//ripen//nurture//EN',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    `UID:${escaped(uid)}`,
    `DTSTAMP:${utc(writtenAt)}`,
    `DTSTART:${utc(startsAt)}`,
    `DTEND:${utc(endsAt)}`,
    `SUMMARY:${escaped(summary)}`,
    `ORGANIZER;CN="${quotable(organizer.name)}":mailto:${organizer.email}`,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ]
    .map(folded)
    .join('\r\n');
}

/** `20260105T100000Z`; whole seconds, which is all the format has. */
const utc = (at: number): string => new Date(at).toISOString().replace(/\.\d+/, '').replace(/[-:]/g, '');

/** Section 3.3.11: backslash, semicolon and comma are escaped, a line break is `\\n`; no other control character may stand in a text. */
const escaped = (text: string): string =>
  text
    .replace(/[\\;,]/g, (mark) => `\\${mark}`)
    .replace(/\r\n|\r|\n/g, '\\n')
    .replace(control, '');

/** Section 3.2: a parameter in quotes holds neither quotes nor control characters. */
const quotable = (text: string): string => text.replace(/"/g, "'").replace(control, '');

/** But the tab. */
const control = /(?!\t)\p{Cc}/gu;

const mostBytes = 75;

/** Section 3.1: further lines begin with a space. No character is cut in two. */
function folded(line: string): string {
  const lines: string[] = [];
  let current = '';
  let bytes = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (bytes + size > mostBytes) {
      lines.push(current);
      current = ' ';
      bytes = 1;
    }
    current += character;
    bytes += size;
  }
  return [...lines, current].join('\r\n');
}
