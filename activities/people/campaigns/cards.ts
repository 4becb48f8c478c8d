/** Campaigns as people see them: how they stand, why members were left out, what became of their messages. Changes nothing. */
import type { CampaignCard, CampaignVerbs, MemberState } from '../../../events/campaign-requests';
import { given } from '../../../workflows/core/without';
import type { Database } from '../database';
import { sendingHolds } from '../sending-holds';
import { memberCounts } from './members';
import { planOf } from './row';
import type { CampaignRow } from './row';

/** Newest first. With `id` that one and its rounds; without, no rounds. */
export async function campaignCards(db: Database, id?: string): Promise<readonly CampaignCard[]> {
  const { rows } = await db.query<CampaignRow>(
    `select * from campaign where case when $1::text is null then round_of is null else id = $1 or round_of = $1 end order by asked_ms desc, id desc limit 200`,
    [id ?? null],
  );
  const counts = await memberCounts(
    db,
    rows.map((row) => row.id),
  );
  const holds = new Map((await sendingHolds(db)).map((hold) => [hold.scope, hold]));
  return rows.map((row) => ({
    ...planOf(row),
    state: row.state,
    ...given('roundOf', row.round_of ?? undefined),
    by: row.by,
    because: row.because,
    askedAt: row.asked_ms,
    ...given('approvedBy', row.approved_by ?? undefined),
    ...given('endedBy', row.ended_by ?? undefined),
    ...given('endedBecause', row.ended_because ?? undefined),
    ...given('frozenAt', row.frozen_ms ?? undefined),
    ...given('hold', holds.get(row.id) ?? holds.get('*')),
    members: counts.get(row.id) ?? {},
  }));
}

export async function campaignReport(db: Database, id: string): Promise<CampaignVerbs['campaignReport']['reply']> {
  const { rows: because } = await db.query<{ state: MemberState; because: string; people: number }>(
    `select state, because, count(*)::int as people from campaign_member where campaign = $1 and because is not null group by 1, 2 order by 3 desc, 1, 2 limit 50`,
    [id],
  );
  const { rows: sends } = await db.query<{ how: string; sends: number }>(
    `select case when state in ('sent', 'calling', 'uncertain') then state else concat_ws(' ', state, because) end as how, count(*)::int as sends
       from send_ledger where campaign = $1 and kind = 'lead' and state <> 'reserved' group by 1 order by 2 desc, 1`,
    [id],
  );
  const { rows: handOffs } = await db.query<{ hand_offs: number }>(
    `select count(*)::int as hand_offs from hand_off_gate g join campaign_member m on m.lead_id = g.lead_id and m.campaign = $1 and m.state in ('enrolled', 'left')
       join campaign c on c.id = m.campaign where g.at_ms >= c.frozen_ms`,
    [id],
  );
  return {
    because,
    sends: Object.fromEntries(sends.map(({ how, sends: number }) => [how, number])),
    handOffs: handOffs[0]?.hand_offs ?? 0,
  };
}
