/** What visitors did before they said who they are: kept under their anonymous id, credited to the lead by exactly one side. Knows no stream. */
import type { Input } from '../../workflows/core/inputs';
import type { Client } from './database';
import { claimOf, takeIdentities } from './identities';
import { writeOutbox } from './outbox';

type Row = { readonly lead_id: string | null };

/** Both sides pass through this one row, one at a time. */
async function lockVisitor(client: Client, anonymous: string): Promise<Row> {
  await client.query('insert into anonymous (id) values ($1) on conflict do nothing', [anonymous]);
  const { rows } = await client.query<Row>('select lead_id from anonymous where id = $1 for update', [anonymous]);
  return rows[0] ?? { lead_id: null };
}

/** `kept`: it is or was credited through the store; `lead`: the visitor is known by now and the caller delivers it. */
export async function keepAnonymous(
  client: Client,
  { anonymous: named, input }: { readonly anonymous: string; readonly input: Input },
): Promise<{ readonly as: 'kept' } | { readonly as: 'lead'; readonly leadId: string }> {
  const anonymous = named.trim();
  const { lead_id: leadId } = await lockVisitor(client, anonymous);
  if (leadId === null) {
    await client.query('insert into anonymous_event (anonymous_id, event_id, input) values ($1, $2, $3) on conflict do nothing', [
      anonymous,
      input.id,
      JSON.stringify(input),
    ]);
    return { as: 'kept' };
  }
  // Kept before the visitor was known and redelivered after: the claim has credited it.
  const { rowCount } = await client.query('select 1 from anonymous_event where anonymous_id = $1 and event_id = $2', [anonymous, input.id]);
  return rowCount === 0 ? { as: 'lead', leadId } : { as: 'kept' };
}

/** The visitor is this lead from now on; what they did before goes to the lead through the outbox. Returns how many events; 0 when somebody claimed them before. */
export async function claimAnonymous(client: Client, secret: string, anonymous: string, leadId: string): Promise<number> {
  const claim = claimOf(secret, 'anonymous', anonymous);
  if (claim === undefined) return 0;
  const { lead_id: taken } = await lockVisitor(client, claim.value);
  if (taken !== null || (await takeIdentities(client, [{ leadId, claim }])) === 0) return 0;
  await client.query('update anonymous set lead_id = $2, claimed_at = now() where id = $1', [claim.value, leadId]);
  const { rows } = await client.query<{ event_id: string; input: Input }>(
    `select event_id, input from anonymous_event where anonymous_id = $1 order by coalesce((input->'event'->>'occurredAt')::bigint, 0), event_id`,
    [claim.value],
  );
  await writeOutbox(
    client,
    rows.map(({ event_id, input }) => ({
      type: 'input.asked',
      data: { leadId, input: { ...input } },
      id: `anonymous:${leadId}:${event_id}`,
    })),
  );
  return rows.length;
}
