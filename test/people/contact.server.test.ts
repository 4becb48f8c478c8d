/** Who wants no more is left alone at once, and stays known for it. */
import type { Database } from '../../activities/people/database';
import { suppress } from '../../activities/people/operator';
import { routerPeople, type RouterPeople } from '../../activities/people/router-people';
import type { OptOut } from '../../events/ports';
import type { Ask } from '../../events/requests';
import { freshStore, importCells, importOne, monday, rowsOf, secret } from './store';

let db: Database;
let people: RouterPeople;
let ada: string;
beforeEach(async () => {
  ({ db } = await freshStore());
  people = routerPeople(db, secret);
  ada = await importOne(db, { Email: 'Ada+news@engines.example', Phone: '+442079460110' });
});
afterEach(() => db.close());

const optOut = (who: OptOut['who'], because: OptOut['because'] = 'unsubscribed', id = 'e1'): OptOut => ({
  who,
  because,
  occurredAt: monday + 1,
  source: '/test',
  id,
});
type Standing = { readonly consent: string; readonly suppressed: string | null };
const standing = async (leadId = ada): Promise<Standing | undefined> =>
  (await rowsOf<Standing>(db, 'select consent, suppressed from email_standing where lead_id = $1', [leadId]))[0];
const told = async (): Promise<readonly unknown[]> =>
  (await rowsOf<{ data: { consent: { email: string } } }>(db, `select data from outbox where type = 'profile.changed' order by seq`)).map(
    ({ data }) => data.consent.email,
  );

test('an opt-out is in force when it is answered, with evidence, and the lead is told', async () => {
  await people.recordOptOut(optOut({ lead: ada }));
  expect(await standing()).toEqual({ consent: 'withdrawn', suppressed: 'opt-out' });
  expect(await told()).toEqual(['granted', 'withdrawn']);
  expect(await rowsOf(db, `select obtained_ms, source, evidence from consent where state = 'withdrawn'`)).toEqual([
    { obtained_ms: monday + 1, source: '/test', evidence: 'e1' },
  ]);
});

test('the same opt-out again changes nothing', async () => {
  for (let n = 0; n < 3; n++) await people.recordOptOut(optOut({ lead: ada }));
  expect(await told()).toEqual(['granted', 'withdrawn']);
  expect(await rowsOf(db, 'select count(*) as n from suppression group by key')).toEqual([{ n: 1 }, { n: 1 }]);
});

test.each([
  ['their address in another spelling', { email: 'ADA@engines.example' }],
  ['another tag of their address', { email: 'ada+other@engines.example' }],
  ['their number', { phone: '+44 20 7946 0110' }],
])('by %s it is the same person', async (_, who) => {
  await people.recordOptOut(optOut(who));
  expect(await standing()).toMatchObject({ suppressed: 'opt-out' });
});

test('an address nobody knows is remembered, so that a later list does not bring it in', async () => {
  await people.recordOptOut(optOut({ email: 'bob@looms.example' }));
  expect(await importCells(db, [{ Email: 'Bob@Looms.example' }])).toEqual([{ row: 1, as: 'suppressed', says: expect.any(String) }]);
});

test('a stranger without an address leaves no trace', async () => {
  await people.recordOptOut(optOut({ lead: 'ld_nobody' }));
  await people.recordOptOut(optOut({ anonymous: 'cookie-1' }));
  expect(await rowsOf(db, 'select 1 as n from suppression')).toEqual([]);
});

test('a bounce stops mail to the address and withdraws no consent; a new address is mailed again', async () => {
  await people.recordOptOut(optOut({ lead: ada }, 'bounced'));
  expect(await standing()).toEqual({ consent: 'granted', suppressed: 'bounce' });
  const bob = await importOne(db, { Email: 'bob@old.example', 'CRM id': '7' });
  await people.recordOptOut(optOut({ lead: bob }, 'bounced'));
  await importCells(db, [{ Email: 'bob@new.example', 'CRM id': '7' }]);
  expect(await standing(bob)).toEqual({ consent: 'granted', suppressed: null });
});

test('the gravest reason counts', async () => {
  await people.recordOptOut(optOut({ lead: ada }));
  await people.recordOptOut(optOut({ lead: ada }, 'complained', 'e2'));
  expect(await standing()).toMatchObject({ suppressed: 'complaint' });
});

describe('an operator', () => {
  const ask = (who: string, more: Partial<Ask<'suppress'>> = {}): Promise<unknown> =>
    suppress(db, secret, { who, channel: 'all', because: 'asked by phone', by: 'olga', ...more }, monday);

  test.each([['ada@engines.example'], ['+44 20 7946 0110'], [' ADA+x@Engines.example ']])('suppresses by %s', async (who) => {
    expect(await ask(who)).toMatchObject({ leadId: ada });
    expect(await standing()).toMatchObject({ suppressed: 'operator' });
    expect(await told()).toEqual(['granted', 'withdrawn']);
  });

  test('suppresses a lead by id, and a whole domain', async () => {
    expect(await ask(ada)).toMatchObject({ leadId: ada });
    const bob = await importOne(db, { Email: 'bob@looms.example' });
    expect(await ask('@Looms.example')).toEqual({ leadId: bob, leadIds: [bob], entries: 1 });
    expect(await standing(bob)).toMatchObject({ suppressed: 'operator' });
    expect(await importCells(db, [{ Email: 'carl@looms.example' }])).toMatchObject([{ as: 'suppressed' }]);
  });

  test('lifts what an operator, a bounce or an opt-out did, and keeps it as evidence; consent stays withdrawn', async () => {
    await people.recordOptOut(optOut({ lead: ada }));
    await ask(ada);
    expect(await ask(ada, { lift: true, because: 'wrong person' })).toMatchObject({ leadId: ada });
    expect(await standing()).toEqual({ consent: 'withdrawn', suppressed: null });
    expect(await rowsOf(db, 'select distinct lifted_by, lifted_because from suppression')).toEqual([
      { lifted_by: 'olga', lifted_because: 'wrong person' },
    ]);
  });

  test('cannot lift a complaint', async () => {
    await people.recordOptOut(optOut({ lead: ada }, 'complained'));
    expect(await ask(ada, { lift: true })).toMatchObject({ entries: 0 });
    expect(await standing()).toMatchObject({ suppressed: 'complaint' });
  });

  test('is told of what is nobody: no address, no number, no lead', async () => {
    expect(await ask('ld_nobody')).toBeUndefined();
    expect(await ask('@nowhere')).toBeUndefined();
  });
});
