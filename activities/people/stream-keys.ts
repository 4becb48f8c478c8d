/** Under which subjects a person's messages lie in ENGAGEMENT and REJECTED: keyed hashes of every identity, as it is kept and as it is written. Knows no stream. */
import { domainToUnicode } from 'node:url';
import { identityHash } from '../../events/hashes';
import type { Database } from './database';
import type { StoredKind } from './identities';

/** Messages that name nobody's key: publishers without the secret, and inputs tried again. */
const nobodysKey = '-';

/** Each once; the lead's own and `-` too. */
export async function streamKeys(db: Pick<Database, 'query'>, secret: string, leadId: string): Promise<readonly string[]> {
  const { rows } = await db.query<{ kind: StoredKind; value: string; written: string }>(
    'select kind, value, written from identity where lead_id = $1',
    [leadId],
  );
  const named = rows.flatMap(({ kind, value, written }) => spellings(kind, value, written).map((text) => ({ kind, value: text })));
  const keys = [{ kind: 'lead' as const, value: leadId }, ...named].map((identity) => identityHash(secret, identity));
  return [...new Set([...keys, nobodysKey])];
}

/** Domains of other scripts are kept in ASCII and published as people write them. */
function spellings(kind: StoredKind, value: string, written: string): readonly string[] {
  if (kind !== 'email') return [value, written];
  return [value, written].flatMap((text) => {
    const at = text.lastIndexOf('@');
    return [text, `${text.slice(0, at)}@${domainToUnicode(text.slice(at + 1))}`];
  });
}

/** Of these events of visitors, those that the visitor's claim credited, or will credit, as events of their own. */
export async function creditedVisits(
  db: Pick<Database, 'query'>,
  visits: readonly { readonly anonymous: string; readonly id: string }[],
): Promise<readonly { readonly anonymous: string; readonly id: string }[]> {
  if (visits.length === 0) return [];
  const { rows } = await db.query<{ anonymous: string; id: string }>(
    `select anonymous_id as anonymous, event_id as id from anonymous_event
      where (anonymous_id, event_id) in (select * from unnest($1::text[], $2::text[]))`,
    [visits.map(({ anonymous }) => anonymous), visits.map(({ id }) => id)],
  );
  return rows;
}
