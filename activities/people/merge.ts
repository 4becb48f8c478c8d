/** Two leads that are one person become one in a single transaction: contacts, blanks of the profile, lists; the stricter consent wins. Knows no workflow. */
import type { Ask, Reply } from '../../events/requests';
import { announce } from './announce';
import type { Client, Database } from './database';
import { forget } from './erase';
import { writeTo } from './identities';
import { suppressionKey } from './keys';
import { mergeProfiles, profileColumns, profileOf, profileRecord, type ProfileRow } from './profile';

export type MergeRefused = { readonly refused: string };

/** Repeats change nothing. `now`: engine's clock. Refused: unknown, erased, or with sales. */
export function mergeLeads(
  db: Database,
  secret: string,
  { into, from, by }: Ask<'merge'>,
  now: number,
): Promise<Reply<'merge'> | MergeRefused> {
  return db.transaction(async (client) => {
    const { rows } = await client.query<{ id: string; erased: boolean; merged_into: string | null }>(
      'select id, erased_at is not null as erased, merged_into from lead where id = any($1) order by id for update',
      [[into, from]],
    );
    const [winner, loser] = [rows.find(({ id }) => id === into), rows.find(({ id }) => id === from)];
    if (loser?.merged_into === into) return { merged: true };
    if (winner === undefined || winner.erased) return { refused: `There is no lead ${into}.` };
    if (loser === undefined || loser.erased) return { refused: `There is no lead ${from}.` };
    if (into === from) return { refused: 'That is one lead already.' };
    const { rowCount: open } = await client.query(
      `select 1 from hand_off where lead_id = $1 and status in ('offered', 'accepted', 'contacted')`,
      [from],
    );
    if ((open ?? 0) > 0) return { refused: `Sales has ${from}: merge the other into this one, or close the hand-off first.` };
    await mergeConsent(client, secret, into, from, { by, now });
    await mergeContacts(client, into, from);
    await mergeProfile(client, into, from);
    await client.query(
      'insert into list_member (list, lead_id) select list, $1 from list_member where lead_id = $2 on conflict do nothing',
      [into, from],
    );
    await client.query('update anonymous set lead_id = $1 where lead_id = $2', [into, from]);
    await forget(client, from);
    await client.query('update lead set merged_into = $1 where id = $2 or merged_into = $2', [into, from]);
    await announce(client, secret, [into]);
    return { merged: true };
  });
}

async function mergeContacts(client: Client, into: string, from: string): Promise<void> {
  const { rows } = await client.query<{ kind: 'email' | 'phone'; value: string }>(
    `select kind, value from identity l where lead_id = $2 and sends and kind in ('email', 'phone')
        and not exists (select 1 from identity w where w.lead_id = $1 and w.kind = l.kind and w.sends)`,
    [into, from],
  );
  await client.query('update identity set lead_id = $1, sends = false where lead_id = $2', [into, from]);
  // Whom nobody could write to is written to where the other was.
  for (const contact of rows) await writeTo(client, into, contact);
}

async function mergeProfile(client: Client, into: string, from: string): Promise<void> {
  const { rows } = await client.query<ProfileRow & { readonly lead_id: string }>('select * from profile where lead_id = any($1)', [
    [into, from],
  ]);
  const of = (id: string): ProfileRow => rows.find(({ lead_id }) => lead_id === id) ?? {};
  const { profile, changed } = mergeProfiles(profileOf(of(into)), profileOf(of(from)), () => false);
  if (!changed) return;
  const record = profileRecord(profile);
  await client.query(
    `update profile set ${profileColumns.map((column, at) => `${column} = $${at + 2}`).join(', ')}, updated_at = now() where lead_id = $1`,
    [into, ...profileColumns.map((column) => (column === 'extra' ? JSON.stringify(record[column]) : record[column]))],
  );
}

type Standing = { readonly lead_id: string; readonly consent: 'granted' | 'withdrawn' | 'none' };

/** All evidence is kept; where either said no, no it is. What stops one stops both. */
async function mergeConsent(
  client: Client,
  secret: string,
  into: string,
  from: string,
  { by, now }: { readonly by: string; readonly now: number },
): Promise<void> {
  const { rows } = await client.query<Standing>('select lead_id, consent from email_standing where lead_id = any($1)', [[into, from]]);
  await client.query(
    `insert into consent (lead_id, channel, state, text, obtained_ms, source, evidence, by)
     select $1, channel, state, text, obtained_ms, source, evidence, by from consent where lead_id = $2 on conflict do nothing`,
    [into, from],
  );
  if (rows.some(({ consent }) => consent === 'withdrawn'))
    await client.query(
      `insert into consent (lead_id, channel, state, obtained_ms, source, evidence, by) values ($1, 'email', 'withdrawn', $2, 'merge', $3, $4) on conflict do nothing`,
      [into, now, from, by],
    );
  await client.query(
    `insert into suppression (key, channel, kind, because, at_ms, by)
     select $1, channel, kind, because, at_ms, by from suppression where key = $2 and lifted_at is null
     on conflict (key, channel, kind) where lifted_at is null do nothing`,
    [suppressionKey(secret, 'lead', into), suppressionKey(secret, 'lead', from)],
  );
}
