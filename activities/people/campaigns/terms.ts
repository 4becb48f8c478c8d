/** What the published settings say of campaigns; the usual where they say nothing. */
import type { Client, Database } from '../database';

export type CampaignTerms = {
  /** More people than that need a second person's word. */
  readonly approveAbove: number;
  readonly pause: {
    /** No rate is judged by fewer messages in a day. */
    readonly atLeast: number;
    /** Percent of them that bounced, and that were called spam. */
    readonly bounces: number;
    readonly complaints: number;
    /** So many in a day that the mail server refused for our sake. */
    readonly senderFaults: number;
  };
};

export const usualTerms: CampaignTerms = { approveAbove: 5_000, pause: { atLeast: 50, bounces: 5, complaints: 0.3, senderFaults: 20 } };

export async function campaignTerms(db: Pick<Database, 'query'> | Pick<Client, 'query'>): Promise<CampaignTerms> {
  const { rows } = await db.query<{ campaigns: CampaignTerms | null }>(
    `select body->'campaigns' as campaigns from published where kind = 'settings' and id = 'workspace' order by version desc limit 1`,
  );
  return rows[0]?.campaigns ?? usualTerms;
}
