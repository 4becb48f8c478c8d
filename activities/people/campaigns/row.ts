/** A campaign as its row holds it. Knows no member. */
import type { CampaignKind, CampaignPlan, CampaignState } from '../../../events/campaign-requests';
import type { Code } from '../../../events/stripped';
import type { Client } from '../database';
import { given } from '../../../workflows/core/without';

export type CampaignRow = {
  readonly id: string;
  readonly round_of: string | null;
  readonly kind: CampaignKind;
  readonly sequence: string;
  readonly settings: Readonly<Record<string, Code>>;
  readonly audience: string;
  readonly per_minute: number | null;
  readonly holdout: number;
  readonly from_ms: number | null;
  readonly until_ms: number | null;
  readonly cron: string | null;
  readonly state: CampaignState;
  readonly by: string;
  readonly because: string;
  readonly asked_ms: number;
  readonly approved_by: string | null;
  readonly ended_by: string | null;
  readonly ended_because: string | null;
  readonly frozen_ms: number | null;
  readonly looked_ms: number | null;
  readonly next_ms: number;
};

export const planOf = (row: CampaignRow): CampaignPlan => ({
  id: row.id,
  kind: row.kind,
  sequence: row.sequence,
  audience: row.audience,
  ...(Object.keys(row.settings).length === 0 ? {} : { settings: row.settings }),
  ...given('perMinute', row.per_minute ?? undefined),
  ...(row.holdout === 0 ? {} : { holdout: row.holdout }),
  ...given('from', row.from_ms ?? undefined),
  ...given('until', row.until_ms ?? undefined),
  ...given('cron', row.cron ?? undefined),
});

/** Locked until the transaction ends: one step of a campaign at a time. */
export async function lockCampaign(client: Client, id: string): Promise<CampaignRow | undefined> {
  const { rows } = await client.query<CampaignRow>('select * from campaign where id = $1 for update', [id]);
  return rows[0];
}

export async function insertCampaign(
  client: Client,
  plan: CampaignPlan,
  asked: { readonly state: CampaignState; readonly by: string; readonly because: string; readonly at: number; readonly roundOf?: string },
): Promise<boolean> {
  const { rowCount } = await client.query(
    `insert into campaign (id, round_of, kind, sequence, settings, audience, per_minute, holdout, from_ms, until_ms, cron, state, by, because, asked_ms)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) on conflict (id) do nothing`,
    [
      plan.id,
      asked.roundOf ?? null,
      plan.kind,
      plan.sequence,
      JSON.stringify(plan.settings ?? {}),
      plan.audience,
      plan.perMinute ?? null,
      plan.holdout ?? 0,
      plan.from ?? null,
      plan.until ?? null,
      plan.cron ?? null,
      asked.state,
      asked.by,
      asked.because,
      asked.at,
    ],
  );
  return rowCount === 1;
}
