/** Everybody as a list: what tells people from one another, and what hygiene asks of them. Changes nothing. */
import type { Ask, Reply } from '../../events/requests';
import type { Database } from './database';
import { profileOf, type ProfileRow } from './profile';

type Row = ProfileRow & {
  readonly lead_id: string;
  readonly address: string | null;
  readonly suppressed: string | null;
  readonly state: string;
  readonly known_ms: number;
  readonly engaged_ms: number | null;
  readonly mailed_ms: number | null;
  readonly mails: number;
  readonly sequence: string | null;
};
const page = 1_000;

export async function peoplePage(db: Pick<Database, 'query'>, { after = '' }: Ask<'peoplePage'>): Promise<Reply<'peoplePage'>> {
  const { rows } = await db.query<Row>(
    `select p.*, e.address, e.suppressed, e.consent as state, (extract(epoch from l.created_at) * 1000)::bigint as known_ms,
            (s.folded->>'engagedAt')::bigint as engaged_ms, s.sequence, m.mailed_ms, coalesce(m.mails, 0)::int as mails
       from lead l join profile p on p.lead_id = l.id join email_standing e on e.lead_id = l.id
       left join lead_summary s on s.lead_id = l.id
       left join lateral (select max(g.called_ms) as mailed_ms, count(*) as mails from send_ledger g
                           where g.lead_id = l.id and g.kind = 'lead' and g.state = 'sent') m on true
      where l.erased_at is null and l.id > $1 order by l.id limit ${page}`,
    [after],
  );
  return { people: rows.map(personOf), ...(rows.length < page ? {} : { next: rows.at(-1)?.lead_id ?? '' }) };
}

function personOf(row: Row): Reply<'peoplePage'>['people'][number] {
  const { zoneGuessed: _guessed, customer, extra, ...texts } = profileOf(row);
  const optional = { email: row.address, suppressed: row.suppressed, engagedAt: row.engaged_ms, mailedAt: row.mailed_ms };
  return {
    leadId: row.lead_id,
    fields: { ...extra, ...texts },
    customer: customer === true,
    consent: row.state,
    knownAt: row.known_ms,
    mails: row.mails,
    sequences: (row.sequence ?? '').split(' ').filter((id) => id !== ''),
    ...(Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== null)) as {
      readonly email?: string;
      readonly suppressed?: string;
      readonly engagedAt?: number;
      readonly mailedAt?: number;
    }),
  };
}
