/** What an import knows while it decides: the people its rows may mean and who must not be contacted, read at once for all rows. Changes nothing. */
import type { EntryRule } from '../../events/list/entry';
import type { Ask } from '../../events/requests';
import type { Client } from './database';
import type { Claim } from './identities';
import type { ImportTerms } from './import-terms';
import { type Profile } from '../../events/list/profile';
import { profileOf, type ProfileRow } from './profile';
import type { RowPerson } from '../../events/list/row';
import { suppressionKinds, type SuppressionKind } from './suppression';

/** Somebody of a list with what the store knows them by, most certain first. */
export type Claimant = RowPerson & { readonly claims: readonly Claim[] };

export type ImportContext = {
  readonly client: Client;
  readonly secret: string;
  readonly ask: Ask<'import'>;
  /** The file as a whole; a batch may be one of its pieces, `file/3`. */
  readonly file: string;
  readonly list: string;
  /** Engine's clock. */
  readonly now: number;
} & ImportTerms;

/** A lead as it will be when the import ends. */
export type Draft = {
  readonly leadId: string;
  readonly isNew: boolean;
  profile: Profile;
  /** As it was before this import; absent for new ones. */
  readonly before?: Profile;
  /** The import that last wrote the profile, and its row. */
  file: string | undefined;
  row: number | undefined;
  hasMail: boolean;
  consent: 'granted' | 'withdrawn' | 'none';
  consentAt: number;
  /** Profile to be written. */
  changed: boolean;
  /** On the list from now on, with evidence, on the sequence, and told of changes. */
  member: boolean;
  grants: boolean;
  enrols: boolean;
  touched: boolean;
  /** Where they stand already, as the list says. */
  stage?: EntryRule['stage'];
  readonly gained: Claim[];
  readonly visitors: Set<string>;
};

export type Desk = {
  readonly context: ImportContext;
  readonly byClaim: Map<string, Draft>;
  readonly drafts: Map<string, Draft>;
  /** Strictest open reason a key. */
  readonly suppressed: Map<string, SuppressionKind>;
  /** Keys of people who, the list says, want no mail. */
  readonly refused: Set<string>;
};

export const claimName = ({ kind, value }: Pick<Claim, 'kind' | 'value'>): string => `${kind} ${value}`;

type Found = ProfileRow & {
  readonly lead_id: string;
  readonly kind: Claim['kind'];
  readonly value: string;
  readonly import: string | null;
  readonly import_row: number | null;
  readonly has_mail: boolean;
  readonly state: Draft['consent'];
  readonly state_ms: number | null;
};

/** Locks the leads it finds, so that nobody changes what the rows are compared with. */
export async function openDesk(context: ImportContext, people: readonly Claimant[]): Promise<Desk> {
  const { client } = context;
  const claims = people.flatMap((person) => person.claims);
  const values = [claims.map(({ kind }) => kind), claims.map(({ value }) => value)];
  const wanted = '(select distinct * from unnest($1::text[], $2::text[]) as c(kind, value))';
  await client.query(
    `select 1 from lead where id in (select i.lead_id from identity i join ${wanted} c using (kind, value)) order by id for update`,
    values,
  );
  const { rows } = await client.query<Found>(
    `select p.*, i.kind, i.value, e.consent as state,
            exists (select 1 from identity m where m.lead_id = i.lead_id and m.kind = 'email') as has_mail,
            (select max(c.obtained_ms) from consent c where c.lead_id = i.lead_id and c.channel = 'email') as state_ms
       from ${wanted} c join identity i using (kind, value) join profile p on p.lead_id = i.lead_id join email_standing e on e.lead_id = i.lead_id`,
    values,
  );
  const desk: Desk = {
    context,
    byClaim: new Map(),
    drafts: new Map(),
    suppressed: await suppressedAmong(client, claims),
    refused: new Set(),
  };
  for (const found of rows) {
    const draft = desk.drafts.get(found.lead_id) ?? draftOf(found);
    desk.drafts.set(draft.leadId, draft);
    desk.byClaim.set(claimName(found), draft);
  }
  return desk;
}

const draftOf = (found: Found): Draft => ({
  ...newDraft(found.lead_id, profileOf(found)),
  isNew: false,
  before: profileOf(found),
  file: found.import ?? undefined,
  row: found.import_row ?? undefined,
  hasMail: found.has_mail,
  consent: found.state,
  consentAt: found.state_ms ?? 0,
});

export const newDraft = (leadId: string, profile: Profile): Draft => ({
  leadId,
  isNew: true,
  profile,
  file: undefined,
  row: undefined,
  hasMail: false,
  consent: 'none',
  consentAt: 0,
  changed: false,
  member: false,
  grants: false,
  enrols: false,
  touched: false,
  gained: [],
  visitors: new Set(),
});

async function suppressedAmong(client: Client, claims: readonly Claim[]): Promise<Map<string, SuppressionKind>> {
  const keys = [...new Set(claims.flatMap(keysOf))];
  const { rows } = await client.query<{ key: string; kind: SuppressionKind }>(
    'select key, kind from suppression where key = any($1) and lifted_at is null',
    [keys],
  );
  const strictest = new Map<string, SuppressionKind>();
  for (const { key, kind } of rows) {
    const before = strictest.get(key);
    if (before === undefined || suppressionKinds.indexOf(kind) < suppressionKinds.indexOf(before)) strictest.set(key, kind);
  }
  return strictest;
}

export const keysOf = ({ key, domainKey }: Claim): readonly string[] => (domainKey === undefined ? [key] : [key, domainKey]);
