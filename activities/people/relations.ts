/** Who stands near a person: the rep who has them, who referred them. Answers ids and names; knows no rule. */
import type { Identity } from '../../events/hashes';
import type { Rep } from '../ports';
import type { Database } from './database';
import { identify } from './identities';
import { fullName } from '../../events/list/profile';
import { profileOf, type ProfileRow } from './profile';

type Db = Pick<Database, 'query'>;

/** Of the newest hand-off that was neither rejected nor taken back. */
export async function ownerOf(db: Db, leadId: string): Promise<Rep | undefined> {
  const { rows } = await db.query<Rep>(
    `select r.id, r.name, r.email from hand_off h join rep r on r.id = h.rep_id
      where h.lead_id = $1 and r.active and h.status not in ('rejected', 'withdrawn') order by h.number desc limit 1`,
    [leadId],
  );
  return rows[0];
}

/** `Referred by`, `referred_by` and `referredBy` are one column of a list. */
export const isReferredBy = (field: string): boolean => field.toLowerCase().replace(/[^a-z]/g, '') === 'referredby';

export type Referrer = { readonly leadId: string; readonly name?: string };

export async function referrerOf(db: Db, secret: string, leadId: string, named?: string): Promise<Referrer | undefined> {
  const texts = named === undefined ? [] : [named];
  const { rows } = await db.query<{ extra: Readonly<Record<string, string>> }>('select extra from profile where lead_id = $1', [leadId]);
  texts.push(...Object.entries(rows[0]?.extra ?? {}).flatMap(([field, value]) => (isReferredBy(field) ? [value] : [])));
  const meant = texts.flatMap((text): Identity[] => {
    const value = text.trim();
    return [
      { kind: 'lead', value },
      { kind: value.includes('@') ? 'email' : 'external', value },
    ];
  });
  const found = (await identify(db, secret, meant)).find((one) => one?.as === 'lead' && one.leadId !== leadId);
  if (found?.as !== 'lead') return undefined;
  const profile = (await db.query<ProfileRow>('select * from profile where lead_id = $1', [found.leadId])).rows[0];
  const name = profile === undefined ? undefined : fullName(profileOf(profile));
  return { leadId: found.leadId, ...(name === undefined ? {} : { name }) };
}
