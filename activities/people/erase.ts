/** Erasure: everything of the person goes; a tombstone, the hashes that honour the wish, and ids without a name stay. Knows no stream. */
import type { Client, Database } from './database';
import { suppressionKey } from './keys';
import { tablesOfPerson } from './record';
import { addSuppression } from './suppression';

/** Repeats change nothing. False for an unknown lead. The workflow and the streams are the caller's. `at`: engine's clock. */
export function erasePerson(
  db: Database,
  secret: string,
  leadId: string,
  why: { readonly by: string; readonly at: number },
): Promise<boolean> {
  return db.transaction(async (client) => {
    const { rows } = await client.query<{ erased: boolean }>('select erased_at is not null as erased from lead where id = $1 for update', [
      leadId,
    ]);
    if (rows[0] === undefined) return false;
    if (rows[0].erased) return true;
    await remember(client, secret, leadId, why);
    await forget(client, leadId);
    return true;
  });
}

/** The person is gone from the store, the id is never used again; nothing says that they must not come back. Repeats change nothing. */
export async function forget(client: Client, leadId: string): Promise<void> {
  for (const [table, { erased }] of Object.entries(tablesOfPerson))
    if (erased) await client.query(`delete from ${table} where lead_id = $1`, [leadId]);
  // Nobody is asked any more whether a rep may have them.
  await client.query(`update hand_off_gate set state = 'dropped' where lead_id = $1 and state = 'held'`, [leadId]);
  // Not yet published: the traits of somebody who is gone are nobody's business.
  await client.query(`delete from outbox where data->>'leadId' = $1`, [leadId]);
  await client.query(
    `update lead set erased_at = coalesce(erased_at, now()), source = null, traits = '{}', consent = '{}', held = true where id = $1`,
    [leadId],
  );
}

async function remember(
  client: Client,
  secret: string,
  leadId: string,
  { by, at }: { readonly by: string; readonly at: number },
): Promise<void> {
  const { rows } = await client.query<{ key: string; kind: string }>('select key, kind from identity where lead_id = $1', [leadId]);
  await client.query('insert into erased_identity (key) select unnest($1::text[]) on conflict do nothing', [rows.map(({ key }) => key)]);
  const reachable = rows.filter(({ kind }) => kind === 'email' || kind === 'phone').map(({ key }) => key);
  const keys = [...reachable, suppressionKey(secret, 'lead', leadId)];
  await addSuppression(client, keys, { channel: 'all', kind: 'erasure', because: 'the person asked to be erased', at, by });
}
