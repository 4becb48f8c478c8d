import { pauseAfter } from '../../workflows/shell/failures';

const minute = 60_000;

test('a lead tries again after 30 s, doubling to 10 minutes; what the people store lacks sooner', () => {
  expect([0, 1, 4, 5, 60].map((before) => pauseAfter('facts-away', before))).toEqual([
    30_000,
    minute,
    8 * minute,
    10 * minute,
    10 * minute,
  ]);
  expect([0, 1, 6, 7, 60].map((before) => pauseAfter('digest-unknown', before))).toEqual([
    5_000,
    10_000,
    320_000,
    10 * minute,
    10 * minute,
  ]);
  expect(pauseAfter('database-away', 0)).toBe(5_000);
});
