/** How many people have which code, and how many of them are customers. Tells codes and numbers, never a person. */
import type { Ask, Reply } from '../../events/requests';
import type { Database } from './database';

type Row = { readonly field: string | null; readonly value: string | null; readonly people: number; readonly won: number };

/** Fewer people with a value lead to no conclusion, and a value of few could name them. */
const least = 5;

export async function traitCounts(db: Pick<Database, 'query'>, { among }: Ask<'traitCounts'>): Promise<Reply<'traitCounts'>> {
  const values: unknown[] = [least];
  const only = Object.entries(among)
    .map(([field, codes]) => {
      values.push(field, codes);
      return ` and l.traits->>$${values.length - 1}::text = any($${values.length}::text[])`;
    })
    .join('');
  // One statement, so that all counts are of the same moment.
  const { rows } = await db.query<Row>(
    `with chosen as (
       select l.id, l.traits, coalesce(s.qualification = 'customer', false) as won from lead l left join lead_summary s on s.lead_id = l.id
        where l.erased_at is null and l.merged_into is null${only}),
     coded as (
       select t.key as field, t.value #>> '{}' as value, c.won from chosen c, jsonb_each(c.traits) t where jsonb_typeof(t.value) in ('string', 'boolean'))
     select null as field, null as value, count(*)::int as people, count(*) filter (where won)::int as won from chosen
     union all
     select field, value, count(*)::int, count(*) filter (where won)::int from coded group by grouping sets ((field), (field, value))
     having grouping(value) = 1 or count(*) >= $1
     order by field nulls first, people desc, value`,
    values,
  );
  const all = rows.find(({ field }) => field === null);
  return {
    people: all?.people ?? 0,
    won: all?.won ?? 0,
    known: Object.fromEntries(
      rows.flatMap(({ field, value, people, won }) => (field === null || value !== null ? [] : [[field, { people, won }]])),
    ),
    values: rows.flatMap(({ field, value, people, won }) => (field === null || value === null ? [] : [{ field, value, people, won }])),
  };
}
