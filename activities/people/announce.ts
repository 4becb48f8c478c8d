/** Codes the profile anew and, when traits or consent changed, tells the lead through the outbox under the next version. Knows no rule of scoring. */
import type { ConsentCodes, Traits } from '../../events/stripped';
import type { Client } from './database';
import { writeOutbox } from './outbox';
import { profileOf, type ProfileRow } from './profile';
import { traitsOf } from './traits';

type Standing = ProfileRow & {
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

/** Locks the lead. True when a new version was told; an erased or unknown lead is told nothing. */
export async function announce(client: Client, secret: string, leadId: string): Promise<boolean> {
  await client.query('select 1 from lead where id = $1 for update', [leadId]);
  const { rows } = await client.query<Standing>(
    `select p.*, l.source as lead_source, l.profile_version, l.traits as told_traits, l.consent as told_consent, e.address, e.consent as state, e.suppressed
       from lead l join profile p on p.lead_id = l.id join email_standing e on e.lead_id = l.id where l.id = $1 and l.erased_at is null`,
    [leadId],
  );
  const row = rows[0];
  if (row === undefined) return false;
  const domain = row.address?.slice(row.address.lastIndexOf('@') + 1);
  const traits = traitsOf(profileOf(row), {
    secret,
    ...(domain === undefined ? {} : { domain }),
    ...(row.lead_source === null ? {} : { source: row.lead_source }),
  });
  const consent: ConsentCodes = { email: row.suppressed === null ? row.state : 'withdrawn' };
  if (row.profile_version > 0 && equal(traits, row.told_traits) && equal(consent, row.told_consent)) return false;
  const version = row.profile_version + 1;
  await client.query('update lead set profile_version = $2, traits = $3, consent = $4 where id = $1', [
    leadId,
    version,
    JSON.stringify(traits),
    JSON.stringify(consent),
  ]);
  await writeOutbox(client, 'profile.changed', { leadId, version, traits, consent });
  return true;
}
