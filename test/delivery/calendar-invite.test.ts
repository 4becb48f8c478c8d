/** Calendar entries by the rules of RFC 5545, read back by a reader of its own: unfold, split at the first colon outside quotes, unescape. */
import fc from 'fast-check';
import { calendarInvite } from '../../activities/calendar-invite';

const entry = {
  uid: '0123456789abcdef@ripen.example',
  summary: 'Your webinar',
  organizer: { name: 'Ada at Ripen', email: 'ada@ripen.example' },
  startsAt: Date.UTC(2026, 2, 29, 0, 59, 30),
  endsAt: Date.UTC(2026, 2, 29, 2),
  writtenAt: Date.UTC(2026, 0, 5, 10, 0, 0, 250),
};

/** Sections 3.1, 3.2 and 3.3.11. */
function read(text: string): ReadonlyMap<string, string> {
  const lines = text.replace(/\r\n[ \t]/g, '').split('\r\n');
  return new Map(
    lines.slice(0, -1).map((line) => {
      const found = /^([A-Z-]+)((?:;[A-Z]+=(?:"[^"]*"|[^";:,]*))*):(.*)$/s.exec(line);
      if (found === null) throw new Error(`no content line: ${JSON.stringify(line)}`);
      const [, name = '', parameters = '', value = ''] = found;
      return [`${name}${parameters}`, value.replace(/\\([\\;,nN])/g, (_, mark: string) => (/n/i.test(mark) ? '\n' : mark))];
    }),
  );
}

test('an entry holds what RFC 5545 and 5546 ask of a published one, in their order, ended by CRLF', () => {
  expect(calendarInvite(entry)).toBe(
    [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//ripen//nurture//EN',
      'METHOD:PUBLISH',
      'BEGIN:VEVENT',
      'UID:0123456789abcdef@ripen.example',
      'DTSTAMP:20260105T100000Z',
      'DTSTART:20260329T005930Z',
      'DTEND:20260329T020000Z',
      'SUMMARY:Your webinar',
      'ORGANIZER;CN="Ada at Ripen":mailto:ada@ripen.example',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ].join('\r\n'),
  );
});

test('commas, semicolons, backslashes and line breaks of the subject are escaped', () => {
  expect(calendarInvite({ ...entry, summary: 'Plan; build, ship\\test\nsoon' })).toContain(
    'SUMMARY:Plan\\; build\\, ship\\\\test\\nsoon\r\n',
  );
});

test('a name cannot end its quotes', () => {
  const organizer = { name: 'Ada "the first" \r\nX-EVIL:1', email: 'ada@ripen.example' };
  expect(calendarInvite({ ...entry, organizer })).toContain(`ORGANIZER;CN="Ada 'the first' X-EVIL:1":mailto:ada@ripen.example\r\n`);
});

test('whatever the subject, it is read back as it was, in lines of at most 75 bytes that cut no character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
      // A subject is one line without control characters; anything else of Unicode may stand in it.
      const summary = text.replace(/\p{Cc}/gu, '');
      const written = calendarInvite({ ...entry, summary });
      for (const line of written.split('\r\n')) {
        expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        expect(Buffer.from(line).toString()).toBe(line);
      }
      expect(read(written).get('SUMMARY')).toBe(summary);
    }),
  );
});
