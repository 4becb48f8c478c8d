/** The `People` port on Postgres: what activities may know of a person, whose turn a rep's is, and the operator's hold. Knows no rule. */
import type { ConsentCodes, Traits } from '../../events/stripped';
import type { Addressee, People } from '../ports';
import type { Database } from './database';
import { fullName, type Profile } from '../../events/list/profile';
import { profileOf, type ProfileRow } from './profile';
import { ownerOf, referrerOf } from './relations';
import { assign, nextRep, repById } from './reps';
import { unsubscribeToken } from './tokens';

type AddresseeRow = ProfileRow & { readonly address: string | null };

/** Fields a template may name; absent where they are not known. */
export function templateFields(profile: Profile, email?: string): Readonly<Record<string, string | number | boolean>> {
  const { firstName, lastName, company, title, phone, industry, country, city, region, language, interest, purchase, employees, website } =
    profile;
  const fields = {
    firstName,
    lastName,
    name: fullName(profile),
    company,
    title,
    role: title,
    email,
    phone,
    industry,
    country,
    city,
    region,
    language,
    interest,
    purchase,
    employees,
    website,
  };
  return Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** `secret` signs the unsubscribe links. */
export function postgresPeople(db: Database, secret: string): People {
  return {
    async addressee(leadId) {
      const { rows } = await db.query<AddresseeRow>(
        'select p.*, e.address from profile p join email_standing e on e.lead_id = p.lead_id where p.lead_id = $1 and not e.erased',
        [leadId],
      );
      const row = rows[0];
      return row === undefined ? undefined : addresseeOf(leadId, profileOf(row), row.address ?? undefined, secret);
    },
    async profile(leadId) {
      const { rows } = await db.query<{ version: number; traits: Traits; consent: ConsentCodes }>(
        'select profile_version as version, traits, consent from lead where id = $1 and erased_at is null',
        [leadId],
      );
      return rows[0];
    },
    async erased(leadId) {
      const { rowCount } = await db.query('select 1 from lead where id = $1 and erased_at is not null', [leadId]);
      return rowCount === 1;
    },
    assign: (leadId, effect) => assign(db, leadId, effect),
    rep: (id) => repById(db, id),
    nextRep: () => nextRep(db),
    owner: (leadId) => ownerOf(db, leadId),
    referrer: (leadId, named) => referrerOf(db, secret, leadId, named),
    async hold(leadId, held) {
      await setHold(db, leadId, held);
    },
  };
}

export function addresseeOf(leadId: string, profile: Profile, email: string | undefined, secret: string): Addressee {
  return {
    leadId,
    person: templateFields(profile, email),
    unsubscribeToken: unsubscribeToken(secret, leadId),
    ...(email === undefined ? {} : { email }),
    ...(profile.zone === undefined ? {} : { zone: profile.zone }),
  };
}

/** In force for the next `take` of the ledger. False for an unknown lead. */
export async function setHold(db: Pick<Database, 'query'>, leadId: string, held: boolean): Promise<boolean> {
  const { rowCount } = await db.query('update lead set held = $2 where id = $1', [leadId, held]);
  return rowCount === 1;
}
