/** Stops messages before they go out: all of them, or those of one campaign. In force when the statement ends. Knows no campaign. */
import type { SendingHold } from '../../events/campaign-requests';
import type { Client, Database } from './database';

type Db = Pick<Database, 'query'> | Pick<Client, 'query'>;

/** Everything. No campaign can be called so. */
export const allSending = '*';

/** False when it was held already; the first reason stays. */
export async function holdSending(db: Db, { scope, because, says, by, sinceAt }: SendingHold): Promise<boolean> {
  const { rowCount } = await db.query(
    'insert into sending_hold (scope, because, says, by, since_ms) values ($1, $2, $3, $4, $5) on conflict (scope) do nothing',
    [scope, because, says, by, sinceAt],
  );
  return rowCount === 1;
}

/** False when nothing was held. What was sent before `at` is not held against the campaign any more. */
export async function freeSending(db: Db, scope: string, at: number): Promise<boolean> {
  const { rowCount } = await db.query('delete from sending_hold where scope = $1', [scope]);
  await db.query(
    'insert into sending_judged (scope, from_ms) values ($1, $2) on conflict (scope) do update set from_ms = excluded.from_ms',
    [scope, at],
  );
  return rowCount === 1;
}

/** Oldest first. */
export async function sendingHolds(db: Db): Promise<readonly SendingHold[]> {
  const { rows } = await db.query<Omit<SendingHold, 'sinceAt'> & { readonly since_ms: number }>(
    'select scope, because, says, by, since_ms from sending_hold order by since_ms, scope',
  );
  return rows.map(({ since_ms, ...hold }) => ({ ...hold, sinceAt: Number(since_ms) }));
}
