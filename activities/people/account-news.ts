/** What one member of an account does, told to the others: how many of them are active, and deals. Through the outbox, so that it is told if and only if it is stored. Knows no stream. */
import { createHash } from 'node:crypto';
import type { AccountDeed } from '../../events/projections/account-deeds';
import { accountWindowMs } from '../../events/projections/account-deeds';
import type { Client } from './database';
import { writeOutbox } from './outbox';

/** Nobody writes to more people of one account at a time; a list of a whole university is no account. */
const mostMembers = 1_000;

/** Deeds in the order of the log. Bears repetition: what lies before the last news of an account tells nobody anything. */
export async function tellAccounts(client: Client, deeds: readonly AccountDeed[]): Promise<void> {
  if (deeds.length === 0) return;
  const asked = await askedFor(client);
  const heard = deeds.filter(({ event }) => (event === undefined ? asked.engaged : asked.noticed));
  if (heard.length === 0) return;
  const { rows } = await client.query<{ id: string; account: string }>(
    `select id, traits->>'account' as account from lead where id = any($1) and erased_at is null and traits->>'account' is not null order by id for share`,
    [[...new Set(heard.map(({ leadId }) => leadId))]],
  );
  const accounts = new Map(rows.map(({ id, account }) => [id, account]));
  for (const deed of heard) {
    const account = accounts.get(deed.leadId);
    if (account !== undefined) await tellOne(client, account, deed);
  }
}

/** Is there a sequence that listens? Else nobody is told and nothing is counted: most installations sell to people, not to accounts. */
async function askedFor(client: Client): Promise<{ readonly engaged: boolean; readonly noticed: boolean }> {
  const { rows } = await client.query<{ engaged: boolean | null; noticed: boolean | null }>(
    `select bool_or(body::text like '%"account.engaged"%') as engaged, bool_or(body::text like '%"account.noticed"%') as noticed from published where kind = 'plan'`,
  );
  return { engaged: rows[0]?.engaged === true, noticed: rows[0]?.noticed === true };
}

async function tellOne(client: Client, account: string, { leadId, at, event, id }: AccountDeed): Promise<void> {
  if (event !== undefined) return tellMembers(client, account, leadId, at, 'account.noticed', { event }, id);
  const before = await client.query<{ at_ms: number }>('select at_ms from account_told where account = $1 for update', [account]);
  await client.query(
    `insert into account_engagement as e (account, lead_id, at_ms) values ($1, $2, $3)
     on conflict (account, lead_id) do update set at_ms = greatest(e.at_ms, $3)`,
    [account, leadId, at],
  );
  if (Number(before.rows[0]?.at_ms ?? -1) >= at) return;
  const { rows } = await client.query<{ people: number; told: number | null }>(
    `select count(*)::int as people, (select people from account_told where account = $1) as told from account_engagement
      where account = $1 and at_ms > $2::bigint - $3::bigint and at_ms <= $2::bigint`,
    [account, at, accountWindowMs],
  );
  const { people = 0, told = null } = rows[0] ?? {};
  if (people < 2 || people === told) return;
  await client.query(
    `insert into account_told (account, people, at_ms) values ($1, $2, $3) on conflict (account) do update set people = $2, at_ms = $3`,
    [account, people, at],
  );
  // Everybody, who did it too: their own sequence may wait for company.
  await tellMembers(client, account, undefined, at, 'account.engaged', { people }, id);
}

async function tellMembers(
  client: Client,
  account: string,
  but: string | undefined,
  at: number,
  type: 'account.engaged' | 'account.noticed',
  data: Readonly<Record<string, string | number>>,
  cause: string,
): Promise<void> {
  const { rows } = await client.query<{ id: string }>(
    `select id from lead where traits->>'account' = $1 and erased_at is null and id is distinct from $2 order by id limit $3`,
    [account, but ?? null, mostMembers],
  );
  await writeOutbox(
    client,
    rows.map(({ id: leadId }) => {
      const id = shortHash(type, account, cause, leadId);
      const event = { id, type, occurredAt: at, actor: 'unknown', data };
      return { id: `acct-${id}`, type: 'input.asked', data: { leadId, input: { kind: 'engaged', id, event } } };
    }),
  );
}

/** 11 characters, as ids of events are. */
const shortHash = (...parts: readonly string[]): string => createHash('sha256').update(parts.join('|')).digest('base64url').slice(0, 11);
