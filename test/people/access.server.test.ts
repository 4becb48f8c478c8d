/** Who may ask what: open until the first credential, then by role, and whoever acts is the one the credential was given to. */
import { roles, rolesFor } from '../../events/access';
import type { Role } from '../../events/access';
import type { Database } from '../../activities/people/database';
import { servePeople, type AnswerPeople } from '../../activities/people/serve';
import { freshStore, importOne, monday, rowsOf, secret } from './store';

let db: Database;
let ask: AnswerPeople;
beforeEach(async () => {
  ({ db } = await freshStore());
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  ask = servePeople({
    db,
    secret,
    now: () => monday,
    messages: () => Promise.resolve({ found: 0, lastSeq: 0 }),
    reread: () => Promise.resolve({ read: 0, inputs: [] }),
    summary: () => Promise.resolve({ leads: 0, byStage: {}, byQualification: {}, asOfAt: 0, lag: 0 }),
    log,
  });
});
afterEach(() => db.close());

/** The first gives all others. */
async function credentials(): Promise<Readonly<Record<Role, string>>> {
  const token = async (role: Role, credential?: string): Promise<string> =>
    ((await ask('giveAccess', { name: role, role, by: 'x', credential })) as { readonly token: string }).token;
  const operator = await token('operator');
  return {
    operator,
    marketer: await token('marketer', operator),
    rep: await token('rep', operator),
    manager: await token('manager', operator),
  };
}
const refusedAs = (code: string) => ({ problem: { code, says: expect.any(String) } });

test('while nobody has a credential everybody may do everything, with or without one', async () => {
  await importOne(db, { Email: 'ada@engines.example' });
  expect(await ask('summary', {})).toMatchObject({ leads: 0 });
  expect(await ask('addRep', { name: 'Rosa', email: 'rosa@sales.example', by: 'x', credential: 'anything' })).toHaveProperty('id');
  expect(await ask('permit', { word: 'repair' })).toEqual({});
});

test("the first credential is an operator's; of two who try at once only one is the first", async () => {
  expect(await ask('giveAccess', { name: 'maya', role: 'rep', by: 'x' })).toEqual(refusedAs('access-refused'));
  const both = await Promise.all(['olga', 'otto'].map((name) => ask('giveAccess', { name, role: 'operator', by: 'x' })));
  expect(both.filter((one) => 'token' in one)).toHaveLength(1);
  expect(await ask('summary', {})).toEqual(refusedAs('access-needed'));
});

test('from then on a request needs a credential in force', async () => {
  const { operator, rep } = await credentials();
  expect(await ask('summary', {})).toEqual(refusedAs('access-needed'));
  expect(await ask('summary', { credential: '' })).toEqual(refusedAs('access-needed'));
  expect(await ask('summary', { credential: 'ripen_guess' })).toEqual(refusedAs('access-refused'));
  expect(await ask('summary', { credential: rep })).toMatchObject({ leads: 0 });
  expect(await ask('endAccess', { name: 'rep', by: 'x', credential: operator })).toEqual({ open: false });
  expect(await ask('summary', { credential: rep })).toEqual(refusedAs('access-refused'));
  const { token } = (await ask('giveAccess', { name: 'operator', role: 'operator', by: 'x', credential: operator })) as {
    readonly token: string;
  };
  expect(await ask('summary', { credential: operator })).toEqual(refusedAs('access-refused'));
  expect(await ask('summary', { credential: token })).toMatchObject({ leads: 0 });
});

test('each role may do its own, and is told who may the rest', async () => {
  const by = await credentials();
  const suppress = { who: '@rival.example', channel: 'all', because: 'a rival', by: 'x' };
  const may = async (role: Role, verb: string, body: object): Promise<boolean> => {
    const reply = await ask(verb, { ...body, credential: by[role] });
    return !('problem' in reply) || reply.problem.code !== 'access-refused';
  };
  const list = { batch: 'b', source: 'fair', by: 'x', rows: [{ row: 1, fields: { Email: 'a@b.example' } }] };
  const table: readonly (readonly [string, object, readonly Role[]])[] = [
    ['import', list, ['marketer', 'manager', 'operator']],
    ['handOffs', {}, ['marketer', 'rep', 'manager', 'operator']],
    ['suppress', suppress, ['marketer', 'rep', 'manager', 'operator']],
    ['suppress', { ...suppress, lift: true }, ['manager', 'operator']],
    ['campaignWord', { id: 'spring', word: 'approve', by: 'x', because: 'x' }, ['manager', 'operator']],
    ['campaignWord', { id: 'spring', word: 'pause', by: 'x', because: 'x' }, ['marketer', 'manager', 'operator']],
    ['permit', { word: 'accept' }, ['rep', 'manager', 'operator']],
    ['permit', { word: 'repair' }, ['operator']],
    ['erase', { leadId: 'ld_nobody', by: 'x' }, ['manager', 'operator']],
    ['accesses', {}, ['operator']],
    ['giveAccess', { name: 'x', role: 'rep', by: 'x' }, ['operator']],
  ];
  for (const [verb, body, allowed] of table) {
    const found: Role[] = [];
    for (const role of roles) if (await may(role, verb, body)) found.push(role);
    expect([verb, body, found]).toEqual([verb, body, allowed]);
  }
  expect(await ask('startSending', { by: 'x', credential: by.marketer })).toEqual({
    problem: { code: 'access-refused', says: 'marketer is here as marketer, who may not do this; a manager or an operator may.' },
  });
});

test('whoever acts is the one the credential was given to, whatever is said', async () => {
  const { manager } = await credentials();
  await ask('suppress', { who: '@rival.example', channel: 'all', because: 'a rival', by: 'somebody else', credential: manager });
  expect(await rowsOf(db, 'select by from suppression')).toEqual([{ by: 'manager' }]);
  expect(await ask('permit', { word: 'pause', credential: manager })).toEqual({ by: 'manager', role: 'manager' });
});

test('tokens are kept nowhere, and the list tells who has one and used it', async () => {
  const { operator, rep } = await credentials();
  await ask('summary', { credential: rep });
  expect(JSON.stringify(await rowsOf(db, 'select * from credential'))).not.toContain(rep.slice(6));
  expect(await ask('accesses', { credential: operator })).toEqual({
    accesses: [
      { name: 'manager', role: 'manager', givenBy: 'operator', givenAt: expect.any(Number) },
      { name: 'marketer', role: 'marketer', givenBy: 'operator', givenAt: expect.any(Number) },
      { name: 'operator', role: 'operator', givenBy: 'x', givenAt: expect.any(Number), usedAt: expect.any(Number) },
      { name: 'rep', role: 'rep', givenBy: 'operator', givenAt: expect.any(Number), usedAt: expect.any(Number) },
    ],
  });
});

test('the last operator stays while others have a credential; the last credential of all opens the door again', async () => {
  const { operator } = await credentials();
  const end = (name: string) => ask('endAccess', { name, by: 'x', credential: operator });
  expect(await end('operator')).toEqual(refusedAs('access-refused'));
  expect(await ask('giveAccess', { name: 'operator', role: 'rep', by: 'x', credential: operator })).toEqual(refusedAs('access-refused'));
  expect(await end('nobody')).toEqual(refusedAs('access-unknown'));
  for (const name of ['rep', 'marketer', 'manager']) expect(await end(name)).toEqual({ open: false });
  expect(await end('operator')).toEqual({ open: true });
  expect(await ask('summary', {})).toMatchObject({ leads: 0 });
});

test('a name with signs in it, and a role there is not, are refused in a sentence', async () => {
  expect(await ask('giveAccess', { name: 'a\nb', role: 'operator', by: 'x' })).toMatchObject({ problem: { code: 'ask-malformed' } });
  expect(await ask('giveAccess', { name: 'ann', role: 'king', by: 'x' })).toEqual({
    problem: { code: 'ask-malformed', says: 'role must be one of marketer, rep, manager, operator' },
  });
  expect(rolesFor('permit', { word: 'won' })).toEqual(['rep', 'manager', 'operator']);
});
