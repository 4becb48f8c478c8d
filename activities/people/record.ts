/** Everything the people store holds about one person, as they may ask to see it. Knows no stream. */
import type { Reply } from '../../events/requests';
import type { Database } from './database';

/**
 * Every table with a `lead_id`. `ours`: columns that are ours alone (keys of hashes, folded state), left out of what is shown. `erased`: its rows go with
 * the person; of the others ids, codes and moments stay, without which a send could be repeated or a report be wrong.
 */
export const tablesOfPerson = {
  profile: { ours: [], erased: true },
  identity: { ours: ['key', 'domain_key'], erased: true },
  consent: { ours: [], erased: true },
  list_member: { ours: [], erased: true },
  effect_result: { ours: [], erased: true },
  account_engagement: { ours: [], erased: true },
  import_before: { ours: [], erased: true },
  anonymous: { ours: [], erased: true },
  hand_off: { ours: [], erased: false },
  hand_off_gate: { ours: [], erased: false },
  campaign_member: { ours: [], erased: false },
  send_ledger: { ours: ['lease_until'], erased: false },
  lead_summary: { ours: ['folded', 'seq', 'person', 'read_by'], erased: false },
  lead_deed: { ours: ['ids'], erased: true },
} as const satisfies Readonly<Record<string, { readonly ours: readonly string[]; readonly erased: boolean }>>;

type Rows = readonly { readonly row: unknown }[];
const mostVisits = 1_000;

/** `undefined` for an unknown or erased lead. */
export async function personRecord(db: Pick<Database, 'query'>, leadId: string): Promise<Reply<'record'> | undefined> {
  const rowsOf = async (sql: string): Promise<readonly unknown[]> =>
    ((await db.query<{ row: unknown }>(sql, [leadId])).rows as Rows).map(({ row }) => row);
  const [lead] = await rowsOf(`select to_jsonb(l) - 'key' as row from lead l where id = $1 and erased_at is null`);
  if (lead === undefined) return undefined;
  const held: Record<string, readonly unknown[]> = { lead: [lead] };
  for (const [table, { ours }] of Object.entries(tablesOfPerson))
    held[table] = await rowsOf(
      `select jsonb_strip_nulls(to_jsonb(t) - '{${ours.join(',')}}'::text[]) as row from ${table} t where lead_id = $1`,
    );
  held['suppression'] = await rowsOf(
    `select jsonb_strip_nulls(to_jsonb(s) - 'key') as row from suppression s
      where s.key in (select l.key from lead l where l.id = $1 union select unnest(array[i.key, i.domain_key]) from identity i where i.lead_id = $1)`,
  );
  held['outbox'] = await rowsOf(`select to_jsonb(o) as row from outbox o where data->>'leadId' = $1`);
  held['import_row'] = await rowsOf(`select to_jsonb(r) as row from import_row r where outcome->>'leadId' = $1`);
  const visits = `from anonymous_event e join anonymous a on a.id = e.anonymous_id where a.lead_id = $1`;
  held['anonymous_event'] = await rowsOf(`select to_jsonb(e) as row ${visits} order by e.kept_at desc limit ${mostVisits}`);
  const [all] = await rowsOf(`select count(*)::int as row ${visits}`);
  return { held, visitsLeftOut: Math.max(0, Number(all) - mostVisits) };
}

/** Addresses and numbers in every spelling we keep. */
export async function addressesOf(db: Pick<Database, 'query'>, leadId: string): Promise<readonly string[]> {
  const { rows } = await db.query<{ text: string }>(
    `select distinct unnest(array[value, written]) as text from identity where lead_id = $1 and kind in ('email', 'phone')`,
    [leadId],
  );
  return rows.map(({ text }) => text);
}
