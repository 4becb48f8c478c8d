/** Takes an import back in the people store: people it made and nobody else knows go, profiles it changed are as before, its consent and list with them. Knows no workflow. */
import { hash64 } from '../../events/hashes';
import type { Ask, Reply } from '../../events/requests';
import { announce } from './announce';
import type { Client, Database } from './database';
import { forget } from './erase';
import { writeTo } from './identities';
import { profileColumns, profileRecord } from './profile';
import type { Profile } from '../../events/list/profile';

type Import = { readonly id: string; readonly list: string; readonly sequence: string | null; readonly campaign: string | null };
type Db = Pick<Database, 'query'>;

async function importOf(db: Db | Client, id: string): Promise<Import | undefined> {
  const { rows } = await db.query<Import>('select id, list, sequence, campaign from import where id = $1', [id]);
  return rows[0];
}

const page = 200;

/** People the import made or changed, in the order of their ids, and why somebody it made must stay. `undefined`: no such import. */
export async function importLeads(db: Db, secret: string, { id, after }: Ask<'importLeads'>): Promise<Reply<'importLeads'> | undefined> {
  const found = await importOf(db, id);
  if (found === undefined) return undefined;
  const { rows } = await db.query<{ lead_id: string; made: boolean; enrolled: boolean; kept: string | null; sent: readonly string[] }>(
    `select c.lead_id, c.made, c.made or c.updated as enrolled,
            case when exists (select 1 from import_row o where o.outcome->>'leadId' = c.lead_id and o.import <> $1) then 'another import names them, too'
                 when exists (select 1 from hand_off h where h.lead_id = c.lead_id) then 'sales has them'
                 when exists (select 1 from anonymous a where a.lead_id = c.lead_id) then 'they came to us as a visitor before'
                 when exists (select 1 from lead_summary s where s.lead_id = c.lead_id and s.folded ? 'engagedAt') then 'they have been active since' end as kept,
            array(select s.content from send_ledger s where s.lead_id = c.lead_id and s.kind = 'lead' and s.state in ('sent', 'calling', 'uncertain')
                   order by s.changed_at) as sent
       from (select r.outcome->>'leadId' as lead_id, bool_or(r.outcome->>'as' = 'created') as made, bool_or(r.outcome->>'as' = 'updated') as updated
               from import_row r where r.import = $1 and r.outcome->>'leadId' is not null group by 1) c
       join lead l on l.id = c.lead_id and l.erased_at is null
      where c.lead_id > $2 order by c.lead_id limit ${page}`,
    [id, after ?? ''],
  );
  const { sequence, campaign } = found;
  const leads = rows.map(({ lead_id: leadId, made, enrolled, kept, sent }) => ({
    leadId,
    made,
    sent,
    ...(kept === null || !made ? {} : { kept }),
    ...(sequence === null || !enrolled ? {} : { command: hash64(secret, 'enrol', id, leadId, sequence, campaign ?? '') }),
  }));
  return { leads, ...(rows.length < page ? {} : { next: rows.at(-1)?.lead_id ?? '' }) };
}

/** Repeats change nothing. `gone`: people the store knows no more; the others are as before the import. */
export function takeBack(db: Database, secret: string, { id, leadIds, gone }: Ask<'takeBack'>): Promise<Reply<'takeBack'>> {
  return db.transaction(async (client) => {
    const found = await importOf(client, id);
    if (found === undefined) return { taken: 0 };
    await client.query('select 1 from lead where id = any($1) order by id for update', [leadIds]);
    // What was not published yet would put them on the sequence after all.
    await client.query(`delete from outbox where data->>'leadId' = any($1) and type = 'enrolment.asked' and data->>'because' = $2`, [
      leadIds,
      `import of ${found.list}`.slice(0, 500),
    ]);
    if (gone) for (const leadId of leadIds) await forget(client, leadId);
    else await restore(client, secret, found, leadIds);
    return { taken: leadIds.length };
  });
}

async function restore(client: Client, secret: string, { id, list }: Import, leadIds: readonly string[]): Promise<void> {
  await client.query(`delete from consent where lead_id = any($1) and regexp_replace(evidence, '/\\d+$', '') = $2`, [leadIds, id]);
  await client.query(
    `delete from list_member m where m.lead_id = any($1) and m.list = $2 and not exists (
       select 1 from import_row r join import i on i.id = r.import where r.outcome->>'leadId' = m.lead_id and i.list = $2 and i.id <> $3)`,
    [leadIds, list, id],
  );
  const { rows } = await client.query<{ lead_id: string; profile: Profile }>(
    'select lead_id, profile from import_before where import = $1 and lead_id = any($2)',
    [id, leadIds],
  );
  for (const { lead_id, profile } of rows) {
    const record = profileRecord(profile);
    await client.query(
      `update profile set ${profileColumns.map((column, at) => `${column} = $${at + 3}`).join(', ')}, updated_at = now() where lead_id = $1 and import = $2`,
      [lead_id, id, ...profileColumns.map((column) => (column === 'extra' ? JSON.stringify(record[column]) : record[column]))],
    );
  }
  await dropContacts(client, id, leadIds);
  await announce(client, secret, leadIds);
}

/** Addresses and numbers the import gave to people it did not make. */
async function dropContacts(client: Client, id: string, leadIds: readonly string[]): Promise<void> {
  await client.query('delete from identity where lead_id = any($1) and import = $2', [leadIds, id]);
  const { rows } = await client.query<{ lead_id: string; kind: 'email' | 'phone'; value: string }>(
    `select distinct on (lead_id, kind) lead_id, kind, value from identity i where lead_id = any($1) and kind in ('email', 'phone')
        and not exists (select 1 from identity s where s.lead_id = i.lead_id and s.kind = i.kind and s.sends)
      order by lead_id, kind, created_at desc`,
    [leadIds],
  );
  for (const { lead_id, ...contact } of rows) await writeTo(client, lead_id, contact);
}

/** When everybody is dealt with: the rows are forgotten, so that the same file may be imported anew. False for an unknown import. */
export async function endUndo(db: Database, { id, by, because }: Ask<'endUndo'>): Promise<Reply<'endUndo'>> {
  return db.transaction(async (client) => {
    const { rowCount } = await client.query('update import set undone_at = now(), undone_by = $2, undone_because = $3 where id = $1', [
      id,
      by,
      because,
    ]);
    await client.query('delete from import_before where import = $1', [id]);
    await client.query('delete from import_row where import = $1', [id]);
    await client.query(`delete from import_batch where regexp_replace(batch, '/\\d+$', '') = $1`, [id]);
    return { undone: rowCount === 1 };
  });
}
