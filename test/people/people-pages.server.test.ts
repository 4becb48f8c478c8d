/** Everybody page by page, as duplicates and hygiene ask for them; and pairs that are two people. */
import type { Database } from '../../activities/people/database';
import { lostPeople } from '../../activities/people/lost';
import { notDuplicates } from '../../activities/people/not-duplicates';
import { suppress } from '../../activities/people/operator';
import { peoplePage } from '../../activities/people/people-pages';
import { freshStore, importCells, importOne, leadOf, monday, rowsOf, secret } from './store';

let db: Database;
beforeEach(async () => {
  ({ db } = await freshStore());
});
afterEach(() => db.close());

test('everybody is told once, with what they did last and what was sent to them', async () => {
  const leadId = await importOne(db, { Email: 'ada@engines.example', 'First name': 'Ada', Booth: 'A1', 'Do not email': 'no' });
  await db.query(
    `insert into lead_summary (lead_id, qualification, score, sequence, last_fact_ms, seq, folded) values ($1, 'lead', 1, 'wake-up', 1, 1, '{"engagedAt": 77}')`,
    [leadId],
  );
  await db.query(
    `insert into send_ledger (lead_id, effect, kind, content, state, called_ms) values ($1, 'e', 'lead', 'welcome', 'sent', 88)`,
    [leadId],
  );
  expect(await peoplePage(db, {})).toEqual({
    people: [
      {
        leadId,
        email: 'ada@engines.example',
        fields: { firstName: 'Ada', Booth: 'A1' },
        customer: false,
        consent: 'granted',
        knownAt: expect.any(Number),
        engagedAt: 77,
        mailedAt: 88,
        mails: 1,
        sequences: ['wake-up'],
      },
    ],
  });
  expect(await peoplePage(db, { after: leadId })).toEqual({ people: [] });
});

test('pages hold a thousand and follow each other without a gap', async () => {
  const cells = Array.from({ length: 1_005 }, (_, at) => ({ Email: `p${at}@x.example` }));
  for (let from = 0; from < cells.length; from += 200) await importCells(db, cells.slice(from, from + 200));
  const first = await peoplePage(db, {});
  const second = await peoplePage(db, { after: first.next ?? '' });
  expect([first.people.length, second.people.length, second.next]).toEqual([1_000, 5, undefined]);
  expect(new Set([...first.people, ...second.people].map(({ leadId }) => leadId)).size).toBe(1_005);
});

test('who became unreachable in the last year is counted once, whoever lifted or blocked them', async () => {
  const outcomes = await importCells(db, [{ Email: 'a@x.example' }, { Email: 'b@x.example' }, { Email: 'c@x.example' }]);
  const suppressed = (lead: number, kind: string, at: number): Promise<unknown> =>
    db.query(
      `insert into suppression (key, channel, kind, because, at_ms, by) select key, 'email', $2, 'x', $3, 'test' from identity where lead_id = $1`,
      [leadOf(outcomes[lead]), kind, at],
    );
  await suppressed(0, 'bounce', monday);
  await suppressed(0, 'opt-out', monday);
  await suppressed(1, 'bounce', monday - 400 * 86_400_000);
  await suppressed(2, 'operator', monday);
  expect(await lostPeople(db, monday)).toEqual({ lost: 1, sinceAt: expect.any(Number) });
});

test('a pair that is two people is kept in either order, once', async () => {
  await notDuplicates(db, { pair: ['ld_b', 'ld_a'], by: 'test' });
  expect(await notDuplicates(db, { pair: ['ld_a', 'ld_b'], by: 'test' })).toEqual({ pairs: [['ld_a', 'ld_b']] });
});

test('a domain that is suppressed names everybody it touches; a dry run touches nobody', async () => {
  const outcomes = await importCells(db, [{ Email: 'a@rival.example' }, { Email: 'b@rival.example' }, { Email: 'c@other.example' }]);
  const ask = { who: '@rival.example', channel: 'all' as const, because: 'rival', by: 'test' };
  const touched = outcomes.slice(0, 2).map(leadOf).toSorted();
  expect(await suppress(db, secret, { ...ask, dryRun: true }, monday)).toEqual({ entries: 1, leadIds: touched });
  expect(await rowsOf(db, 'select 1 as n from suppression')).toEqual([]);
  expect(await suppress(db, secret, ask, monday)).toEqual({ entries: 1, leadIds: touched });
  expect(await importCells(db, [{ Email: 'new@rival.example' }])).toMatchObject([{ as: 'suppressed' }]);
});
