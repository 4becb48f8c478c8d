/** The schema comes once and in order, a collision is tried again, and one secret fills one database. */
import { DatabaseAway, openDatabase } from '../../activities/people/database';
import { holdSecret } from '../../activities/people/installation';
import { migrate } from '../../activities/people/migrate';
import { migrations } from '../../activities/people/migrations';
import { freshDatabase, freshPostgres } from '../support/servers';
import { freshStore, rowsOf } from './store';

jest.setTimeout(60_000);

test('processes that start together migrate once', async () => {
  const url = await freshDatabase();
  const starters = Array.from({ length: 4 }, () => openDatabase(url));
  const done = await Promise.all(starters.map((db) => migrate(db)));
  await Promise.all(starters.map((db) => db.close()));
  expect(done.filter((names) => names.length > 0)).toEqual([migrations.map(({ name }) => name)]);
});

test('a migration that was changed after it ran is refused; a new one is added', async () => {
  const { db } = await freshStore();
  const [first, ...rest] = migrations;
  await expect(migrate(db, [{ name: first?.name ?? '', sql: 'select 1' }, ...rest])).rejects.toThrow(/changed after it ran/);
  expect(await migrate(db, [...migrations, { name: '999-more', sql: 'create table more (n integer)' }])).toEqual(['999-more']);
  await db.close();
});

test('a migration that fails leaves nothing behind', async () => {
  const db = openDatabase(await freshDatabase());
  await expect(migrate(db, [{ name: '001', sql: 'create table half (n integer); select nonsense' }])).rejects.toThrow('nonsense');
  expect(await rowsOf(db, `select to_regclass('half') as half`)).toEqual([{ half: null }]);
  await db.close();
});

test('two transactions that wait for each other both end', async () => {
  const { db } = await freshStore();
  await db.query('create table pair (id integer primary key, n integer)');
  await db.query('insert into pair values (1, 0), (2, 0)');
  const add = (first: number, second: number): Promise<void> =>
    db.transaction(async (client) => {
      await client.query('update pair set n = n + 1 where id = $1', [first]);
      await new Promise((resolve) => setTimeout(resolve, 100));
      await client.query('update pair set n = n + 1 where id = $1', [second]);
    });
  await Promise.all([add(1, 2), add(2, 1)]);
  expect(await rowsOf(db, 'select n from pair')).toEqual([{ n: 2 }, { n: 2 }]);
  await db.close();
});

test('another secret than the one the suppressions were made with is refused', async () => {
  const { db } = await freshStore();
  await holdSecret(db, 'first-secret-first');
  await holdSecret(db, 'first-secret-first');
  await expect(holdSecret(db, 'other-secret-other')).rejects.toThrow(/RIPEN_SECRET is not the one/);
  await db.close();
});

test('a server that dies is named, in the middle of a transaction too, and found again when it is back', async () => {
  const server = await freshPostgres({ withoutFsync: true });
  const db = openDatabase(server.url);
  await db.query('select 1');
  const work = db.transaction(async (client) => {
    await client.query('select 1');
    await server.kill();
    await client.query('select 1');
  });
  await expect(work).rejects.toBeInstanceOf(DatabaseAway);
  await expect(db.query('select 1')).rejects.toBeInstanceOf(DatabaseAway);
  await server.restart();
  expect(await rowsOf(db, 'select 1 as n')).toEqual([{ n: 1 }]);
  await db.close();
  await server.remove();
});
