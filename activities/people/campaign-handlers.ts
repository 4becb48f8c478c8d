/** Answers requests about sending and campaigns, and says what form they must have. Knows no transport and no query language. */
import { z } from 'zod';
import type { CampaignVerbs } from '../../events/campaign-requests';
import type { ProblemCode } from '../../events/problems';
import { campaignCards, campaignReport } from './campaigns/cards';
import { queryText } from './audience';
import type { StepDeps } from './campaigns/step';
import { draftCampaign, sayToCampaign, startCampaign } from './campaigns/words';
import type { Database } from './database';
import { allSending, freeSending, holdSending, sendingHolds } from './sending-holds';

const text = (most: number) => z.string().min(1, 'must not be empty').max(most, `must have at most ${most} characters`);
const by = text(128);
const id = text(64).regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'may hold letters, digits, dots, dashes and underscores');
const moment = z.int().min(0, 'must be epoch milliseconds');
const codes = z.record(text(64), z.union([z.string().max(64), z.number(), z.boolean()]));

const plan = z.object({
  id,
  kind: z.enum(['once', 'recurring', 'triggered']),
  sequence: text(128),
  settings: codes.optional(),
  audience: text(4_000),
  perMinute: z.number().positive('must be above 0').max(100_000, 'must be at most 100000').optional(),
  holdout: z.int().min(0, 'must be 0 to 90').max(90, 'must be 0 to 90').optional(),
  from: moment.optional(),
  until: moment.optional(),
  cron: text(100).optional(),
});

export const campaignAsks = {
  stopSending: z.object({ because: text(500), by }),
  startSending: z.object({ by }),
  sending: z.object({}),
  campaignDraft: z.object({ plan, sample: z.int().min(0).max(2_000, 'must be at most 2000') }),
  campaignStart: z.object({ plan, by, because: text(500) }),
  campaigns: z.object({ id: id.optional() }),
  campaignReport: z.object({ id }),
  campaignWord: z.object({
    id: text(128),
    word: z.enum(['pause', 'resume', 'stop', 'approve']),
    by,
    because: text(500),
    letFinish: z.boolean().optional(),
  }),
} as const satisfies { readonly [V in keyof CampaignVerbs]: z.ZodType<unknown> };

type Problem = { readonly problem: { readonly code: ProblemCode; readonly says: string } };
type Handlers = { readonly [V in keyof CampaignVerbs]: (ask: CampaignVerbs[V]['ask']) => Promise<CampaignVerbs[V]['reply'] | Problem> };

const hourMs = 3_600_000;
const unknown = (name: string): Problem => ({ problem: { code: 'campaign-unknown', says: `There is no campaign "${name}".` } });

export function campaignHandlers(db: Database, now: () => number, select: StepDeps['select']): Handlers {
  const deps = { db, now, select };
  return {
    stopSending: async ({ because, by: who }) => ({
      stopped: await holdSending(db, { scope: allSending, because: 'operator', says: because, by: who, sinceAt: now() }),
    }),
    startSending: async () => ({ started: await freeSending(db, allSending, now()) }),
    sending: async () => ({ holds: await sendingHolds(db), lastHour: await endedSince(db, now() - hourMs) }),
    campaignDraft: (ask) => draftCampaign(deps, ask),
    campaignStart: async (ask) => {
      // The question as it is today: whoever saves another under the name does not change the campaign.
      const made = await startCampaign(deps, { ...ask, plan: { ...ask.plan, audience: await queryText(db, ask.plan.audience) } });
      return 'refused' in made ? { problem: { code: 'campaign-refused', says: made.refused } } : made;
    },
    campaigns: async (ask) => {
      const campaigns = await campaignCards(db, ask.id);
      return ask.id !== undefined && campaigns.length === 0 ? unknown(ask.id) : { campaigns };
    },
    campaignReport: async (ask) => ((await campaignCards(db, ask.id)).length === 0 ? unknown(ask.id) : campaignReport(db, ask.id)),
    campaignWord: async (ask) => (await sayToCampaign(deps, ask)) ?? unknown(ask.id),
  };
}

/** Messages to leads by how they ended, `state` or `state because`. */
async function endedSince(db: Database, sinceAt: number): Promise<Readonly<Record<string, number>>> {
  const { rows } = await db.query<{ how: string; sends: number }>(
    `select case when state in ('sent', 'calling', 'uncertain') then state else concat_ws(' ', state, because) end as how, count(*)::int as sends
       from send_ledger where kind = 'lead' and called_ms > $1 and state <> 'reserved' group by 1 order by 2 desc, 1`,
    [sinceAt],
  );
  return Object.fromEntries(rows.map(({ how, sends }) => [how, sends]));
}
