/** After an erasure no table holds anything of the person, and the wish to be left alone is still honoured. */
import type { Database } from '../../activities/people/database';
import { erasePerson } from '../../activities/people/erase';
import { tablesOfPerson } from '../../activities/people/record';
import { routerPeople } from '../../activities/people/router-people';
import { freshStore, importCells, importOne, monday, rowsOf, secret } from './store';

let db: Database;
beforeEach(async () => {
  ({ db } = await freshStore());
});
afterEach(() => db.close());

const traces = ['ada', 'lovelace', 'engines', '442079460110', 'crm-7', 'cookie-1', 'mill road', 'looms'];
/** Tables in which any of the words stands, in any column. */
async function tablesWith(words: readonly string[]): Promise<readonly string[]> {
  const tables = await rowsOf<{ name: string }>(
    db,
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await rowsOf(db, `select 1 as n from "${name}" t where lower(t::text) similar to $1 limit 1`, [`%(${words.join('|')})%`]);
    if (rows.length > 0) found.push(name);
  }
  return found.sort();
}

const ada = {
  Email: 'Ada.Lovelace@engines.example', 'First name': 'Ada', 'Last name': 'Lovelace', Company: 'Engines', Phone: '+44 20 7946 0110', Street: '1 Mill Road',
  'CRM id': 'crm-7', 'Visitor id': 'cookie-1', 'Interested in': 'looms', 'Booth note': 'asked for Ada herself',
}; // prettier-ignore

async function addAda(): Promise<string> {
  const people = routerPeople(db, secret);
  const input = {
    kind: 'engaged',
    id: 'v1',
    event: { id: 'v1', type: 'page.viewed', occurredAt: monday, actor: 'human', data: { path: '/looms' } },
  } as const;
  await people.keepAnonymous({ anonymous: 'cookie-1', input });
  const leadId = await importOne(db, ada, { sequence: 'trial' });
  await people.recordOptOut({
    who: { email: 'ada.lovelace@engines.example' },
    because: 'unsubscribed',
    occurredAt: monday,
    source: '/form',
    id: 'u1',
  });
  return leadId;
}

test('nothing of the person is left in any table; the search itself finds them before', async () => {
  const leadId = await addAda();
  await importCells(db, [{ ...ada, Email: 'broken ada@' }]);
  expect(await tablesWith(traces)).toEqual(expect.arrayContaining(['identity', 'profile', 'anonymous', 'anonymous_event', 'outbox']));
  expect(await erasePerson(db, secret, leadId, { by: 'olga', at: monday })).toBe(true);
  expect(await tablesWith(traces)).toEqual([]);
});

test('a tombstone stays, and the person is not taken in again by any identity', async () => {
  const leadId = await addAda();
  await erasePerson(db, secret, leadId, { by: 'olga', at: monday });
  expect(await rowsOf(db, 'select erased_at is not null as erased, traits, consent from lead')).toEqual([
    { erased: true, traits: {}, consent: {} },
  ]);
  expect(await importCells(db, [{ Email: 'ada.lovelace+again@engines.example' }, { Phone: '+442079460110' }])).toEqual([
    { row: 1, as: 'suppressed', says: expect.stringContaining('erased') },
    { row: 2, as: 'suppressed', says: expect.stringContaining('erased') },
  ]);
});

test('erasing twice is the same, and an opt-out that comes after adds nothing of the person', async () => {
  const leadId = await addAda();
  for (let n = 0; n < 2; n++) expect(await erasePerson(db, secret, leadId, { by: 'olga', at: monday })).toBe(true);
  await routerPeople(db, secret).recordOptOut({
    who: { lead: leadId, email: 'ada.lovelace@engines.example' },
    because: 'complained',
    occurredAt: monday,
    source: '/x',
    id: 'c1',
  });
  expect(await tablesWith(traces)).toEqual([]);
  expect(await erasePerson(db, secret, 'ld_nobody', { by: 'olga', at: monday })).toBe(false);
});

test('whatever was kept for the person along the way goes, too; a hand-off that is held waits for nobody any more', async () => {
  const leadId = await addAda();
  const kept = `{"said": "Ada Lovelace of Mill Road"}`;
  await db.query(`insert into effect_result (lead_id, key, result) values ($1, 'e1.start.coupon', $2)`, [leadId, kept]);
  await db.query(`insert into import_before (import, lead_id, profile) values ('batch-0', $1, $2)`, [leadId, kept]);
  await db.query(`insert into account_engagement (account, lead_id, at_ms) values ('engines', $1, $2)`, [leadId, monday]);
  const gate = `insert into hand_off_gate (lead_id, number, rule, state, at_ms) values ($1, $2, 'scored', $3, $4)`;
  await db.query(gate, [leadId, 1, 'passed', monday]);
  await db.query(gate, [leadId, 2, 'held', monday]);
  await erasePerson(db, secret, leadId, { by: 'olga', at: monday });
  expect(await tablesWith(traces)).toEqual([]);
  for (const [table, { erased }] of Object.entries(tablesOfPerson))
    if (erased) expect([table, await rowsOf(db, `select 1 as n from ${table} where lead_id = $1`, [leadId])]).toEqual([table, []]);
  expect(await rowsOf(db, 'select number, state from hand_off_gate order by number')).toEqual([
    { number: 1, state: 'passed' },
    { number: 2, state: 'dropped' },
  ]);
});
