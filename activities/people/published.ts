/** Published plans, models, settings and content in Postgres: versions are added and never changed. Knows no file and no cache. */
import { digestOf, refOf } from '../../events/digest';
import type { Artefact, Reply } from '../../events/requests';
import type { Client, Database } from './database';
import { unfitToDecide } from './fit-to-decide';

export type PublishedDb = Pick<Database, 'query'>;
/** Appends to `facts.published.<digest>`; harmless when repeated. */
export type Announce = (artefact: Artefact) => Promise<void>;
export type PublishResult = Reply<'publish'>['results'][number];

/** Each in its own right: one that is refused stops no other. Announced before it counts, so that FACTS can always rebuild the store. */
export async function publishArtefacts(
  db: Pick<Database, 'transaction'>,
  artefacts: readonly Artefact[],
  by: string,
  announce?: Announce,
): Promise<readonly PublishResult[]> {
  return db.transaction(async (client) => {
    // One publisher at a time: readers follow `seq`, which must not show a later row before an earlier one.
    await client.query('lock table published in share row exclusive mode');
    const results: PublishResult[] = [];
    for (const artefact of artefacts) results.push(await publishOne(client, artefact, by, announce));
    return results;
  });
}

async function publishOne(client: Client, artefact: Artefact, by: string, announce: Announce | undefined): Promise<PublishResult> {
  const { kind, id, version, digest, body } = artefact;
  const ref = refOf(id, version, digest);
  const own = digestOf(body);
  if (own !== digest)
    return {
      ref,
      as: 'refused',
      says: `${ref} does not hold what its digest says (it is #${own}); publish from an unchanged copy of the repository`,
    };
  const { rows } = await client.query<{ digest: string }>('select digest from published where kind = $1 and id = $2 and version = $3', [
    kind,
    id,
    version,
  ]);
  const stored = rows[0]?.digest;
  if (stored === digest) return { ref, as: 'unchanged' };
  if (stored !== undefined)
    return {
      ref,
      as: 'refused',
      says: `${kind} ${id}@${version} is published with other contents (#${stored}); a published version never changes, so give it version ${version + 1} or later`,
    };
  const unfit = await unfitToDecide(client, artefact);
  if (unfit !== undefined) return { ref, as: 'refused', says: unfit };
  await announce?.(artefact);
  await client.query('insert into published (kind, id, version, digest, body, published_by) values ($1, $2, $3, $4, $5, $6)', [
    kind,
    id,
    version,
    digest,
    JSON.stringify(body),
    by,
  ]);
  return { ref, as: 'published' };
}

type Row = { seq: number; kind: Artefact['kind']; id: string; version: number; digest: string; body: unknown };

/** Rows newer than `seq`, oldest first. */
export async function publishedAfter(
  db: PublishedDb,
  seq: number,
): Promise<readonly { readonly seq: number; readonly artefact: Artefact }[]> {
  const { rows } = await db.query<Row>('select seq, kind, id, version, digest, body from published where seq > $1 order by seq', [seq]);
  return rows.map((row) => ({
    seq: row.seq,
    artefact: { kind: row.kind, id: row.id, version: row.version, digest: row.digest, body: row.body },
  }));
}

/** Trained models are large, and an answer is one message: of older ones than so many versions only the name is told. */
const trainedTold = 3;

/** Newest first within each id; `current` = the highest version. `withBody` for whoever draws or diffs them. */
export async function listPublished(db: PublishedDb, kind?: Artefact['kind'], withBody = true): Promise<Reply<'published'>['artefacts']> {
  const { rows } = await db.query<Row & { published_at: Date; current: boolean }>(
    `select kind, id, version, digest, published_at, version = max(version) over (partition by kind, id) as current,
            case when kind = 'model' and body->>'kind' = 'predictive' and row_number() over (partition by kind, id order by version desc) > $2
                 then null else body end as body
       from published where $1::text is null or kind = $1 order by kind, id, version desc`,
    [kind ?? null, trainedTold],
  );
  return rows.map((row) => ({
    kind: row.kind,
    ref: refOf(row.id, row.version, row.digest),
    publishedAt: row.published_at.getTime(),
    current: row.current,
    ...(withBody && row.body !== null ? { body: row.body } : {}),
  }));
}
