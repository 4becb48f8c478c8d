/** What somebody did before they said who they are is credited once, by whichever side comes first. */
import { openDatabase, type Database } from '../../activities/people/database';
import { erasePerson } from '../../activities/people/erase';
import { routerPeople } from '../../activities/people/router-people';
import type { Input } from '../../workflows/core/inputs';
import { freshStore, importOne, monday, rowsOf, secret, type Store } from './store';

let store: Store;
let db: Database;
beforeEach(async () => {
  store = await freshStore();
  ({ db } = store);
});
afterEach(() => db.close());

const visit = (id: string, at = monday): Input => ({
  kind: 'engaged',
  id,
  event: { id, type: 'page.viewed', occurredAt: at, actor: 'human', data: { path: '/pricing' } },
});
const credited = async (): Promise<readonly string[]> =>
  (await rowsOf<{ id: string }>(db, `select data->'input'->>'id' as id from outbox where type = 'input.asked' order by seq`)).map(
    ({ id }) => id,
  );

test('visits are kept until the visitor is known, then go to the lead in the order they happened', async () => {
  const people = routerPeople(db, secret);
  expect(await people.keepAnonymous({ anonymous: 'c1', input: visit('later', monday + 5) })).toEqual({ as: 'kept' });
  expect(await people.keepAnonymous({ anonymous: 'c1', input: visit('first') })).toEqual({ as: 'kept' });
  const leadId = await importOne(db, { Email: 'ada@engines.example', 'Visitor id': 'c1' });
  expect(await credited()).toEqual(['first', 'later']);
  expect(await people.identify([{ kind: 'anonymous', value: 'c1' }])).toEqual([{ as: 'lead', leadId }]);
});

test('a kept visit that comes again after the claim is not credited twice, a new one is the router’s', async () => {
  const people = routerPeople(db, secret);
  await people.keepAnonymous({ anonymous: 'c1', input: visit('v1') });
  const leadId = await importOne(db, { Email: 'ada@engines.example', 'Visitor id': 'c1' });
  expect(await people.keepAnonymous({ anonymous: 'c1', input: visit('v1') })).toEqual({ as: 'kept' });
  expect(await people.keepAnonymous({ anonymous: 'c1', input: visit('v2') })).toEqual({ as: 'lead', leadId });
});

test('the first lead to claim a visitor keeps them', async () => {
  const people = routerPeople(db, secret);
  await people.keepAnonymous({ anonymous: 'c1', input: visit('v1') });
  const ada = await importOne(db, { Email: 'ada@engines.example' });
  const bob = await importOne(db, { Email: 'bob@looms.example' });
  expect([await people.claim({ anonymous: 'c1', leadId: ada }), await people.claim({ anonymous: 'c1', leadId: bob })]).toEqual([1, 0]);
  expect(await people.identify([{ kind: 'anonymous', value: 'c1' }])).toEqual([{ as: 'lead', leadId: ada }]);
});

test('visits that land while the visitor is being identified are credited by exactly one side', async () => {
  const other = openDatabase(store.url);
  const router = routerPeople(other, secret);
  const importer = routerPeople(db, secret);
  const ada = await importOne(db, { Email: 'ada@engines.example' });
  const ids = Array.from({ length: 40 }, (_, n) => `v${n}`);
  try {
    const delivered: string[] = [];
    const land = async (id: string): Promise<void> => {
      if ((await router.keepAnonymous({ anonymous: 'c1', input: visit(id) })).as === 'lead') delivered.push(id);
    };
    for (const id of ids.slice(0, 5)) await land(id);
    await Promise.all([...ids.slice(5, 20).map(land), importer.claim({ anonymous: 'c1', leadId: ada }), ...ids.slice(20, 35).map(land)]);
    for (const id of ids.slice(35)) await land(id);
    const through = await credited();
    expect([...through, ...delivered].sort()).toEqual([...ids].sort());
    expect(through.length).toBeGreaterThan(0);
    expect(delivered.length).toBeGreaterThan(0);
  } finally {
    await other.close();
  }
});

test('a batch of identities is resolved by one query, in order, whatever they are', async () => {
  const leadId = await importOne(db, { Email: 'ada@engines.example', Phone: '+442079460110', 'CRM id': 'crm-7' });
  let queries = 0;
  const counting: Database = {
    ...db,
    query: ((...args: Parameters<Database['query']>) => (queries++, db.query(...args))) as Database['query'],
  };
  const lead = { as: 'lead', leadId };
  expect(
    await routerPeople(counting, secret).identify([
      { kind: 'email', value: 'nobody@engines.example' },
      { kind: 'email', value: 'ADA+x@engines.example' },
      { kind: 'lead', value: leadId },
      { kind: 'phone', value: '+44 20 7946 0110' },
      { kind: 'email', value: 'no address' },
      { kind: 'external', value: 'crm-7' },
      { kind: 'email', value: 'ada@engines.example' },
    ]),
  ).toEqual([undefined, lead, lead, lead, undefined, lead, lead]);
  expect(queries).toBe(1);
});

test('events of the erased are known as such, by every identity they had', async () => {
  const leadId = await importOne(db, { Email: 'ada@engines.example', Phone: '+442079460110', 'Visitor id': 'c1' });
  await erasePerson(db, secret, leadId, { by: 'test', at: monday });
  const people = routerPeople(db, secret);
  expect(
    await people.identify([
      { kind: 'lead', value: leadId },
      { kind: 'email', value: 'Ada+y@engines.example' },
      { kind: 'phone', value: '+442079460110' },
      { kind: 'anonymous', value: 'c1' },
      { kind: 'email', value: 'bob@looms.example' },
    ]),
  ).toEqual([{ as: 'erased' }, { as: 'erased' }, { as: 'erased' }, { as: 'erased' }, undefined]);
});
