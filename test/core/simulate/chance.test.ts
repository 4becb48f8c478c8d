import { below, chanceOf, delayed, happens, matterOf, pick, sharesOf, within } from '../../../workflows/core/simulate/chance';
import { dayOf, fixedCalendar, knownZones } from '../../../workflows/core/simulate/zones';
import { intlCalendar } from '../../../workflows/published/intl-calendar';

describe('chance', () => {
  test('gives these very numbers on every machine', () => {
    const chance = chanceOf(1, 2, matterOf('e1.learn.welcome.1'));
    expect(Array.from({ length: 6 }, () => below(chance, 1_000_000))).toEqual([683948, 691355, 755819, 972893, 881628, 871046]);
  });

  test('is xoshiro128** as published: its first words from 1, 2, 3, 4', () => {
    const chance = { a: 1, b: 2, c: 3, d: 4 };
    const highBits = [11_520, 0, 5_927_040, 70_819_200, 2_031_721_536].map((word) => word >>> 11);
    expect(highBits.map(() => below(chance, 2 ** 21))).toEqual(highBits);
  });

  test('gives each lead and each matter a stream of its own', () => {
    const first = (seed: number, lead: number, matter: string): number => below(chanceOf(seed, lead, matterOf(matter)), 2 ** 21);
    const streams = [first(1, 1, 'a'), first(1, 2, 'a'), first(2, 1, 'a'), first(1, 1, 'b'), first(2, 2, 'a')];
    expect(new Set(streams).size).toBe(streams.length);
    expect(first(1, 1, 'a')).toBe(streams[0]);
  });

  test('is even over numbers, leads and rates', () => {
    const tens = Array.from({ length: 10 }, () => 0);
    for (let lead = 0; lead < 20_000; lead += 1) {
      const ten = below(chanceOf(5, lead), 10);
      tens[ten] = (tens[ten] ?? 0) + 1;
    }
    for (const many of tens) expect(Math.abs(many - 2_000)).toBeLessThan(180);
    const chance = chanceOf(3, 3);
    const hits = Array.from({ length: 40_000 }, () => happens(chance, 250)).filter(Boolean).length;
    expect(Math.abs(hits - 1_000)).toBeLessThan(130);
    expect(happens(chance, 0)).toBe(false);
    expect(happens(chance, 10_000)).toBe(true);
  });

  test('takes a quarter of the time each between the moments of a delay', () => {
    const chance = chanceOf(9, 9);
    const delays = Array.from({ length: 8_000 }, () => delayed(chance, [60, 100, 1_000, 5_000, 90_000_000]));
    expect(delays.every((ms) => Number.isInteger(ms) && ms >= 60 && ms < 90_000_000)).toBe(true);
    for (const [moment, share] of [
      [100, 2_000],
      [1_000, 4_000],
      [5_000, 6_000],
    ] as const)
      expect(Math.abs(delays.filter((ms) => ms < moment).length - share)).toBeLessThan(150);
  });

  test('spreads over years in whole milliseconds, and picks by share', () => {
    const chance = chanceOf(4, 4);
    const year = 366 * 86_400_000;
    const moments = Array.from({ length: 1_000 }, () => within(chance, year));
    expect(moments.every((ms) => Number.isInteger(ms) && ms >= 0 && ms < year)).toBe(true);
    expect(Math.max(...moments)).toBeGreaterThan(year * 0.98);
    const shares = sharesOf([
      ['a', 9_000],
      ['b', 1_000],
    ] as const);
    const picked = Array.from({ length: 4_000 }, () => pick(chance, shares));
    expect(Math.abs(picked.filter((one) => one === 'b').length - 400)).toBeLessThan(80);
  });
});

describe('the calendar of simulations', () => {
  test('agrees with the platform in every zone it knows, over all changes of the clocks of six years', () => {
    const fixed = fixedCalendar();
    const platform = intlCalendar();
    const hour = 3_600_000;
    let changes = 0;
    for (const zone of knownZones) {
      const look = (at: number): void => {
        if (fixed.offset(zone, at) !== platform.offset(zone, at))
          throw new Error(`${zone} at ${new Date(at).toISOString()}: ${fixed.offset(zone, at)} instead of ${platform.offset(zone, at)}`);
      };
      for (let at = Date.UTC(2024, 0, 1); at < Date.UTC(2030, 0, 1); at += 49 * hour) {
        look(at);
        if (platform.offset(zone, at) === platform.offset(zone, at + 49 * hour)) continue;
        changes += 1;
        for (let one = at; one < at + 49 * hour; one += hour / 2) look(one);
      }
    }
    expect(changes).toBeGreaterThan(6 * 2 * 25);
  });

  test('changes at the very hour', () => {
    const { offset } = fixedCalendar();
    const change = Date.UTC(2026, 2, 29, 1);
    expect([offset('Europe/Berlin', change - 1), offset('Europe/Berlin', change)]).toEqual([60, 120]);
    const autumn = Date.UTC(2026, 10, 1, 6);
    expect([offset('America/New_York', autumn - 1), offset('America/New_York', autumn)]).toEqual([-240, -300]);
    expect(offset('Mars/Olympus', change)).toBeUndefined();
  });

  test('counts days from 1970', () => {
    for (const [year, month, day] of [
      [1970, 1, 1],
      [2000, 2, 29],
      [2026, 12, 31],
      [2100, 3, 1],
    ] as const)
      expect(dayOf(year, month, day)).toBe(Date.UTC(year, month - 1, day) / 86_400_000);
  });
});
