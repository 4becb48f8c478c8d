/** Who has which address, number or id: unique in the database, so of two who claim one the first has it. Knows no profile. */
import type { Identity } from '../../events/hashes';
import { contactOf, type Contact, type ContactKind } from '../../events/list/contacts';
import type { Identified } from '../../events/ports';
import type { Client, Database } from './database';
import { suppressionKey } from './keys';

export type StoredKind = ContactKind;
/** A contact and what it is suppressed by. */
export type Claim = Omit<Contact, 'domain'> & { readonly key: string; readonly domainKey?: string };

export const keyed = (secret: string, { domain, ...contact }: Contact): Claim => ({
  ...contact,
  key: suppressionKey(secret, contact.kind, contact.value),
  ...(domain === undefined ? {} : { domainKey: suppressionKey(secret, 'domain', domain) }),
});

/** `undefined` for what cannot be anybody's: no address, no number. `country`: by which a national number is read. */
export function claimOf(secret: string, kind: StoredKind, text: string, country?: string): Claim | undefined {
  const contact = contactOf(kind, text, country);
  return contact === undefined ? undefined : keyed(secret, contact);
}

/** How many the leads have now that nobody had before. The first of its kind is the one written to. */
export async function takeIdentities(
  client: Client,
  taken: readonly { readonly leadId: string; readonly claim: Claim }[],
): Promise<number> {
  if (taken.length === 0) return 0;
  const { rowCount } = await client.query(
    `insert into identity (kind, value, lead_id, written, key, domain_key, sends)
     select kind, value, "leadId", written, key, "domainKey",
            row_number() over (partition by "leadId", kind order by n) = 1 and not exists (select 1 from identity i where i.lead_id = "leadId" and i.kind = t.kind and i.sends)
       from rows from (jsonb_to_recordset($1) as ("leadId" text, kind text, value text, written text, key text, "domainKey" text))
            with ordinality as t("leadId", kind, value, written, key, "domainKey", n)
     on conflict (kind, value) do nothing`,
    [JSON.stringify(taken.map(({ leadId, claim }) => ({ leadId, ...claim })))],
  );
  return rowCount ?? 0;
}

/** Mails and calls go to this one of the lead's identities from now on. */
export async function writeTo(client: Client, leadId: string, { kind, value }: Pick<Claim, 'kind' | 'value'>): Promise<void> {
  // Two statements: the index that allows one per kind is checked row by row.
  await client.query('update identity set sends = false where lead_id = $1 and kind = $2 and value <> $3 and sends', [leadId, kind, value]);
  await client.query('update identity set sends = true where lead_id = $1 and kind = $2 and value = $3 and not sends', [
    leadId,
    kind,
    value,
  ]);
}

/** One query for all. Answers in the order asked; erased people are told from strangers. */
export async function identify(
  db: Pick<Database, 'query'>,
  secret: string,
  identities: readonly Identity[],
): Promise<readonly Identified[]> {
  const claims = identities.map(({ kind, value }) =>
    kind === 'lead' ? { kind, value, key: '' } : (claimOf(secret, kind, value) ?? { kind: 'none', value: '', key: '' }),
  );
  const { rows } = await db.query<{ n: number; lead_id: string | null; erased: boolean }>(
    `select a.n::int as n, l.id as lead_id, l.erased_at is not null or x.key is not null as erased
       from unnest($1::text[], $2::text[], $3::text[]) with ordinality as a(kind, value, key, n)
       left join identity i on i.kind = a.kind and i.value = a.value
       left join lead o on o.id = case when a.kind = 'lead' then a.value else i.lead_id end
       left join lead l on l.id = coalesce(o.merged_into, o.id)
       left join erased_identity x on x.key = a.key and l.id is null
      where l.id is not null or x.key is not null`,
    [claims.map(({ kind }) => kind), claims.map(({ value }) => value), claims.map(({ key }) => key)],
  );
  const answers: Identified[] = identities.map(() => undefined);
  for (const { n, lead_id, erased } of rows)
    answers[n - 1] = erased ? { as: 'erased' } : lead_id === null ? undefined : { as: 'lead', leadId: lead_id };
  return answers;
}
