/** Pairs of people who look alike and are two, as somebody said: they are not shown again. Knows no likeness. */
import type { Ask, Reply } from '../../events/requests';
import type { Database } from './database';

/** With `pair` it is kept, in either order; answers all that are kept. */
export async function notDuplicates(db: Pick<Database, 'query'>, { pair, by }: Ask<'notDuplicates'>): Promise<Reply<'notDuplicates'>> {
  if (pair !== undefined) {
    const [one, other] = pair.toSorted();
    await db.query('insert into not_duplicate (one, other, by) values ($1, $2, $3) on conflict do nothing', [one, other, by]);
  }
  const { rows } = await db.query<{ one: string; other: string }>('select one, other from not_duplicate');
  return { pairs: rows.map(({ one, other }) => [one, other] as const) };
}
