/** What the demo may be told, and what it says to a wrong call. */
import { Misuse, readOptions } from '../../worker/demo/options';

describe('the options of the demo', () => {
  it('play 45 days of two seconds where nothing is said', () => {
    expect(readOptions([])).toEqual({ dayMs: 2_000, days: 45, stay: false, json: false, seed: 7 });
  });

  it('take lengths with a unit', () => {
    expect(readOptions(['--day', '1.5s', '--days', '10', '--seed', '3', '--stay', '--json'])).toEqual({
      dayMs: 1_500,
      days: 10,
      stay: true,
      json: true,
      seed: 3,
    });
    expect(readOptions(['--day=800ms'])).toMatchObject({ dayMs: 800 });
  });

  it('know when only help is wanted', () => {
    expect(readOptions(['--help'])).toBe('help');
  });

  it.each([
    [['--day', '2']],
    [['--day', '1ms']],
    [['--day', '2h']],
    [['--days', '0']],
    [['--days', '4.5']],
    [['--seed', '-1']],
    [['--speed', '2']],
    [['extra']],
  ])('refuse %j', (args) => {
    expect(() => readOptions(args)).toThrow(Misuse);
  });
});
