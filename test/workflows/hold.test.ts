import { createHold } from '../../workflows/shell/hold';

test('a held lead decides nothing until it is released, and starts effects only when what came in is decided', () => {
  const hold = createHold(undefined, 1_000);
  expect([hold.waits(), hold.effectsWait()]).toEqual([true, true]);
  hold.caughtUp();
  expect(hold.waits()).toBe(true);
  hold.release();
  expect([hold.waits(), hold.catchesUp(), hold.effectsWait()]).toEqual([false, true, true]);
  hold.caughtUp();
  expect([hold.now(), hold.effectsWait()]).toEqual([undefined, false]);
});

test('a hold that nobody ends is over after a quarter of an hour, a new run in between included', () => {
  const quarter = 15 * 60_000;
  const first = createHold(undefined, 1_000);
  const next = createHold(JSON.parse(JSON.stringify(first.now())) as ReturnType<typeof first.now>, undefined);
  next.expire(1_000 + quarter - 1);
  expect(next.waits()).toBe(true);
  next.expire(1_000 + quarter);
  expect([next.waits(), next.catchesUp()]).toEqual([false, true]);
});

test('a lead that is not rebuilt is never held', () => {
  const hold = createHold(undefined, undefined);
  hold.release();
  hold.expire(Number.MAX_SAFE_INTEGER);
  expect([hold.now(), hold.waits(), hold.effectsWait()]).toEqual([undefined, false, false]);
});
