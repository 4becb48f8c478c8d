/** The scaled clock: one mapping, there and back, and no stretching of real latency. */
import * as fc from 'fast-check';
import { engineClock, sendClock } from '../../worker/clock';

const epochAt = Date.UTC(2026, 10, 22);

test('at rate 1 both clocks are one', () => {
  const clock = engineClock(epochAt, 1);
  expect([clock.toEngine(epochAt + 5), clock.toReal(epochAt + 5), sendClock(clock, 1).toEngine(epochAt + 5)]).toEqual([
    epochAt + 5,
    epochAt + 5,
    epochAt + 5,
  ]);
});

test('a timer set to the real moment of an engine moment never fires before it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 1_000_000 }), fc.integer({ min: 0, max: 400 * 86_400_000 }), (rate, ahead) => {
      const clock = engineClock(epochAt, rate);
      expect(clock.toEngine(clock.toReal(epochAt + ahead))).toBeGreaterThanOrEqual(epochAt + ahead);
    }),
  );
});

test('a send may be half a real minute late whatever the rate', () => {
  const clock = engineClock(epochAt, 43_200);
  const decidedAt = clock.toEngine(epochAt + 60_000);
  expect(sendClock(clock, 43_200).toEngine(epochAt + 60_000 + 29_000)).toBeLessThanOrEqual(decidedAt);
});
