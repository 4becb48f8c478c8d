/** The one mapping between the real clock and the engine's: engine = epoch + (real - epoch) * rate. Rate 1 outside demos. */
import type { EngineClock } from '../activities/ports';

/** `epochAt`: real epoch ms at which both clocks agree. `rate`: engine seconds per real second. */
export function engineClock(epochAt: number, rate: number): EngineClock {
  if (rate === 1) return { toEngine: (realAt) => realAt, toReal: (engineAt) => engineAt };
  return {
    toEngine: (realAt) => epochAt + Math.floor((realAt - epochAt) * rate),
    // Rounded up, so that a timer set to it never fires before the engine's moment.
    toReal: (engineAt) => epochAt + Math.ceil((engineAt - epochAt) / rate),
  };
}

/**
 * The clock a send's `notAfter` is checked by. Half a minute of real latency (database, mail server) is not stretched by a demo's rate:
 * at two seconds a day it would be two weeks, and every mail would come too late. At rate 1 nothing changes.
 */
export function sendClock(clock: EngineClock, rate: number): EngineClock {
  const unscaledMs = 30_000;
  return { ...clock, toEngine: (realAt) => clock.toEngine(realAt) - (rate - 1) * unscaledMs };
}
