/** Dates in mails: by the reader's clock and in the reader's language, or not sent at all. */
import { renderTemplate } from '../../events/templates';

const said = (value: unknown, filter: 'moment' | 'day', reader: { readonly zone?: string; readonly language?: string } = {}) =>
  renderTemplate(`{{ data.at | ${filter} }}`, { data: { at: value }, ...reader }, 'text');
const at = Date.UTC(2026, 2, 10, 15, 30);

test('a moment is told by the clock of the reader, with its zone', () => {
  expect(said(at, 'moment', { zone: 'Europe/Berlin' })).toEqual({ as: 'rendered', text: 'Tuesday 10 March 2026, 16:30 CET' });
  expect(said(at, 'moment', { zone: 'Asia/Tokyo', language: 'de' })).toEqual({
    as: 'rendered',
    text: 'Mittwoch 11 März 2026, 00:30 GMT+9',
  });
  expect(said(at, 'moment')).toEqual({ as: 'rendered', text: 'Tuesday 10 March 2026, 15:30 UTC' });
  expect(said('2026-03-10T15:30:00Z', 'moment', { zone: 'Europe/Berlin' })).toEqual(said(at, 'moment', { zone: 'Europe/Berlin' }));
});

test('a day is a day everywhere, and has no time', () => {
  for (const zone of ['Pacific/Kiritimati', 'America/Los_Angeles'])
    for (const filter of ['moment', 'day'] as const)
      expect(said('2026-12-24', filter, { zone })).toEqual({ as: 'rendered', text: 'Thursday 24 December 2026' });
});

test('what is no date is a field the person does not have: the mail is not sent', () => {
  for (const value of ['soon', true, '']) expect(said(value, 'day')).toEqual({ as: 'field-missing', what: 'date' });
  expect(renderTemplate('{{ data.at | day }}', { data: {} }, 'text')).toMatchObject({ as: 'field-missing' });
});
