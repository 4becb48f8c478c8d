/** What becomes of one person of a list: created, updated, or left as they are with a reason. Runs inside the import's transaction. */
import { hash64 } from '../../events/hashes';
import type { Ask, RowOutcome } from '../../events/requests';
import { announce } from './announce';
import { claimAnonymous } from './anonymous';
import type { Client } from './database';
import { takeIdentity, writeTo, type Claim } from './identities';
import { newLeadId, suppressionKey } from './keys';
import { writeOutbox } from './outbox';
import { mergeProfiles, profileColumns, profileOf, profileValues, type Profile, type ProfileRow } from './profile';
import type { RowPerson } from './row';
import { addSuppression, suppressedReason, type SuppressionKind } from './suppression';

export type ImportContext = {
  readonly client: Client;
  readonly secret: string;
  readonly ask: Ask<'import'>;
  /** The file as a whole; a batch may be one of its pieces, `file/3`. */
  readonly file: string;
  readonly list: string;
  /** Engine's clock. */
  readonly now: number;
};

type Known = {
  readonly leadId: string;
  readonly profile: Profile;
  readonly file: string | null;
  readonly row: number | null;
  readonly hasMail: boolean;
};

const suppressedSays: Readonly<Record<SuppressionKind, string>> = {
  erasure: 'This person asked to be erased and is not stored again.',
  complaint: 'This person complained about our mail and is not contacted.',
  bounce: 'The address does not exist any more, its mail server said.',
  operator: 'This person or domain is on the list of those never to be contacted.',
  'opt-out': 'This person opted out and is not contacted.',
};

export async function takePerson(context: ImportContext, row: number, person: RowPerson): Promise<RowOutcome> {
  const { client } = context;
  for (;;) {
    const known = await findKnown(client, person);
    if (known === 'taken')
      return {
        row,
        as: 'rejected',
        code: 'contact-taken',
        says: 'Somebody else has this phone number, and there is no e-mail address to tell the two apart.',
      };
    const reason = await suppressedReason(
      client,
      person.claims.flatMap(({ key, domainKey }) => (domainKey === undefined ? [key] : [key, domainKey])),
    );
    if (reason !== undefined) return { row, as: 'suppressed', ...idOf(known), says: suppressedSays[reason] };
    if (person.refusesMail) return refuse(context, row, person, known);
    if (person.profile.customer === true || known?.profile.customer === true) return customer(context, row, person, known);
    if (known !== undefined) return merge(context, row, person, known);
    const leadId = await create(context, row, person);
    // Somebody else made the lead since we looked; now it is found.
    if (leadId !== undefined) return { row, as: 'created', leadId };
  }
}

const idOf = (known: Known | undefined): { readonly leadId?: string } => (known === undefined ? {} : { leadId: known.leadId });

/** By address where there is one; a number or outside id finds only whom no other address tells apart. */
async function findKnown(client: Client, { claims, profile }: RowPerson): Promise<Known | 'taken' | undefined> {
  const { rows } = await client.query<
    ProfileRow & { kind: string; lead_id: string; import: string | null; import_row: number | null; has_mail: boolean }
  >(
    `select i.kind, p.*, exists (select 1 from identity m where m.lead_id = i.lead_id and m.kind = 'email') as has_mail
       from unnest($1::text[], $2::text[]) with ordinality as c(kind, value, n)
       join identity i on i.kind = c.kind and i.value = c.value join profile p on p.lead_id = i.lead_id order by c.n`,
    [claims.map(({ kind }) => kind), claims.map(({ value }) => value)],
  );
  const mailed = claims[0]?.kind === 'email';
  for (const found of rows) {
    const known: Known = {
      leadId: found.lead_id,
      profile: profileOf(found),
      file: found.import,
      row: found.import_row,
      hasMail: found.has_mail,
    };
    if (found.kind !== 'phone') return known;
    if (!mailed || !known.hasMail) {
      // Colleagues share numbers: only the same name makes it the same person.
      if (namesAgree(known.profile, profile)) return known;
      if (!mailed && claims.length === 1) return 'taken';
    }
  }
  return undefined;
}

const plain = (text: string | undefined): string => (text ?? '').toLocaleLowerCase('en').replace(/[^\p{L}]/gu, '');
function namesAgree(a: Profile, b: Profile): boolean {
  const agree = (x: string | undefined, y: string | undefined): boolean => plain(x) === '' || plain(y) === '' || plain(x) === plain(y);
  return agree(a.lastName, b.lastName) && agree(a.firstName, b.firstName);
}

/** `undefined` when somebody else got the identity first. */
async function create(context: ImportContext, row: number, person: RowPerson): Promise<string | undefined> {
  const { client, secret, ask, file, list } = context;
  const [surest, ...others] = person.claims;
  const leadId = newLeadId();
  if (surest === undefined || !(await takeIdentity(client, leadId, surest))) return undefined;
  await client.query('insert into lead (id, key, source) values ($1, $2, $3)', [
    leadId,
    suppressionKey(secret, 'lead', leadId),
    ask.source,
  ]);
  for (const claim of others) await takeIdentity(client, leadId, claim);
  const columns = [...profileColumns, 'import', 'import_row'];
  const values = [...profileValues(person.profile), file, row];
  await client.query(
    `insert into profile (lead_id, ${columns.join(', ')}) values ($1, ${columns.map((_, at) => `$${at + 2}`).join(', ')})`,
    [leadId, ...values],
  );
  await client.query('insert into list_member (list, lead_id) values ($1, $2) on conflict do nothing', [list, leadId]);
  await grant(context, leadId, person);
  if (person.anonymous !== undefined) await claimAnonymous(client, secret, person.anonymous, leadId);
  await announce(client, secret, leadId);
  await enrol(context, leadId);
  return leadId;
}

async function merge(context: ImportContext, row: number, person: RowPerson, known: Known): Promise<RowOutcome> {
  const { client, secret, file, list } = context;
  const { leadId } = known;
  const changed = await overlay(context, row, person, known);
  let gained = 0;
  for (const claim of person.claims) {
    if (!(await takeIdentity(client, leadId, claim))) continue;
    gained += 1;
    if (claim.kind === 'email') await writeTo(client, leadId, claim);
  }
  await client.query('insert into list_member (list, lead_id) values ($1, $2) on conflict do nothing', [list, leadId]);
  await grant(context, leadId, person);
  if (person.anonymous !== undefined) await claimAnonymous(client, secret, person.anonymous, leadId);
  const told = await announce(client, secret, leadId);
  if (!changed && gained === 0 && !told) {
    const same = known.file === file && known.row !== null ? `row ${known.row}` : undefined;
    return {
      row,
      as: 'duplicate',
      leadId,
      ...(same === undefined ? {} : { of: same }),
      says: `Already known${same === undefined ? '' : ` from ${same}`}; nothing new.`,
    };
  }
  await enrol(context, leadId);
  return { row, as: 'updated', leadId };
}

/** A row of the same file fills blanks; another file's word replaces what was known. */
async function overlay({ client, file }: ImportContext, row: number, person: RowPerson, { leadId }: Known): Promise<boolean> {
  const { rows } = await client.query<ProfileRow & { import: string | null }>('select * from profile where lead_id = $1 for update', [
    leadId,
  ]);
  const stored = rows[0];
  if (stored === undefined) return false;
  const { profile, changed } = mergeProfiles(profileOf(stored), person.profile, stored.import !== file);
  if (!changed) return false;
  const columns = [...profileColumns, 'import', 'import_row'];
  await client.query(
    `update profile set ${columns.map((column, at) => `${column} = $${at + 2}`).join(', ')}, updated_at = now() where lead_id = $1`,
    [leadId, ...profileValues(profile), file, row],
  );
  return true;
}

/** Known people become customers; strangers who are customers are none of ours. */
async function customer(context: ImportContext, row: number, person: RowPerson, known: Known | undefined): Promise<RowOutcome> {
  if (known === undefined) return { row, as: 'customer', says: 'Already a customer; not taken in as a lead.' };
  await overlay(context, row, person, known);
  await announce(context.client, context.secret, known.leadId);
  return { row, as: 'customer', leadId: known.leadId, says: 'Already a customer; their profile is kept, nothing is sent to win them.' };
}

/** The list says this person does not want mail: remembered for the address, whoever imports it next. */
async function refuse(
  { client, secret, ask, now }: ImportContext,
  row: number,
  { claims }: RowPerson,
  known: Known | undefined,
): Promise<RowOutcome> {
  const keys = claims.filter(({ kind }) => kind !== 'external').map(({ key }: Claim) => key);
  await addSuppression(client, keys, { channel: 'email', kind: 'opt-out', because: 'the imported list says so', at: now, by: ask.by });
  if (known !== undefined) await announce(client, secret, known.leadId);
  return {
    row,
    as: 'suppressed',
    ...idOf(known),
    says: 'The list says this person wants no mail; that is remembered and they are not contacted.',
  };
}

/** Evidence of consent: the row's own word, else that of the whole list. A row that says no gets none. */
async function grant({ client, ask, now }: ImportContext, leadId: string, { consent }: RowPerson): Promise<void> {
  if (consent === false || (consent === undefined && ask.consent === undefined)) return;
  await client.query(
    `insert into consent (lead_id, channel, state, text, obtained_ms, source, evidence, by) values ($1, 'email', 'granted', $2, $3, $4, $5, $6) on conflict do nothing`,
    [
      leadId,
      ask.consent?.text ?? 'The imported list has a column for consent, and it says yes.',
      ask.consent?.obtainedAt ?? now,
      ask.source,
      ask.batch,
      ask.by,
    ],
  );
}

/** One command a file and lead, however often the person is on it. */
async function enrol({ client, secret, ask, file, list }: ImportContext, leadId: string): Promise<void> {
  if (ask.sequence === undefined) return;
  const commandId = hash64(secret, 'enrol', file, leadId, ask.sequence, ask.campaign ?? '');
  await writeOutbox(
    client,
    'enrolment.asked',
    {
      leadId,
      sequence: ask.sequence,
      ...(ask.campaign === undefined ? {} : { campaign: ask.campaign }),
      by: ask.by,
      because: `import of ${list}`.slice(0, 500),
      commandId,
    },
    `enrol:${commandId}`,
  );
}
