/** People as a terminal shows them: found by id, address or number, with consent and suppression. Knows no stream. */
import type { PersonCard, Reply } from '../../events/requests';
import type { Database } from './database';
import { fullName } from '../../events/list/profile';
import { profileOf, type ProfileRow } from './profile';
import { targetOf } from './suppression';

type Db = Pick<Database, 'query'>;
type Row = ProfileRow & {
  readonly lead_id: string;
  readonly lead_source: string | null;
  readonly address: string | null;
  readonly consent: Readonly<Record<string, string>>;
  readonly suppressed: Readonly<Record<string, string>> | null;
};

/** In the order asked; unknown and erased leads are left out. */
export async function cards(db: Db, leadIds: readonly string[]): Promise<Reply<'cards'>> {
  const { rows } = await db.query<Row>(
    `select p.*, l.source as lead_source, l.consent, e.address,
            (select jsonb_object_agg(s.channel, s.kind) from suppression s
              where s.lifted_at is null and (s.key = l.key or exists (select 1 from identity i where i.lead_id = l.id and s.key in (i.key, i.domain_key)))) as suppressed
       from unnest($1::text[]) with ordinality as a(id, n) join lead l on l.id = a.id and l.erased_at is null
       join profile p on p.lead_id = l.id join email_standing e on e.lead_id = l.id order by a.n`,
    [leadIds],
  );
  return { people: rows.map(cardOf) };
}

function cardOf(row: Row): PersonCard {
  const profile = profileOf(row);
  const card = {
    name: fullName(profile),
    email: row.address ?? undefined,
    company: profile.company,
    phone: profile.phone,
    source: profile.source ?? row.lead_source ?? undefined,
    suppressed: row.suppressed ?? undefined,
  };
  return {
    leadId: row.lead_id,
    ...Object.fromEntries(Object.entries(card).filter(([, value]) => value !== undefined)),
    consent: row.consent,
  };
}

/** A lead id, an address or a number with its country code. */
export async function findPerson(db: Db, secret: string, who: string): Promise<Reply<'find'>> {
  const target = who.trim().startsWith('@') ? undefined : await targetOf(db, secret, who);
  const leadId = target?.leadIds[0];
  const person = leadId === undefined ? undefined : (await cards(db, [leadId])).people[0];
  return person === undefined ? {} : { person };
}
