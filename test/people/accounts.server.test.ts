/** Accounts in the people store: members hear of each other once, one rep serves them, a cap counts people. */
import type { Database } from '../../activities/people/database';
import { tellAccounts } from '../../activities/people/account-news';
import { postgresLedger } from '../../activities/people/ledger';
import { recordHandOff } from '../../activities/people/hand-offs';
import { addRep, assign } from '../../activities/people/reps';
import type { AccountDeed } from '../../events/projections/account-deeds';
import type { SendTouch } from '../../workflows/core/effects';
import { freshStore, importOne, monday, rowsOf } from './store';

const day = 86_400_000;
let db: Database;
let [ada, ben, cara, eve] = ['', '', '', ''];
beforeEach(async () => {
  ({ db } = await freshStore());
  ada = await importOne(db, { Email: 'ada@orchard.example', Name: 'Ada' });
  ben = await importOne(db, { Email: 'ben@orchard.example', Name: 'Ben' });
  cara = await importOne(db, { Email: 'cara@orchard.example', Name: 'Cara' });
  eve = await importOne(db, { Email: 'eve@elsewhere.example', Name: 'Eve' });
  await db.query('delete from outbox');
});
afterEach(() => db.close());

const asksBoth = () =>
  db.query(`insert into published (kind, id, version, digest, body, published_by) values ('plan', 'abm', 1, 'x', $1, 'test')`, [
    JSON.stringify([{ type: 'account.engaged' }, { type: 'account.noticed' }]),
  ]);
let serial = 0;
const deed = (leadId: string, at: number, event?: string): AccountDeed => ({
  leadId,
  at,
  id: `d${(serial += 1)}`,
  ...(event === undefined ? {} : { event }),
});
const tell = (...deeds: readonly AccountDeed[]) => db.transaction((client) => tellAccounts(client, deeds));
const heard = async () =>
  (
    await rowsOf<{ data: { leadId: string; input: { event: { type: string; data: Record<string, unknown> } } } }>(
      db,
      'select data from outbox order by seq',
    )
  ).map(({ data }) => [data.leadId, data.input.event.type, Object.values(data.input.event.data)[0]]);

test('everybody of the account hears how many of them are active, and nobody else', async () => {
  await asksBoth();
  await tell(deed(ada, monday));
  expect(await heard()).toEqual([]);
  await tell(deed(ben, monday + day));
  expect((await heard()).sort()).toEqual([ada, ben, cara].map((lead) => [lead, 'account.engaged', 2]).sort());
  await tell(deed(ben, monday + 2 * day), deed(cara, monday + 3 * day), deed(eve, monday + 3 * day));
  expect((await heard()).filter(([, , number]) => number === 3)).toHaveLength(3);
});

test('who was active longer than 14 days ago counts no more', async () => {
  await asksBoth();
  await tell(deed(ada, monday), deed(ben, monday + 15 * day));
  expect(await heard()).toEqual([]);
});

test('the same log read again tells nobody twice', async () => {
  await asksBoth();
  const deeds = [deed(ada, monday), deed(ben, monday + day), deed(cara, monday + 2 * day), deed(ada, monday + 2 * day, 'deal.opened')];
  await tell(...deeds);
  const before = await heard();
  expect(before).toHaveLength(3 + 3 + 2);
  await tell(...deeds);
  expect(await heard()).toEqual(before);
});

test('colleagues hear of a deal, the one whose deal it is does not', async () => {
  await asksBoth();
  await tell(deed(ada, monday, 'deal.opened'));
  expect((await heard()).sort()).toEqual([ben, cara].map((lead) => [lead, 'account.noticed', 'deal.opened']).sort());
});

test('where no sequence listens nobody is told and nothing is kept', async () => {
  await db.query(`insert into published (kind, id, version, digest, body, published_by) values ('plan', 'other', 1, 'x', '{}', 'test')`);
  await tell(deed(ada, monday), deed(ben, monday + 1), deed(ada, monday + 2, 'deal.opened'));
  expect([await heard(), await rowsOf(db, 'select * from account_engagement')]).toEqual([[], []]);
});

describe('one rep for one company', () => {
  const ask = (not: readonly string[] = []) =>
    ({ type: 'AssignRep', id: 'h1.assign.1', handOff: 1, rule: 'warm', not, acceptBy: monday, contactBy: monday }) as const;
  const step = (leadId: string, status: 'accepted' | 'rejected' | 'won') =>
    db.transaction((client) => recordHandOff(client, { leadId, handOff: 1, status, at: monday + 5 }));
  beforeEach(async () => {
    for (const name of ['Rosa', 'Sam', 'Tara']) await addRep(db, { name, email: `${name}@sales.example`, by: 'test' });
  });

  test('the second person of an account goes to the rep of the first; strangers go to the next in turn', async () => {
    const first = await assign(db, ada, ask());
    const stranger = await assign(db, eve, ask());
    expect((await assign(db, ben, ask()))?.id).toBe(first?.id);
    expect(stranger?.id).not.toBe(first?.id);
  });

  test('also after the first was won, but not where the rep rejected them, has let this one go, or left', async () => {
    const first = await assign(db, ada, ask());
    await step(ada, 'won');
    expect((await assign(db, ben, ask()))?.id).toBe(first?.id);
    expect((await assign(db, cara, ask([first?.id ?? ''])))?.id).not.toBe(first?.id);
  });

  test('a rejected hand-off makes nobody the owner', async () => {
    const first = await assign(db, ada, ask());
    await step(ada, 'rejected');
    expect((await assign(db, ben, ask()))?.id).not.toBe(first?.id);
  });
});

describe('a cap per account', () => {
  const send = (n: number, more: Partial<SendTouch> = {}): SendTouch => ({
    type: 'SendTouch',
    id: `e1.only.a.${n}`,
    touchKey: 'e1.only.a',
    enrolment: 'e1',
    sequence: 'abm@1#x',
    phase: 'only',
    touch: 'a',
    channel: 'email',
    content: 'a',
    purpose: 'marketing',
    accountCap: { people: 2, perMs: 7 * day },
    notAfter: monday + 400 * day,
    data: {},
    ...more,
  });
  const take = async (leadId: string, at: number, touch: SendTouch = send(1)) => {
    const ledger = postgresLedger(db);
    await ledger.reserve(leadId, touch);
    const taken = await ledger.take({ leadId, effect: touch.id }, at, 60_000);
    if (taken.as === 'calling') await ledger.finish({ leadId, effect: touch.id }, { as: 'sent', content: 'a@1#c1' });
    return taken.as === 'withheld' ? taken.because : taken.as;
  };

  test('lets so many people of it be written to in the span, whoever else is outside it', async () => {
    expect([await take(ada, monday), await take(ben, monday + 1), await take(cara, monday + 2), await take(eve, monday + 3)]).toEqual([
      'calling',
      'calling',
      'account-cap',
      'calling',
    ]);
  });

  test('counts people, not messages, and not the person themself', async () => {
    await take(ada, monday);
    await take(ada, monday + 1, send(2));
    expect([await take(ben, monday + 2), await take(ben, monday + 3, send(2))]).toEqual(['calling', 'calling']);
  });

  test('is free again when the span has passed, and does not touch what has no cap', async () => {
    await take(ada, monday);
    await take(ben, monday);
    const { accountCap: _, ...free } = send(2);
    expect([await take(cara, monday + 2), await take(cara, monday + 3, free), await take(cara, monday + 8 * day, send(3))]).toEqual([
      'account-cap',
      'calling',
      'calling',
    ]);
  });
});
