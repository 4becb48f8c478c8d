/** Has campaigns judged every minute for as long as the process lives. Knows no limits. */
import type { Log } from '../../../events/ports';
import type { Database } from '../database';
import { judgeCampaigns } from './judge';

const minuteMs = 60_000;

export type GuardDeps = {
  readonly db: Database;
  /** Engine's clock. */
  readonly now: () => number;
  readonly log: Log;
  /** Real clock. */
  readonly everyMs?: number;
};

export function startGuard({ db, now, log, everyMs = minuteMs }: GuardDeps): {
  /** What is under way ends first. */ stop(): Promise<void>;
} {
  let running = Promise.resolve();
  const look = async (): Promise<void> => {
    try {
      for (const { scope, says } of await judgeCampaigns(db, now())) log.warn({ campaign: scope, says }, 'a campaign was paused');
    } catch (error) {
      log.warn({ says: error instanceof Error ? error.message : String(error) }, 'campaigns could not be judged; tried again in a while');
    }
  };
  const timer = setInterval(() => void (running = running.then(look)), everyMs);
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
