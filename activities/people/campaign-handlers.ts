/** Answers requests about sending and campaigns, and says what form they must have. Knows no transport. */
import { z } from 'zod';
import type { CampaignVerbs } from '../../events/campaign-requests';
import type { Database } from './database';
import { allSending, freeSending, holdSending, sendingHolds } from './sending-holds';

const text = (most: number) => z.string().min(1, 'must not be empty').max(most, `must have at most ${most} characters`);
const by = text(128);

export const campaignAsks = {
  stopSending: z.object({ because: text(500), by }),
  startSending: z.object({ by }),
  sending: z.object({}),
} as const satisfies { readonly [V in keyof CampaignVerbs]: z.ZodType<unknown> };

type Handlers = { readonly [V in keyof CampaignVerbs]: (ask: CampaignVerbs[V]['ask']) => Promise<CampaignVerbs[V]['reply']> };

const hourMs = 3_600_000;

export const campaignHandlers = (db: Database, now: () => number): Handlers => ({
  stopSending: async ({ because, by: who }) => ({
    stopped: await holdSending(db, { scope: allSending, because: 'operator', says: because, by: who, sinceAt: now() }),
  }),
  startSending: async () => ({ started: await freeSending(db, allSending, now()) }),
  sending: async () => ({ holds: await sendingHolds(db), lastHour: await endedSince(db, now() - hourMs) }),
});

/** Messages to leads by how they ended, `state` or `state because`. */
async function endedSince(db: Database, sinceAt: number): Promise<Readonly<Record<string, number>>> {
  const { rows } = await db.query<{ how: string; sends: number }>(
    `select case when state in ('sent', 'calling', 'uncertain') then state else concat_ws(' ', state, because) end as how, count(*)::int as sends
       from send_ledger where kind = 'lead' and called_ms > $1 and state <> 'reserved' group by 1 order by 2 desc, 1`,
    [sinceAt],
  );
  return Object.fromEntries(rows.map(({ how, sends }) => [how, sends]));
}
