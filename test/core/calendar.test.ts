/** Local windows and calendar days in every time zone there is, over every change of the clocks of three years, against luxon as a calendar of its own. */
import { DateTime, IANAZone } from 'luxon';
import { addDays, clockOf, fits, instantOf, lapseOf, later, earlier, localOf, nextLocal } from '../../workflows/core/calendar';
import type { LocalClock } from '../../workflows/core/calendar';
import { quietUntil, sendBefore } from '../../workflows/core/governor';
import { initial } from '../../workflows/core';
import { localTimesOf, parseLocalTime } from '../../workflows/core/local-time';
import { intlCalendar } from '../../workflows/published/intl-calendar';
import { publish, settings } from '../support/published';

const hour = 3_600_000;
const day = 24 * hour;
const minute = 60_000;
const calendar = intlCalendar();
const from = Date.UTC(2025, 0, 1);
const until = Date.UTC(2028, 0, 1);

type Zone = {
  readonly zone: string;
  readonly changes: readonly number[];
  readonly clock: LocalClock;
  readonly offset: (at: number) => number;
};

/** The engine's own calendar, read once and kept as a table, because the checks ask it a million times. */
function zoneOf(zone: string): Zone {
  const of = (at: number): number => calendar.offset(zone, at) ?? Number.NaN;
  const changes: number[] = [];
  for (let at = from; at < until; at += 7 * day) if (of(at) !== of(at + 7 * day)) changes.push(changeIn(of, at, at + 7 * day));
  const offsets = [of(from), ...changes.map(of)];
  const offset = (at: number): number => offsets[changes.filter((change) => change <= at).length] ?? 0;
  return { zone, changes, offset, clock: (at) => offset(at) * minute };
}

/** The first minute of the new offset. */
function changeIn(of: (at: number) => number, before: number, after: number): number {
  let [low, high] = [before, after];
  while (high - low > minute) {
    const middle = Math.floor((low + high) / 2 / minute) * minute;
    if (of(middle) === of(before)) low = middle;
    else high = middle;
  }
  return high;
}

const zones = Intl.supportedValuesOf('timeZone').map(zoneOf);
/** Zones whose clocks show the same all the time; the arithmetic cannot tell them apart, so one of each is looked at closely. */
const kinds = [
  ...new Map(zones.map((zone) => [JSON.stringify([zone.changes, [from, ...zone.changes].map(zone.offset)]), zone] as const)).values(),
];
/** Moments around every change, and one quiet day where there is none; at odd minutes, so that they fall on both sides of everything. */
const around = ({ changes }: Zone): readonly number[] =>
  (changes.length === 0 ? [Date.UTC(2026, 5, 15)] : changes).flatMap((change) =>
    [-49, -30, -25.3, -24, -7.7, -1.5, -0.4, 0, 0.3, 0.9, 1.6, 5, 23.6].map((hours) => change + hours * hour),
  );
const everywhere = (of: readonly Zone[], says: (zone: Zone, at: number) => string | undefined): void => {
  const wrong: string[] = [];
  for (const zone of of)
    for (const at of around(zone)) {
      const fault = says(zone, at);
      if (fault !== undefined) wrong.push(`${zone.zone} at ${new Date(at).toISOString()}: ${fault}`);
    }
  expect(wrong.slice(0, 10)).toEqual([]);
};
const differ = (what: string, ours: number, theirs: number): string | undefined =>
  ours === theirs ? undefined : `${what} is ${new Date(ours).toISOString()}, but luxon says ${new Date(theirs).toISOString()}`;
const inZone = (at: number, zone: string): DateTime => DateTime.fromMillis(at, { zone });
/** Of a local time that comes twice the first; one that does not come luxon moves on as we do. */
const first = (moment: DateTime): number => Math.min(...moment.getPossibleOffsets().map((each) => each.toMillis()));

test('there are zones, and clocks that change, to look at', () => {
  expect(zones.length).toBeGreaterThan(400);
  expect(zones.filter(({ changes }) => changes.length > 0).length).toBeGreaterThan(120);
  expect(zones.flatMap(({ changes }) => changes).length).toBeGreaterThan(700);
});

test('the offsets of every zone are those of the other calendar', () => {
  everywhere(zones, ({ zone, offset }, at) => {
    const theirs = IANAZone.create(zone).offset(at);
    return offset(at) === theirs ? undefined : `offset ${offset(at)}, but luxon says ${theirs}`;
  });
});

test('calendar days keep the local time, forwards and backwards, in every zone over every change', () => {
  everywhere(kinds, ({ zone, clock }, at) => {
    for (const days of [-8, -2, -1, 1, 2, 3]) {
      const fault = differ(`${days} days on`, addDays(clock, at, days), first(inZone(at, zone).plus({ days })));
      if (fault !== undefined) return fault;
    }
    return undefined;
  });
});

test('a next local time is the first moment from then on at which the calendar shows it', () => {
  const texts = ['10:00', '0:00', '1:30', '2:30', '23:45', 'Sunday 2:15', 'weekdays 9:30', 'Tuesday, Thursday 0:30', 'weekends 3:00'];
  const known = new Map<string, number>();
  /** By luxon; asked for often. */
  const momentOf = (zone: string, today: number, minutes: number): number => {
    const key = `${zone} ${today} ${minutes}`;
    const local = new Date(today + minutes * minute).toISOString().slice(0, 16);
    const moment = known.get(key) ?? first(DateTime.fromISO(local, { zone }));
    known.set(key, moment);
    return moment;
  };
  everywhere(kinds, ({ zone, clock }, at) => {
    for (const text of texts) {
      const times = localTimesOf(text);
      let today = Date.parse(inZone(at, zone).toISODate() ?? '') - day;
      let expected = -Infinity;
      for (; expected < at; today += day)
        if (times.days === undefined || times.days.has(new Date(today).getUTCDay())) expected = momentOf(zone, today, times.minute);
      const ours = nextLocal(clock, at, times);
      const fault = differ(`next ${text}`, ours, expected);
      if (fault !== undefined) return fault;
      if (!fits(clock, ours, times) && times.days === undefined) return `${text} does not fit at its own moment`;
    }
    return undefined;
  });
});

test('quiet hours end at the first moment at which it is not night any more, and begin at the first at which it is', () => {
  const person = (zone: string) => ({ ...initial('x'), traits: { zone } });
  const nights = [
    [21, 8],
    [22, 2],
    [0, 3],
    [1, 2],
    [23, 0],
  ] as const;
  const shown = new Map<string, number>();
  const hourIn = (zone: string, at: number): number => {
    const key = `${zone} ${at}`;
    const known = shown.get(key) ?? inZone(at, zone).hour;
    shown.set(key, known);
    return known;
  };
  everywhere(kinds, ({ zone, offset }, at) => {
    for (const [begin, end] of nights) {
      const published = {
        ...publish({ plans: [], settings: { quietHours: { from: begin, to: end, zone } } }),
        calendar: { offset: (_: string, moment: number) => offset(moment) },
      };
      const quiet = (moment: number): boolean => {
        const hours = hourIn(zone, moment);
        return begin < end ? hours >= begin && hours < end : hours >= begin || hours < end;
      };
      const firstThat = (wanted: boolean, start: number): number => {
        for (let moment = Math.ceil(start / (15 * minute)) * 15 * minute; ; moment += 15 * minute)
          if (quiet(moment) === wanted) return moment;
      };
      const state = person(zone);
      const ours = quietUntil(published, state, at);
      if (quiet(at) !== (ours !== undefined)) return `${begin} to ${end}: quiet is ${String(!quiet(at))}`;
      const fault =
        ours !== undefined
          ? differ(`end of quiet hours ${begin} to ${end}`, ours, firstThat(false, at))
          : differ(
              `begin of quiet hours ${begin} to ${end}`,
              sendBefore(published, state, 'marketing', at),
              Math.min(at + day, firstThat(true, at)),
            );
      if (fault !== undefined) return fault;
    }
    return undefined;
  });
});

describe('where the clocks change', () => {
  const berlin = clockOf({ ...publish({ plans: [] }), calendar }, { traits: { zone: 'Europe/Berlin' } });
  const at = (text: string): number => DateTime.fromISO(text, { zone: 'Europe/Berlin' }).toMillis();

  test('a local time that does not come is as much later as the clocks jump', () => {
    expect(instantOf(berlin, Date.UTC(2026, 2, 29, 2, 30))).toBe(Date.UTC(2026, 2, 29, 1, 30));
    expect(localOf(berlin, Date.UTC(2026, 2, 29, 1, 30))).toBe(Date.UTC(2026, 2, 29, 3, 30));
  });

  test('of a local time that comes twice the first is meant, and a window opens once a day', () => {
    expect(instantOf(berlin, Date.UTC(2026, 9, 25, 2, 30))).toBe(Date.UTC(2026, 9, 25, 0, 30));
    expect(nextLocal(berlin, Date.UTC(2026, 9, 25, 0, 31), localTimesOf('2:30'))).toBe(Date.UTC(2026, 9, 26, 1, 30));
  });

  test('a day is a calendar day and 24 hours are 24 hours', () => {
    const evening = at('2026-03-28T18:00');
    expect(later(berlin, evening, lapseOf('1 day'))).toBe(at('2026-03-29T18:00'));
    expect(later(berlin, evening, lapseOf('1 day')) - evening).toBe(23 * hour);
    expect(later(berlin, evening, lapseOf('24 hours'))).toBe(at('2026-03-29T19:00'));
    expect(later(berlin, at('2026-10-24T18:00'), lapseOf('1 week'))).toBe(at('2026-10-31T18:00'));
    expect(earlier(berlin, at('2026-10-26T18:00'), lapseOf('2 days'))).toBe(at('2026-10-24T18:00'));
  });

  test('of one and a half days the half elapses', () => {
    expect(later(berlin, at('2026-03-28T18:00'), lapseOf('1.5 days'))).toBe(at('2026-03-29T18:00') + 12 * hour);
    expect(lapseOf('1.5 weeks')).toEqual({ days: 10, ms: 12 * hour });
    expect(lapseOf('90 minutes')).toEqual({ days: 0, ms: 90 * minute });
  });
});

test('who has no zone that anybody knows lives by the clock of the house', () => {
  const published = { ...publish({ plans: [], settings: { quietHours: { ...settings.quietHours, zone: 'Asia/Kolkata' } } }), calendar };
  for (const traits of [{}, { zone: 'Mars/Olympus' }]) expect(clockOf(published, { traits })(from)).toBe(5.5 * hour);
});

test('local times are read as they are written, and nothing else is', () => {
  expect(parseLocalTime('weekdays 9:30')).toEqual({ minute: 570, days: new Set([1, 2, 3, 4, 5]) });
  expect(parseLocalTime('Tuesday, Thursday 10:00')?.days).toEqual(new Set([2, 4]));
  for (const text of [
    '24:00',
    '10:60',
    '10',
    '10.00',
    'Tusday 10:00',
    'Tuesday',
    'Tuesday,, Friday 10:00',
    '-1:00',
    ' 10:00',
    'toString 10:00',
  ])
    expect([text, parseLocalTime(text)]).toEqual([text, undefined]);
});
