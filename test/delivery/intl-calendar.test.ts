import { intlCalendar } from '../../workflows/published/intl-calendar';

const at = (iso: string): number => Date.parse(iso);

test.each([
  ['Europe/Berlin', '2026-01-15T12:00:00Z', 60],
  ['Europe/Berlin', '2026-07-15T12:00:00Z', 120],
  ['America/New_York', '2026-01-15T12:00:00Z', -300],
  ['Asia/Kathmandu', '2026-01-15T12:00:00Z', 345],
  ['America/St_Johns', '2026-01-15T12:00:00Z', -210],
  ['UTC', '2026-01-15T12:00:00Z', 0],
])('%s at %s is %i minutes east of UTC', (zone, iso, minutes) => {
  expect(intlCalendar().offset(zone, at(iso))).toBe(minutes);
});

test('the offset changes at the very moment the clocks do, even at half past', () => {
  const { offset } = intlCalendar();
  expect([offset('Europe/Berlin', at('2026-03-29T00:59:59Z')), offset('Europe/Berlin', at('2026-03-29T01:00:00Z'))]).toEqual([60, 120]);
  expect([offset('Australia/Lord_Howe', at('2026-10-03T15:29:59Z')), offset('Australia/Lord_Howe', at('2026-10-03T15:30:00Z'))]).toEqual([
    630, 660,
  ]);
});

test('a zone nobody knows has no offset', () => {
  expect(intlCalendar().offset('Mars/Olympus', 0)).toBeUndefined();
});
