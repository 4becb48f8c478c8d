/** The standing of many addresses, read at once, is that of each: whatever consents were given and taken, and whatever is suppressed. */
import { everybody } from '../../activities/people/audience';
import type { Database } from '../../activities/people/database';
import { freshStore, rowsOf } from './store';

let db: Database;
beforeAll(async () => {
  ({ db } = await freshStore());
});
afterAll(() => db.close());

/** Six domains, every third address suppressed in some way, consents given and withdrawn in any order and at the same moment. */
async function makePeople(count: number): Promise<void> {
  await db.query(`insert into lead (id, key, held) select 'l' || n, 'lead-' || n, n % 7 = 0 from generate_series(1, $1::int) n`, [count]);
  await db.query(
    `insert into identity (kind, value, lead_id, written, key, domain_key, sends)
     select 'email', 'p' || n || k, 'l' || n, 'p' || n || k, 'mail-' || n || k, 'domain-' || n % 6, k = 'a'
       from generate_series(1, $1::int) n, unnest(array['a', 'b']) k where n % 5 > 0`,
    [count],
  );
  await db.query(
    `insert into consent (lead_id, channel, state, obtained_ms, source, evidence, by)
     select 'l' || n, case when k = 4 then 'sms' else 'email' end, case when (n / k) % 2 = 0 then 'granted' else 'withdrawn' end, (n * k) % 3, 'test', 'e' || k, 'test'
       from generate_series(1, $1::int) n, generate_series(1, 4) k where (n + k) % 3 > 0 and n % 11 > 0`,
    [count],
  );
  await db.query(
    `insert into suppression (key, channel, kind, because, at_ms, by, lifted_at)
     select key, 'email', kind, 'test', 1, 'test', case when lifted then now() end from (
       select 'mail-' || n || 'a' as key, (array['opt-out', 'bounce', 'complaint', 'operator'])[1 + n % 4] as kind, n % 9 = 0 as lifted from generate_series(3, $1::int, 3) n
       union all select 'mail-' || n || 'a', 'erasure', false from generate_series(12, $1::int, 12) n
       union all select 'lead-' || n, 'operator', false from generate_series(4, $1::int, 8) n
       union all select 'mail-' || n || 'b', 'bounce', false from generate_series(1, $1::int, 4) n
       union all select 'domain-2', 'opt-out', false) made`,
    [count],
  );
}

test('as the view has it of one person', async () => {
  await makePeople(400);
  const asked = 'e.address';
  const rows = await rowsOf(db, `select l.id, e.address, e.consent, e.suppressed ${everybody(asked)} order by l.id`);
  const view = await rowsOf(db, 'select lead_id as id, address, consent, suppressed from email_standing order by lead_id');
  expect(rows).toEqual(view);
  const kinds = new Set(view.map(({ suppressed }) => suppressed));
  expect([...kinds].map(String).sort()).toEqual(['bounce', 'complaint', 'erasure', 'null', 'operator', 'opt-out']);
  expect(new Set(view.map(({ consent }) => consent)).size).toBe(3);
});
