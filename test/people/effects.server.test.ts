/** Results of effects and news for other leads, on Postgres. */
import { postgresEffectResults } from '../../activities/people/effect-results';
import { erasePerson } from '../../activities/people/erase';
import { leadNews } from '../../activities/people/lead-news';
import type { TellLeads } from '../../workflows/core';
import { effectResultsContract } from '../delivery/effect-results.contract';
import { freshStore, importOne, monday, rowsOf, secret, type Store } from './store';

let store: Store;
beforeEach(async () => {
  store = await freshStore();
});
afterEach(() => store.db.close());

effectResultsContract(() => Promise.resolve(postgresEffectResults(store.db)));

const aTell = (over: Partial<TellLeads> = {}): TellLeads => ({
  type: 'TellLeads',
  id: 'e1.start.thank.1',
  touchKey: 'e1.start.thank',
  enrolment: 'e1',
  sequence: 'plan@1#0123456789ab',
  phase: 'start',
  touch: 'thank',
  whom: 'referrer',
  event: 'referral.won',
  data: { referred: 'ld_1' },
  at: monday,
  ...over,
});
const told = () =>
  rowsOf<{ id: string; data: { leadId: string; input: unknown } }>(
    store.db,
    `select id, data from outbox where type = 'input.asked' order by seq`,
  );
const person = (name: string, more: Readonly<Record<string, string>> = {}) =>
  importOne(store.db, { Email: `${name}@${more['at'] ?? `${name}.example`}`, 'First name': name, ...more });

test('who referred the person hears of it once, however often it is told', async () => {
  const fay = await person('fay');
  const ada = await person('ada', { 'Referred by': 'fay@fay.example' });
  const news = leadNews(store.db, secret);
  expect([await news.tell(ada, aTell()), await news.tell(ada, aTell({ id: 'e1.start.thank.2' }))]).toEqual([1, 1]);
  const rows = await told();
  expect(rows).toHaveLength(1);
  expect(rows[0]?.data).toMatchObject({
    leadId: fay,
    input: { kind: 'engaged', event: { type: 'referral.won', occurredAt: monday, actor: 'engine', data: { referred: 'ld_1' } } },
  });
});

test('nobody to tell is no fault, and stays so', async () => {
  const ada = await person('ada');
  const news = leadNews(store.db, secret);
  expect(await news.tell(ada, aTell())).toBe(0);
  await person('fay');
  expect(await news.tell(ada, aTell({ referrer: 'fay@fay.example' }))).toBe(0);
  expect(await told()).toEqual([]);
});

test('colleagues are everybody else of the account who is still there', async () => {
  const [ada, bob, eve, tom] = [
    await importOne(store.db, { Email: 'ada@engines.example' }),
    await importOne(store.db, { Email: 'bob@engines.example' }),
    await importOne(store.db, { Email: 'eve@engines.example' }),
    await importOne(store.db, { Email: 'tom@mills.example' }),
  ];
  await erasePerson(store.db, secret, eve, { by: 'test', at: monday });
  expect(await leadNews(store.db, secret).tell(ada, aTell({ whom: 'colleagues', event: 'deal.won', data: {} }))).toBe(1);
  const rows = await told();
  expect(rows.map(({ data }) => data.leadId)).toEqual([bob]);
  expect(rows.map(({ data }) => data.leadId)).not.toContain(tom);
});

test('of an erased person no result stays', async () => {
  const ada = await person('ada');
  const results = postgresEffectResults(store.db);
  await results.keep(ada, 'e1.start.gift', { code: 'a' });
  await erasePerson(store.db, secret, ada, { by: 'test', at: monday });
  expect(await results.find(ada, 'e1.start.gift')).toBeUndefined();
});
