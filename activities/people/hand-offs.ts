/** Hand-offs as reps see them: whose, where they stand, by when. Written by assignment and by the projector; the lead's log is the authority. */
import type { Ask, HandOffRow, Reply } from '../../events/requests';
import type { Client, Database } from './database';

/** One step of a hand-off, as the projector reads it in the log. */
export type HandOffStep = {
  readonly leadId: string;
  readonly handOff: number;
  readonly status: HandOffRow['status'];
  /** Absent where the step names none. */
  readonly rep?: string;
  /** Engine's clock. */
  readonly at: number;
};

const closed: ReadonlySet<HandOffRow['status']> = new Set<HandOffRow['status']>(['withdrawn', 'rejected', 'won', 'lost']);

/** Bears repetition and a rebuild: an older step than the one known changes nothing, the same one is in the history once. */
export async function recordHandOff(client: Client, { leadId, handOff, status, rep, at }: HandOffStep): Promise<void> {
  const step = JSON.stringify([{ status, at, ...(rep === undefined ? {} : { rep }) }]);
  await client.query(
    `insert into hand_off as h (lead_id, number, rep_id, status, status_ms, history) values ($1, $2, coalesce($4, ''), $3, $5, $6)
     on conflict (lead_id, number) do update set
       status = case when $5 >= h.status_ms then $3 else h.status end,
       rep_id = case when $5 >= h.status_ms then coalesce($4, h.rep_id) else h.rep_id end,
       status_ms = greatest(h.status_ms, $5),
       history = case when h.history @> $6::jsonb then h.history else h.history || $6::jsonb end`,
    [leadId, handOff, status, rep ?? null, at, step],
  );
  // What is over waits for nobody's answer.
  if (closed.has(status))
    await client.query(`update hand_off_gate set state = 'dropped' where lead_id = $1 and number = $2 and state = 'held'`, [
      leadId,
      handOff,
    ]);
}

type Row = {
  readonly lead_id: string;
  readonly number: number;
  readonly rep_id: string;
  readonly rep_name: string | null;
  readonly person: string | null;
  readonly address: string | null;
  readonly status: HandOffRow['status'];
  readonly accept_by_ms: number | null;
  readonly contact_by_ms: number | null;
};

/** Most pressing first. `open`: neither closed nor withdrawn. `rep`: id, address or name. */
export async function listHandOffs(db: Pick<Database, 'query'>, { open, rep }: Ask<'handOffs'>): Promise<Reply<'handOffs'>> {
  const { rows } = await db.query<Row>(
    `select h.lead_id, h.number, h.rep_id, r.name as rep_name, e.address, h.status, h.accept_by_ms, h.contact_by_ms,
            coalesce(p.name, nullif(concat_ws(' ', p.first_name, p.last_name), '')) as person
       from hand_off h left join rep r on r.id = h.rep_id left join profile p on p.lead_id = h.lead_id left join email_standing e on e.lead_id = h.lead_id
      where ($1::boolean is null or (h.status in ('offered', 'accepted', 'contacted')) = $1)
        and ($2::text is null or h.rep_id = $2 or lower(r.email) = lower($2) or lower(r.name) = lower($2))
      order by h.contact_by_ms nulls last, h.lead_id, h.number`,
    [open ?? null, rep ?? null],
  );
  return {
    handOffs: rows.map((row) => ({
      leadId: row.lead_id,
      handOff: row.number,
      rep: row.rep_id,
      repName: row.rep_name ?? row.rep_id,
      status: row.status,
      contactBy: row.contact_by_ms ?? 0,
      ...(row.accept_by_ms === null ? {} : { acceptBy: row.accept_by_ms }),
      ...(row.person === null ? {} : { name: row.person }),
      ...(row.address === null ? {} : { email: row.address }),
    })),
  };
}
