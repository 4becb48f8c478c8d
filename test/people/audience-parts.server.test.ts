/** What each part of a question means of a person, and how a wrong one is refused. */
import type { Database } from '../../activities/people/database';
import { audienceSelection, WrongQuery } from '../../activities/people/audience';
import { audienceCount, audienceSample, audienceWhy } from '../../activities/people/audience/ask';
import { given, monday } from '../support/given';
import { audienceStore, published } from './audience-store';
import type { AudienceStore } from './audience-store';

const day = 86_400_000;
let store: AudienceStore;
let db: Database;

beforeAll(async () => {
  store = await audienceStore();
  ({ db } = store);
});
afterAll(() => db.close());

describe('of one person', () => {
  let leadId: string;
  const now = monday + 60 * day;
  const ids = async (query: string): Promise<readonly string[]> => {
    const { text, values } = await audienceSelection(db, query, now);
    return (await db.query<{ lead_id: string }>(text, [...values])).rows.map(({ lead_id }) => lead_id);
  };
  beforeAll(async () => {
    const tale = given(published, 'lead-ada').profile({ industry: 'software', size: '51-200' }, { email: 'granted' });
    tale.after('30 days').does('page.viewed', { path: '/pricing' }).does('page.viewed', { path: '/' });
    tale.after('7 days').does('email.clicked', { content: 'pricing' });
    leadId = 'lead-ada';
    for (let n = 0; n < 8; n += 1) await store.know(`other-${n}`, { industry: 'finance' }, true);
    await store.know(leadId, { industry: 'software', size: '51-200' }, false);
    await store.project([{ leadId, tale }], now);
    await db.query(
      `insert into send_ledger (lead_id, effect, kind, content, state, called_ms) values ('lead-ada', 'e1', 'lead', 'pricing', 'sent', $1)`,
      [now - 10 * day],
    );
  });

  test.each([
    ['did(page.viewed) 2 times in 31 days', true],
    ['did(page.viewed) 3 times', false],
    ['did(page.viewed) in 29 days', false],
    ['did(page.viewed) in 30 days', true],
    ['received(pricing) in 10 days', true],
    ['received(pricing) in 9 days', false],
    ['received() in 10 days', true],
    ['silent for 23 days', true],
    ['silent for 24 days', false],
    ['engaged in 24 days', true],
    ['created in 60 days', true],
    ['created in 59 days', false],
    ['size >= 11-50 and size < 201-1000', true],
    ['size > 51-200', false],
    ['created >= 2026-01-05 and created < 2026-01-06', true],
    ['score > 0', true],
    ['industry != finance', true],
    ['country != de', true],
    ['country is unknown', true],
    ['list(fair)', false],
    ['campaign(spring)', false],
    ['sequence(daily)', false],
    ['mailable', false],
    ['segment(keen) or industry = software', true],
  ])('%s: %s', async (query, expected) => expect((await ids(query)).includes(leadId)).toBe(expected));

  test('what is taken back counts no more', async () => {
    const tale = given(published, 'lead-ben').profile({ industry: 'retail' }, {});
    tale.does('page.viewed', { path: '/' }, { id: 'view-000001' }).does('page.viewed', { path: '/' }, { id: 'view-000002' });
    tale.command({ word: 'retract', event: 'view-000001' });
    await store.know('lead-ben', { industry: 'retail' }, false);
    await store.project([{ leadId: 'lead-ben', tale }], now);
    expect(await ids('did(page.viewed) and industry = retail')).toEqual(['lead-ben']);
    expect(await ids('did(page.viewed) 2 times and industry = retail')).toEqual([]);
  });

  test('why says of each part whether it holds and what is known', async () => {
    const why = await audienceWhy(
      db,
      {
        query: 'score >= 90 and received(pricing) in 30 days and not industry = finance and not (country = de or not not size = 51-200)',
        leadId,
      },
      now,
    );
    expect(why?.holds).toBe(false);
    expect(why?.parts).toEqual([
      { said: 'score >= 90', holds: false, seen: expect.stringMatching(/^\d+$/) },
      { said: 'received(pricing) in 30 days', holds: true, seen: expect.stringMatching(/^1, last 2026-02-24 /) },
      { said: 'not industry = finance', holds: true, seen: 'software' },
      { said: 'country = de', holds: false },
      { said: 'not not size = 51-200', holds: true, seen: '51-200' },
    ]);
    expect(await audienceWhy(db, { query: 'score >= 1', leadId: 'nobody' }, now)).toBeUndefined();
  });

  test('count says what each part leaves, sample picks so many of them', async () => {
    const made = await audienceCount(db, { query: 'industry = software and did(page.viewed) 2 times' }, now);
    expect(made.parts.map(({ said, left }) => [said, left <= made.people])).toEqual([
      ['industry = software', true],
      ['did(page.viewed) 2 times', true],
    ]);
    expect(made.parts.at(-1)?.left).toBe(made.matched);
    const all = await ids('industry = software and did(page.viewed) 2 times');
    expect(made.matched).toBe(all.length);
    const some = await audienceSample(db, { query: 'score >= 0', people: 5 }, now);
    expect([some.people.length, some.matched]).toEqual([5, made.people]);
  });
});

test.each([
  ['score >= thirty', 10, '"score" is a number, not "thirty"'],
  ['stge = awareness', 1, 'there is no field "stge"; did you mean "stage"?'],
  ['score > 1 and industry = sofware', 26, '"sofware" is no industry; did you mean "software"?'],
  ['industry in (finance, fin)', 23, '"fin" is no industry'],
  ['size in (51-200, 51-2000)', 18, '"51-2000" is no size'],
  ['not received(pricing-x)', 14, 'there is no content "pricing-x"'],
  ['industry > software', 1, 'has no order'],
  ['received(pricng)', 10, 'there is no content "pricng"; did you mean "pricing"?'],
  ['did(page.vewed)', 5, 'did you mean "page.viewed"?'],
  ['segment(kean)', 9, 'there is no segment "kean"; did you mean "keen"?'],
  ['created = soon', 11, '"soon" is no date'],
  ['score in 3 days', 1, '"score" is no date'],
])('%s is refused with its place', async (query, at, says) => {
  const fault = await audienceSelection(db, query, 0).then(
    () => undefined,
    (error: unknown) => (error instanceof WrongQuery ? error.fault : undefined),
  );
  expect(fault).toMatchObject({ at, says: expect.stringContaining(says) });
});

test('count of what is joined by "or" says how many meet each, and how many together', async () => {
  const { joined, matched, parts } = await audienceCount(db, { query: 'industry = finance or size = 51-200 or country = de' }, monday);
  expect([joined, matched, parts.map(({ holds, left }) => [holds, left])]).toEqual([
    'or',
    9,
    [
      [8, 8],
      [1, 9],
      [0, 9],
    ],
  ]);
});

test('nothing that is written in a question reaches the database but as a value', async () => {
  const nasty = `source = "x'); drop table audience; --"`;
  const { text, values } = await audienceSelection(db, nasty, 0);
  expect(text).not.toContain('drop');
  expect((await db.query(text, [...values])).rows).toEqual([]);
});
