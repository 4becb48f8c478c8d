/** What people and customers are, counted by their codes. */
import type { Database } from '../../activities/people/database';
import { traitCounts } from '../../activities/people/trait-counts';
import { freshStore } from './store';

let db: Database;
beforeAll(async () => {
  ({ db } = await freshStore());
  for (let at = 0; at < 20; at += 1) {
    const traits = { industry: at < 12 ? 'software' : 'finance', member: at % 2 === 0, seats: at, ...(at < 3 ? { country: 'pt' } : {}) };
    await db.query('insert into lead (id, key, traits) values ($1, $1, $2)', [`l${at}`, JSON.stringify(traits)]);
    await db.query(
      `insert into lead_summary (lead_id, qualification, score, sequence, last_fact_ms, seq, folded) values ($1, $2, 0, '', 1, 1, '{}')`,
      [`l${at}`, at % 4 === 0 ? 'customer' : 'lead'],
    );
  }
  await db.query(`insert into lead (id, key, traits, erased_at) values ('gone', 'gone', '{"industry":"software"}', now())`);
  await db.query(`insert into lead (id, key, traits, merged_into) values ('other', 'other', '{"industry":"software"}', 'l1')`);
  await db.query(`insert into lead (id, key, traits) values ('new', 'new', '{"industry":"software"}')`);
});
afterAll(() => db.close());

test('values of five people and more, how many are customers, and of how many a field is known; nobody erased or merged', async () => {
  expect(await traitCounts(db, { among: {} })).toEqual({
    people: 21,
    won: 5,
    known: { industry: { people: 21, won: 5 }, member: { people: 20, won: 5 }, country: { people: 3, won: 1 } },
    values: [
      { field: 'industry', value: 'software', people: 13, won: 3 },
      { field: 'industry', value: 'finance', people: 8, won: 2 },
      { field: 'member', value: 'false', people: 10, won: 0 },
      { field: 'member', value: 'true', people: 10, won: 5 },
    ],
  });
});

test('among some people only; what is written there is never more than a value', async () => {
  const { people, won } = await traitCounts(db, { among: { industry: ['finance', 'retail'], member: ['true'] } });
  expect([people, won]).toEqual([4, 2]);
  expect(await traitCounts(db, { among: { "x' or true --": ["' or true --"] } })).toEqual({ people: 0, won: 0, known: {}, values: [] });
});
