/** Credentials: given, ended, and asked for before a request is answered. While none is in force everybody may do everything. Knows no transport. */
import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { allowedWords, mayTell, roles, rolesFor } from '../../events/access';
import type { Role, Word } from '../../events/access';
import type { AccessVerbs } from '../../events/access-requests';
import type { ProblemCode } from '../../events/problems';
import type { Ask, PeopleVerb } from '../../events/requests';
import type { Client, Database } from './database';

const name = z.string().regex(/^\p{L}[\p{L}\p{N}._@ -]{0,63}$/u, 'must be a name of at most 64 letters, digits, spaces, dots, dashes or @');
const by = z.string().min(1).max(128);

export const accessAsks = {
  accesses: z.object({}),
  giveAccess: z.object({ name, role: z.enum(roles, `must be one of ${roles.join(', ')}`), by }),
  endAccess: z.object({ name, by }),
  permit: z.object({ word: z.enum(Object.keys(mayTell) as [Word, ...Word[]]) }),
} as const satisfies { readonly [V in keyof AccessVerbs]: z.ZodType<unknown> };

type Problem = { readonly problem: { readonly code: ProblemCode; readonly says: string } };
const refused = (code: 'access-needed' | 'access-refused', says: string): Problem => ({ problem: { code, says } });

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

type Row = { readonly name: string; readonly role: Role; readonly token: string };

/** Whoever asks; empty while no credential is in force. */
export type Asker = { readonly name?: string; readonly role?: Role };

/** May whoever holds `credential` make this request? */
export async function admit<V extends PeopleVerb>(
  db: Database,
  verb: V,
  ask: Ask<V>,
  credential: string | undefined,
): Promise<Asker | Problem> {
  const { rows } = await db.query<Row>('select name, role, token from credential where ended_at is null');
  if (rows.length === 0) return {};
  if (credential === undefined) return refused('access-needed', 'Credentials are in force here, and none was given.');
  const token = hashOf(credential);
  const asker = rows.find((row) => row.token === token);
  if (asker === undefined) return refused('access-refused', 'RIPEN_CREDENTIAL is none that is in force.');
  const allowed = rolesFor(verb, ask);
  if (!allowed.includes(asker.role))
    return refused('access-refused', `${asker.name} is here as ${asker.role}, who may not do this; ${allowedWords(allowed)}.`);
  await db.query(`update credential set used_at = now() where token = $1 and (used_at is null or used_at < now() - interval '1 hour')`, [
    token,
  ]);
  return { name: asker.name, role: asker.role };
}

type Handlers = {
  readonly [V in keyof AccessVerbs]: (ask: AccessVerbs[V]['ask'], asker: Asker) => Promise<AccessVerbs[V]['reply'] | Problem>;
};

export const accessHandlers = (db: Database): Handlers => ({
  async accesses() {
    const { rows } = await db.query<Row & { given_by: string; given_ms: number; used_ms: number | null }>(
      `select name, role, given_by, (extract(epoch from given_at) * 1000)::bigint as given_ms, (extract(epoch from used_at) * 1000)::bigint as used_ms
         from credential where ended_at is null order by name`,
    );
    return {
      accesses: rows.map(({ name: holder, role, given_by, given_ms, used_ms }) => ({
        name: holder,
        role,
        givenBy: given_by,
        givenAt: given_ms,
        ...(used_ms === null ? {} : { usedAt: used_ms }),
      })),
    };
  },
  giveAccess: (ask, asker) => db.transaction((client) => give(client, ask, asker)),
  endAccess: (ask) => db.transaction((client) => end(client, ask)),
  permit: async (_, { name: asker, role }) => ({
    ...(asker === undefined ? {} : { by: asker }),
    ...(role === undefined ? {} : { role }),
  }),
});

/** One at a time, so that two cannot both be the first, or both end the last operator. */
async function inForce(client: Client): Promise<readonly Row[]> {
  await client.query('lock table credential in share row exclusive mode');
  return (await client.query<Row>('select name, role, token from credential where ended_at is null')).rows;
}
const endOf = (client: Client, holder: string, who: string): Promise<unknown> =>
  client.query('update credential set ended_at = now(), ended_by = $2 where name = $1 and ended_at is null', [holder, who]);

const lastOperator = (rows: readonly Row[], holder: string): boolean =>
  rows.some((row) => row.name === holder && row.role === 'operator') && !rows.some((row) => row.name !== holder && row.role === 'operator');

async function give(client: Client, ask: Ask<'giveAccess'>, asker: Asker): Promise<AccessVerbs['giveAccess']['reply'] | Problem> {
  const rows = await inForce(client);
  if (rows.length > 0 && asker.name === undefined)
    return refused('access-needed', 'Somebody else gave the first credential a moment ago; only an operator gives more.');
  if (rows.length === 0 && ask.role !== 'operator')
    return refused('access-refused', "The first credential must be an operator's, because only an operator gives more.");
  if (ask.role !== 'operator' && lastOperator(rows, ask.name))
    return refused('access-refused', `${ask.name} is the last operator; give somebody else that role first.`);
  await endOf(client, ask.name, ask.by);
  const token = `ripen_${randomBytes(24).toString('base64url')}`;
  await client.query('insert into credential (name, role, token, given_by) values ($1, $2, $3, $4)', [
    ask.name,
    ask.role,
    hashOf(token),
    ask.by,
  ]);
  return { token };
}

async function end(client: Client, { name: holder, by: who }: Ask<'endAccess'>): Promise<AccessVerbs['endAccess']['reply'] | Problem> {
  const rows = await inForce(client);
  if (!rows.some((row) => row.name === holder))
    return { problem: { code: 'access-unknown', says: `There is no credential in force for "${holder}".` } };
  if (rows.length > 1 && lastOperator(rows, holder))
    return refused('access-refused', `${holder} is the last operator; give somebody else that role, or end all the others first.`);
  await endOf(client, holder, who);
  return { open: rows.length === 1 };
}
