/** Imports that run at once over the same people make one lead a person: the database decides who was first. */
import { openDatabase, type Database } from '../../activities/people/database';
import { importRows, type ImportAsk } from '../../activities/people/import';
import type { RowOutcome } from '../../events/requests';
import { freshStore, importCells, leadOf, rowsOf, secret, type Store } from './store';

let store: Store;
let db: Database;
beforeEach(async () => {
  store = await freshStore();
  ({ db } = store);
});
afterEach(() => db.close());

const ada = { Email: 'ada@engines.example', 'First name': 'Ada', Company: 'Engines' };
const leads = async (): Promise<number> => (await rowsOf<{ n: number }>(db, 'select count(*) as n from lead'))[0]?.n ?? 0;

describe('imports that race', () => {
  test('over two connections and in opposite order make one lead a person', async () => {
    const other = openDatabase(store.url);
    const cells = Array.from({ length: 100 }, (_, n) => ({
      Email: `p${n}@race.example`,
      Phone: `+4930231${String(25_000 + n)}`,
      'Last name': `Name${n}`,
    }));
    try {
      const both = await Promise.all([
        importRows(db, { batch: 'x', source: 'a', by: 'test', rows: cells.map((fields, n) => ({ row: n + 1, fields })) }, { secret }),
        importRows(
          other,
          { batch: 'y', source: 'b', by: 'test', rows: [...cells].reverse().map((fields, n) => ({ row: n + 1, fields })) },
          { secret },
        ),
      ]);
      const outcomes = both.flatMap(({ outcomes: each }) => each);
      expect(outcomes).toHaveLength(200);
      expect(outcomes.filter(({ as }) => as === 'created')).toHaveLength(100);
      expect(outcomes.filter(({ as }) => as === 'duplicate')).toHaveLength(100);
      expect(await leads()).toBe(100);
      expect(new Set(outcomes.map((outcome) => leadOf(outcome))).size).toBe(100);
    } finally {
      await other.close();
    }
  });

  test('with somebody who is no import and takes the address meanwhile, find that lead', async () => {
    const other = openDatabase(store.url);
    let importing: Promise<readonly RowOutcome[]> | undefined;
    try {
      await other.transaction(async (client) => {
        await client.query(
          `insert into identity (kind, value, lead_id, written, key) values ('email', 'ada@engines.example', 'ld_first', 'ada@engines.example', 'k')`,
        );
        await client.query(`insert into lead (id, key) values ('ld_first', 'k')`);
        await client.query(`insert into profile (lead_id, first_name, company) values ('ld_first', 'Ada', 'Engines')`);
        importing = importCells(db, [ada]);
        await waits(other);
      });
      expect(await importing).toEqual([{ row: 1, as: 'updated', leadId: 'ld_first' }]);
      expect(await leads()).toBe(1);
    } finally {
      await other.close();
    }
  });

  /** Until some statement waits for another transaction. */
  const waits = async (watcher: Database): Promise<void> => {
    for (let tries = 0; tries < 200; tries++) {
      if (
        (await rowsOf(watcher, `select 1 as n from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`))
          .length > 0
      )
        return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error('nothing ever waited');
  };

  test('of one request, sent twice at once, make it happen once', async () => {
    const other = openDatabase(store.url);
    const ask: ImportAsk = { batch: 'same', source: 'a', by: 'test', rows: [{ row: 1, fields: ada }] };
    try {
      const [one, two] = await Promise.all([importRows(db, ask, { secret }), importRows(other, ask, { secret })]);
      expect(one).toEqual(two);
      expect(await leads()).toBe(1);
    } finally {
      await other.close();
    }
  });
});
