/** How many people became unreachable by mail in the last year: by a bounce, a complaint or their own word. Changes nothing. */
import type { Reply } from '../../events/requests';
import type { Database } from './database';

const yearMs = 365 * 86_400_000;

/** `now`: engine's clock, in which suppressions are dated. `sinceAt`: real clock, when the first of them became known. */
export async function lostPeople(db: Pick<Database, 'query'>, now: number): Promise<Reply<'lost'>> {
  const { rows } = await db.query<{ lost: number; since_ms: number | null }>(
    `select (select count(distinct i.lead_id)::int from suppression s join identity i on s.key in (i.key, i.domain_key)
              where s.lifted_at is null and s.kind in ('bounce', 'complaint', 'opt-out') and s.at_ms > $1) as lost,
            (select (extract(epoch from min(created_at)) * 1000)::bigint from lead) as since_ms`,
    [now - yearMs],
  );
  return { lost: rows[0]?.lost ?? 0, sinceAt: rows[0]?.since_ms ?? now };
}
