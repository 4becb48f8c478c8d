/** Sends of which nobody can say whether they went: listed for people, settled by the provider's word or an operator's. Knows no mail server. */
import type { Database } from './database';

export type UncertainSend = {
  readonly leadId: string;
  readonly effect: string;
  readonly content: string;
  /** When the call began to be in doubt, real epoch ms. */
  readonly sinceAt: number;
  readonly because: string;
};

/** A call whose lease ended without a result is as uncertain as one that was said to be. Mails to reps are not settled, so not listed. */
const inDoubt = `kind = 'lead' and (state = 'uncertain' or (state = 'calling' and lease_until <= clock_timestamp()))`;

/** Oldest first. */
export async function listUncertain(db: Pick<Database, 'query'>): Promise<readonly UncertainSend[]> {
  const { rows } = await db.query<{ lead_id: string; effect: string; content: string; since: number; because: string | null }>(
    `select lead_id, effect, content, floor(extract(epoch from changed_at) * 1000)::float8 as since, because from send_ledger where ${inDoubt} order by changed_at`,
  );
  return rows.map((row) => ({
    leadId: row.lead_id,
    effect: row.effect,
    content: row.content,
    sinceAt: row.since,
    because: row.because ?? 'send-uncertain',
  }));
}

/** False when the send is not uncertain (any more). The lead is told by its `settle` command, not here. */
export async function settleUncertain(db: Pick<Database, 'query'>, leadId: string, effect: string, sent: boolean): Promise<boolean> {
  const { rowCount } = await db.query(
    `update send_ledger set state = $3, because = 'settled', sent_content = case when $4 then content end, lease_until = null, changed_at = clock_timestamp()
      where lead_id = $1 and effect = $2 and ${inDoubt}`,
    [leadId, effect, sent ? 'sent' : 'unavailable', sent],
  );
  return rowCount === 1;
}
