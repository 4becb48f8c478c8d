/** Two leads that are one person become one: nothing is lost, nobody is written to who said no, and events for either find the one that is left. */
import type { Database } from '../../activities/people/database';
import { identify } from '../../activities/people/identities';
import { mergeLeads } from '../../activities/people/merge';
import { freshStore, importCells, importOne, monday, rowsOf, secret } from './store';

let db: Database;
let ada: string;
let again: string;
beforeEach(async () => {
  ({ db } = await freshStore());
  ada = await importOne(db, { Email: 'ada@engines.example', 'First name': 'Ada', Company: 'Engines' });
  again = await importOne(
    db,
    { Email: 'ada@home.example', Phone: '+493023125871', 'First name': 'Ada', City: 'York' },
    { source: 'fair', list: 'autumn' },
  );
});
afterEach(() => db.close());
const merge = (into = ada, from = again): Promise<unknown> => mergeLeads(db, secret, { into, from, by: 'olga' }, monday);

test('contacts, blanks of the profile and lists are those of both; mail goes where it went', async () => {
  expect(await merge()).toEqual({ merged: true });
  expect(await rowsOf(db, 'select kind, value, sends from identity where lead_id = $1 order by value', [ada])).toEqual([
    { kind: 'phone', value: '+493023125871', sends: true },
    { kind: 'email', value: 'ada@engines.example', sends: true },
    { kind: 'email', value: 'ada@home.example', sends: false },
  ]);
  expect(await rowsOf(db, 'select lead_id, company, city from profile')).toEqual([{ lead_id: ada, company: 'Engines', city: 'York' }]);
  expect(await rowsOf(db, `select lead_id from list_member where list = 'autumn'`)).toEqual([{ lead_id: ada }]);
  expect(await merge()).toEqual({ merged: true });
});

test('events for either, by address or by the id in an old link, find the one that is left', async () => {
  const third = await importOne(db, { Email: 'ada@third.example' });
  await merge(again, third);
  await merge();
  const who = [
    { kind: 'lead' as const, value: again },
    { kind: 'lead' as const, value: third },
    { kind: 'email' as const, value: 'ada@home.example' },
  ];
  expect(await identify(db, secret, who)).toEqual(who.map(() => ({ as: 'lead', leadId: ada })));
  expect(await importCells(db, [{ Email: 'ada@home.example' }])).toMatchObject([{ leadId: ada }]);
});

test('the stricter consent counts, and what stops one stops both', async () => {
  await db.query(
    `insert into consent (lead_id, channel, state, obtained_ms, source, evidence, by) values ($1, 'email', 'withdrawn', $2, 'link', 'x', 'lead')`,
    [again, monday - 5],
  );
  await db.query(`delete from consent where lead_id = $1 and state = 'granted'`, [again]);
  await db.query(
    `insert into suppression (key, channel, kind, because, at_ms, by) select key, 'all', 'operator', 'x', 1, 'test' from lead where id = $1`,
    [again],
  );
  await merge();
  expect(await rowsOf(db, 'select consent, suppressed from email_standing where lead_id = $1', [ada])).toEqual([
    { consent: 'withdrawn', suppressed: 'operator' },
  ]);
  expect(await rowsOf(db, 'select consent from lead where id = $1', [ada])).toEqual([{ consent: { email: 'withdrawn' } }]);
});

test('whom sales has, or whom nobody knows, is not merged away', async () => {
  await db.query(`insert into hand_off (lead_id, number, rep_id, status, status_ms) values ($1, 1, 'r', 'accepted', 1)`, [again]);
  expect(await merge()).toEqual({ refused: expect.stringContaining('Sales has') });
  expect(await merge(again, ada)).toEqual({ merged: true });
  expect(await merge('ld_nobody', again)).toEqual({ refused: 'There is no lead ld_nobody.' });
});
