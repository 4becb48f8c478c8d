/** What was imported and what became of it: rows by outcome, and of the people it made how many were mailed, bounced, engaged and bought. Changes nothing. */
import type { Ask, Reply } from '../../events/requests';
import type { Database } from './database';

type Row = {
  readonly id: string;
  readonly file: string | null;
  readonly list: string;
  readonly source: string;
  readonly vendor: string | null;
  readonly by: string;
  readonly cost_cents: number | null;
  readonly currency: string | null;
  readonly sample: boolean;
  readonly began_at: Date;
  readonly undone_at: Date | null;
  readonly outcomes: Readonly<Record<string, number>> | null;
  readonly mailed: number;
  readonly bounced: number;
  readonly engaged: number;
  readonly customers: number;
};

const mostImports = 200;

/** Newest first. `vendor`: of that vendor only. */
export async function listImports(db: Pick<Database, 'query'>, { vendor, id }: Ask<'imports'>): Promise<Reply<'imports'>> {
  const { rows } = await db.query<Row>(
    `select i.*, o.outcomes, p.mailed::int, p.bounced::int, p.engaged::int, p.customers::int
       from import i
       left join lateral (
         select jsonb_object_agg(t.outcome, t.n) as outcomes from (
           select r.outcome->>'as' as outcome, count(*) as n from import_row r where r.import = i.id group by 1) t) o on true
       left join lateral (
         select count(*) filter (where exists (select 1 from send_ledger s where s.lead_id = c.lead_id and s.state = 'sent')) as mailed,
                count(*) filter (where exists (select 1 from suppression u join identity d on d.key = u.key
                                                where d.lead_id = c.lead_id and u.kind = 'bounce')) as bounced,
                count(*) filter (where s.folded ? 'engagedAt') as engaged,
                count(*) filter (where s.qualification = 'customer') as customers
           from (select distinct r.outcome->>'leadId' as lead_id from import_row r
                  where r.import = i.id and r.outcome->>'as' = 'created') c
           left join lead_summary s on s.lead_id = c.lead_id) p on true
      where ($1::text is null or i.vendor = $1) and ($2::text is null or i.id = $2)
      order by i.began_at desc limit $3`,
    [vendor ?? null, id ?? null, mostImports],
  );
  return { imports: rows.map(importOf) };
}

function importOf(row: Row): Reply<'imports'>['imports'][number] {
  const { id, list, source, by, sample, outcomes, mailed, bounced, engaged, customers } = row;
  return {
    id,
    list,
    source,
    by,
    sample,
    beganAt: row.began_at.getTime(),
    outcomes: outcomes ?? {},
    since: { mailed, bounced, engaged, customers },
    ...(row.file === null ? {} : { file: row.file }),
    ...(row.vendor === null ? {} : { vendor: row.vendor }),
    ...(row.cost_cents === null ? {} : { cost: { cents: row.cost_cents, currency: row.currency ?? '' } }),
    ...(row.undone_at === null ? {} : { undoneAt: row.undone_at.getTime() }),
  };
}
