/** Writes what an import decided: each table once for all rows, in one order. Decides nothing. */
import { hash64 } from '../../events/hashes';
import { announce } from './announce';
import { claimAnonymous } from './anonymous';
import type { Client } from './database';
import { takeIdentities, writeTo } from './identities';
import type { Desk, Draft, ImportContext } from './import-desk';
import { suppressionKey } from './keys';
import { writeOutbox } from './outbox';
import { profileColumns, profileRecord } from './profile';
import { addSuppression } from './suppression';

/** Somebody outside every import took an identity meanwhile; the transaction begins anew and finds them. */
class Overtaken extends Error {
  override name = 'Overtaken';
  /** Postgres' own code for "try again". */
  readonly code = '40001';
}

export async function writeDesk({ context, drafts, refused }: Desk): Promise<void> {
  const { client, secret, ask, now } = context;
  const all = [...drafts.values()];
  await writeIdentities(client, all);
  await noteGained(context, all);
  await insert(
    client,
    'lead',
    ['id', 'key', 'source'],
    all.filter(({ isNew }) => isNew).map(({ leadId: id }) => ({ id, key: suppressionKey(secret, 'lead', id), source: ask.source })),
  );
  await keepBefore(context, all);
  await writeProfiles(
    context,
    all.filter(({ changed }) => changed),
  );
  await insert(
    client,
    'list_member',
    ['list', 'lead_id'],
    all.filter(({ member }) => member).map(({ leadId }) => ({ list: context.list, lead_id: leadId })),
  );
  await writeConsent(
    context,
    all.filter(({ grants }) => grants),
  );
  await addSuppression(client, [...refused], {
    channel: 'email',
    kind: 'opt-out',
    because: 'the imported list says so',
    at: now,
    by: ask.by,
  });
  await announce(
    client,
    secret,
    all.filter(({ isNew, touched }) => isNew || touched).map(({ leadId }) => leadId),
  );
  await enrol(
    context,
    all.filter(({ enrols }) => enrols),
  );
  for (const { leadId, visitors } of all) for (const visitor of visitors) await claimAnonymous(client, secret, visitor, leadId);
}

async function insert(
  client: Client,
  table: string,
  columns: readonly string[],
  records: readonly Readonly<Record<string, unknown>>[],
): Promise<void> {
  if (records.length === 0) return;
  const names = columns.join(', ');
  await client.query(
    `insert into ${table} (${names}) select ${names} from jsonb_populate_recordset(null::${table}, $1) on conflict do nothing`,
    [JSON.stringify(records)],
  );
}

async function writeIdentities(client: Client, drafts: readonly Draft[]): Promise<void> {
  const gained = drafts.flatMap(({ leadId, gained: claims }) => claims.map((claim) => ({ leadId, claim })));
  if ((await takeIdentities(client, gained)) !== gained.length) throw new Overtaken('an identity was taken while it was imported');
  // Whoever was known and gave a new address is written to there.
  for (const { leadId, isNew, gained: claims } of drafts) {
    const mail = isNew ? undefined : claims.findLast(({ kind }) => kind === 'email');
    if (mail !== undefined) await writeTo(client, leadId, mail);
  }
}

/** Which import gave somebody, known before, an address or number: with the import it goes. */
async function noteGained({ client, file }: ImportContext, drafts: readonly Draft[]): Promise<void> {
  const gained = drafts.filter(({ isNew }) => !isNew).flatMap((draft) => draft.gained);
  if (gained.length === 0) return;
  await client.query(
    'update identity i set import = $1 from unnest($2::text[], $3::text[]) as g(kind, value) where i.kind = g.kind and i.value = g.value',
    [file, gained.map(({ kind }) => kind), gained.map(({ value }) => value)],
  );
}

/** Once an import and person: what they were before its first change. */
async function keepBefore({ client, file }: ImportContext, drafts: readonly Draft[]): Promise<void> {
  await insert(
    client,
    'import_before',
    ['import', 'lead_id', 'profile'],
    drafts.flatMap(({ leadId, before, changed }) =>
      changed && before !== undefined ? [{ import: file, lead_id: leadId, profile: before }] : [],
    ),
  );
}

async function writeProfiles({ client }: ImportContext, drafts: readonly Draft[]): Promise<void> {
  if (drafts.length === 0) return;
  const columns = [...profileColumns, 'import', 'import_row'];
  await client.query(
    `insert into profile (lead_id, ${columns.join(', ')}) select lead_id, ${columns.join(', ')} from jsonb_populate_recordset(null::profile, $1)
     on conflict (lead_id) do update set ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}, updated_at = now()`,
    [
      JSON.stringify(
        drafts.map(({ leadId, profile, file, row }) => ({ lead_id: leadId, ...profileRecord(profile), import: file, import_row: row })),
      ),
    ],
  );
}

async function writeConsent({ client, ask, now }: ImportContext, drafts: readonly Draft[]): Promise<void> {
  const text = ask.consent?.text ?? 'The imported list has a column for consent, and it says yes.';
  const evidence = {
    channel: 'email',
    state: 'granted',
    text,
    obtained_ms: ask.consent?.obtainedAt ?? now,
    source: ask.source,
    evidence: ask.batch,
    by: ask.by,
  };
  await insert(
    client,
    'consent',
    ['lead_id', ...Object.keys(evidence)],
    drafts.map(({ leadId }) => ({ lead_id: leadId, ...evidence })),
  );
}

/** One command a file and lead, however often the person is on it. */
async function enrol({ client, secret, ask, file, list }: ImportContext, drafts: readonly Draft[]): Promise<void> {
  const { sequence, campaign, by } = ask;
  if (sequence === undefined) return;
  await writeOutbox(
    client,
    drafts.map(({ leadId, stage }) => {
      const commandId = hash64(secret, 'enrol', file, leadId, sequence, campaign ?? '');
      const data = {
        leadId,
        sequence,
        ...(campaign === undefined ? {} : { campaign }),
        ...(stage === undefined ? {} : { stage }),
        by,
        because: `import of ${list}`.slice(0, 500),
        commandId,
      };
      return { type: 'enrolment.asked', data, id: `enrol:${commandId}` };
    }),
  );
}
