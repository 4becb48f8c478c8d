/** Codes profiles anew and, where traits or consent changed, tells the lead through the outbox under the next version. Knows no rule of scoring. */
import type { ConsentCodes, Traits } from '../../events/stripped';
import type { OwnFields } from '../../events/list/own-fields';
import type { Client } from './database';
import { importRulesOf } from './import-rules';
import { writeOutbox } from './outbox';
import { profileOf, type ProfileRow } from './profile';
import { traitsOf } from './traits';

type Standing = ProfileRow & {
  readonly lead_id: string;
  readonly lead_source: string | null;
  readonly profile_version: number;
  readonly told_traits: Traits;
  readonly told_consent: ConsentCodes;
  readonly address: string | null;
  readonly state: 'granted' | 'withdrawn' | 'none';
  readonly suppressed: string | null;
};

/** Key order of stored JSON is not ours. */
const equal = (a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): boolean => {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
};

/** Locks the leads, in one order. Erased and unknown ones are told nothing. Returns how many were told something new. */
export async function announce(client: Client, secret: string, leadIds: readonly string[]): Promise<number> {
  if (leadIds.length === 0) return 0;
  await client.query('select 1 from lead where id = any($1) order by id for update', [leadIds]);
  const { rows } = await client.query<Standing>(
    `select p.*, l.source as lead_source, l.profile_version, l.traits as told_traits, l.consent as told_consent, e.address, e.consent as state, e.suppressed
       from unnest($1::text[]) with ordinality as a(id, n) join lead l on l.id = a.id and l.erased_at is null
       join profile p on p.lead_id = l.id join email_standing e on e.lead_id = l.id order by a.n`,
    [leadIds],
  );
  const { fields } = await importRulesOf(client);
  const news = rows.flatMap((row) => newsOf(row, secret, fields) ?? []);
  if (news.length === 0) return 0;
  await client.query(
    `update lead l set profile_version = n.version, traits = n.traits, consent = n.consent
       from jsonb_to_recordset($1) as n("leadId" text, version integer, traits jsonb, consent jsonb) where l.id = n."leadId"`,
    [JSON.stringify(news)],
  );
  await writeOutbox(
    client,
    news.map((data) => ({ type: 'profile.changed', data })),
  );
  return news.length;
}

type News = { readonly leadId: string; readonly version: number; readonly traits: Traits; readonly consent: ConsentCodes };

/** `undefined` where the lead knows all of it. */
function newsOf(row: Standing, secret: string, own: OwnFields = {}): News | undefined {
  const domain = row.address?.slice(row.address.lastIndexOf('@') + 1);
  const traits = traitsOf(profileOf(row), {
    secret,
    own,
    ...(domain === undefined ? {} : { domain }),
    ...(row.lead_source === null ? {} : { source: row.lead_source }),
  });
  const consent: ConsentCodes = { email: row.suppressed === null ? row.state : 'withdrawn' };
  if (row.profile_version > 0 && equal(traits, row.told_traits) && equal(consent, row.told_consent)) return undefined;
  return { leadId: row.lead_id, version: row.profile_version + 1, traits, consent };
}
