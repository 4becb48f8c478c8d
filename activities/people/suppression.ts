/** Who must not be contacted, by keyed hash of address, number, domain or lead. In force when the transaction ends. Knows no mail server. */
import type { Channel } from '../../events/stripped';
import type { Client, Database } from './database';
import { parseAddress } from '../../events/list/address';
import { claimOf, type StoredKind } from './identities';
import { suppressionKey } from './keys';

export const suppressionKinds = ['erasure', 'complaint', 'bounce', 'operator', 'opt-out'] as const;
/** Strictest first: an opt-out stops marketing, everything else service too. */
export type SuppressionKind = (typeof suppressionKinds)[number];

export type Suppression = {
  readonly channel: Channel | 'all';
  readonly kind: SuppressionKind;
  /** For people who ask why; no personal data. */
  readonly because: string;
  /** Engine's clock. */
  readonly at: number;
  readonly by: string;
};

/** What the CLI calls `who`, as the store knows it. */
export type Target = {
  readonly leadIds: readonly string[];
  /** Suppression keys: of the person's identities and the lead, or of a bare address, number or domain. */
  readonly keys: readonly string[];
};

/** A lead id, an address, a number with its country code, or `@domain`. `undefined` for what is none of them and nobody we know. */
export async function targetOf(db: Pick<Database, 'query'>, secret: string, who: string): Promise<Target | undefined> {
  const text = who.trim();
  if (text.startsWith('@')) return domainTarget(db, secret, text);
  const kinds: readonly StoredKind[] = text.includes('@') ? ['email'] : ['phone', 'external'];
  const claims = kinds.flatMap((kind) => claimOf(secret, kind, text) ?? []);
  const { rows } = await db.query<{ id: string; key: string; keys: readonly string[] | null }>(
    `select l.id, l.key, array(select i.key from identity i where i.lead_id = l.id) as keys from lead l
      where l.id = $1 or l.id = (select i.lead_id from identity i where (i.kind, i.value) in (select * from unnest($2::text[], $3::text[]))
                                  order by array_position($2::text[], i.kind) limit 1)`,
    [text, claims.map(({ kind }) => kind), claims.map(({ value }) => value)],
  );
  const found = rows[0];
  // Only addresses and numbers are worth remembering for strangers.
  const bare = claims.filter(({ kind }) => kind !== 'external').map(({ key }) => key);
  if (found === undefined) return bare.length === 0 ? undefined : { leadIds: [], keys: bare };
  return { leadIds: [found.id], keys: [...new Set([found.key, ...(found.keys ?? []), ...bare])] };
}

async function domainTarget(db: Pick<Database, 'query'>, secret: string, text: string): Promise<Target | undefined> {
  const parsed = parseAddress(`postmaster${text}`);
  if (parsed.as === 'refused') return undefined;
  const key = suppressionKey(secret, 'domain', parsed.address.domain);
  const { rows } = await db.query<{ lead_id: string }>('select distinct lead_id from identity where domain_key = $1 order by 1', [key]);
  return { leadIds: rows.map(({ lead_id }) => lead_id), keys: [key] };
}

/** How many entries are new; the same again adds none. */
export async function addSuppression(
  client: Client,
  keys: readonly string[],
  { channel, kind, because, at, by }: Suppression,
): Promise<number> {
  const { rowCount } = await client.query(
    `insert into suppression (key, channel, kind, because, at_ms, by) select key, $2, $3, $4, $5, $6 from unnest($1::text[]) as key
     on conflict (key, channel, kind) where lifted_at is null do nothing`,
    [keys, channel, kind, because, at, by],
  );
  return rowCount ?? 0;
}

/** Complaints and erasures stay for ever. Lifted entries stay as evidence. `all` lifts every channel. */
export async function liftSuppression(
  client: Client,
  keys: readonly string[],
  channel: Channel | 'all',
  why: { readonly by: string; readonly because: string },
): Promise<number> {
  const { rowCount } = await client.query(
    `update suppression set lifted_at = now(), lifted_by = $3, lifted_because = $4
      where key = any($1) and ($2 = 'all' or channel = $2) and lifted_at is null and kind not in ('complaint', 'erasure')`,
    [keys, channel, why.by, why.because],
  );
  return rowCount ?? 0;
}

/** The strictest open reason for any of the keys. */
export async function suppressedReason(db: Pick<Database, 'query'>, keys: readonly string[]): Promise<SuppressionKind | undefined> {
  const { rows } = await db.query<{ kind: SuppressionKind }>(
    'select kind from suppression where key = any($1) and lifted_at is null order by array_position($2::text[], kind) limit 1',
    [keys, suppressionKinds],
  );
  return rows[0]?.kind;
}
