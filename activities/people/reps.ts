/** Sales reps and whose turn it is. Knows no lead but by id. */
import type { Reply } from '../../events/requests';
import type { AssignRep } from '../../workflows/core/effects';
import type { Rep } from '../ports';
import type { Client, Database } from './database';
import { newRepId } from './keys';

type Db = Pick<Database, 'query'>;

/** Any number all assigning processes agree on: two at once would both see the same rep as next. */
const turnLock = 7_261_072;

/** The rep of the lead's account, else the next active one in turn, that is not in `not`. Asked again for the hand-off it answers the same rep, unless that one is in `not` or has left. */
export function assign(db: Database, leadId: string, effect: AssignRep): Promise<Rep | undefined> {
  return db.transaction(async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [turnLock]);
    const held = await client.query<Rep>(
      `select r.id, r.name, r.email from hand_off h join rep r on r.id = h.rep_id
        where h.lead_id = $1 and h.number = $2 and r.active and not r.id = any($3)`,
      [leadId, effect.handOff, effect.not],
    );
    if (held.rows[0] !== undefined) return held.rows[0];
    const owner = await accountOwner(client, leadId, effect.not);
    if (owner !== undefined) {
      await offer(client, leadId, effect, owner.id);
      return owner;
    }
    const { rows } = await client.query<Rep>(
      `update rep set turn = nextval('rep_turn'), last_assigned_at = now()
        where id = (select id from rep where active and not id = any($1) order by turn, created_at, id limit 1) returning id, name, email`,
      [effect.not],
    );
    if (rows[0] !== undefined) await offer(client, leadId, effect, rows[0].id);
    return rows[0];
  });
}

/** One rep for one company: who has, or last had, a hand-off of another member of the lead's account that was not rejected. Keeps their turn. */
async function accountOwner(client: Client, leadId: string, not: readonly string[]): Promise<Rep | undefined> {
  const { rows } = await client.query<Rep>(
    `select r.id, r.name, r.email from lead l
       join lead colleague on colleague.traits->>'account' = l.traits->>'account' and colleague.id <> l.id and colleague.erased_at is null
       join hand_off h on h.lead_id = colleague.id and h.status not in ('rejected', 'withdrawn') join rep r on r.id = h.rep_id
      where l.id = $1 and r.active and not r.id = any($2)
      order by (h.status in ('offered', 'accepted', 'contacted')) desc, h.status_ms desc, h.contact_by_ms desc, r.id limit 1`,
    [leadId, not],
  );
  return rows[0];
}

/** `status_ms` stays 0 until the log tells when: the projector follows with the engine's clock. */
async function offer(client: Client, leadId: string, { handOff, rule, acceptBy, contactBy }: AssignRep, repId: string): Promise<void> {
  await client.query(
    `insert into hand_off (lead_id, number, rule, rep_id, status, status_ms, accept_by_ms, contact_by_ms) values ($1, $2, $3, $4, 'offered', 0, $5, $6)
     on conflict (lead_id, number) do update set rule = $3, rep_id = $4, status = 'offered', accept_by_ms = $5, contact_by_ms = $6`,
    [leadId, handOff, rule, repId, acceptBy ?? null, contactBy],
  );
}

/** Their turn is over with the asking. `undefined`: no rep is active. */
export function nextRep(db: Database): Promise<Rep | undefined> {
  return db.transaction(async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [turnLock]);
    const { rows } = await client.query<Rep>(
      `update rep set turn = nextval('rep_turn') where id = (select id from rep where active order by turn, created_at, id limit 1) returning id, name, email`,
    );
    return rows[0];
  });
}

export async function repById(db: Db, id: string): Promise<Rep | undefined> {
  const { rows } = await db.query<Rep>('select id, name, email from rep where id = $1', [id]);
  return rows[0];
}

/** Somebody with this address is taken on again under the name given; the id stays. */
export async function addRep(
  db: Db,
  rep: { readonly name: string; readonly email: string; readonly by: string },
): Promise<Reply<'addRep'>> {
  const { rows } = await db.query<{ id: string }>(
    `insert into rep (id, name, email, added_by) values ($1, $2, $3, $4)
     on conflict (lower(email)) do update set name = excluded.name, active = true returning id`,
    [newRepId(), rep.name.trim(), rep.email.trim(), rep.by],
  );
  return { id: rows[0]?.id ?? '' };
}

/** A rep who is not active keeps what they have and gets nothing new. False for an unknown rep. */
export async function setRepActive(db: Db, id: string, active: boolean): Promise<boolean> {
  const { rowCount } = await db.query('update rep set active = $2 where id = $1', [id, active]);
  return rowCount === 1;
}

export async function listReps(db: Db): Promise<Reply<'reps'>> {
  const { rows } = await db.query<Reply<'reps'>['reps'][number]>(
    `select r.id, r.name, r.email, r.active, (select count(*) from hand_off h where h.rep_id = r.id and h.status in ('offered', 'accepted', 'contacted'))::int as open
       from rep r order by r.name, r.id`,
  );
  return { reps: rows };
}
