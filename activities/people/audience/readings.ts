/** Keeps score, grade and temperature of everybody as they read today, for as long as the process lives. Knows no question. */
import type { Log } from '../../../events/ports';
import type { Published } from '../../../workflows/core';
import type { Database } from '../database';
import { readAgain } from './read-again';

const minuteMs = 60_000;

export type ReadingsDeps = {
  readonly db: Database;
  readonly published: () => Promise<Published | undefined>;
  /** Engine's clock. */
  readonly now: () => number;
  readonly log: Log;
  /** Real clock. */
  readonly everyMs?: number;
};

export function startReadings({ db, published, now, log, everyMs = minuteMs }: ReadingsDeps): { stop(): Promise<void> } {
  let stopping = false;
  let running = Promise.resolve();
  const look = async (): Promise<void> => {
    try {
      const plans = await published();
      if (plans === undefined) return;
      for (let read = 1; read > 0 && !stopping;) read = await readAgain(db, plans, now());
    } catch (error) {
      log.warn({ says: error instanceof Error ? error.message : String(error) }, 'scores could not be read again; tried again in a while');
    }
  };
  const timer = setInterval(() => void (running = running.then(look)), everyMs);
  return {
    async stop() {
      stopping = true;
      clearInterval(timer);
      await running;
    },
  };
}
