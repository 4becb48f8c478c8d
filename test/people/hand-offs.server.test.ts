/** Reps are chosen in turn also when many choose at once, and the list of hand-offs follows the log. */
import { openDatabase, type Database } from '../../activities/people/database';
import { listHandOffs, recordHandOff, type HandOffStep } from '../../activities/people/hand-offs';
import { addRep, assign, listReps } from '../../activities/people/reps';
import { freshStore, importOne, monday, rowsOf, type Store } from './store';

let store: Store;
let db: Database;
beforeEach(async () => {
  store = await freshStore();
  ({ db } = store);
});
afterEach(() => db.close());

const offer = (handOff: number, contactBy = monday) =>
  ({ type: 'AssignRep', id: 'h1.assign.1', handOff, rule: 'scored', not: [], acceptBy: monday - 1, contactBy }) as const;
const rep = async (name: string): Promise<string> =>
  (await addRep(db, { name, email: `${name.toLowerCase()}@sales.example`, by: 'test' })).id;
const step = (status: HandOffStep['status'], at: number, more: Partial<HandOffStep> = {}): Promise<void> =>
  db.transaction((client) => recordHandOff(client, { leadId: 'ld_1', handOff: 1, status, at, ...more }));

test('forty hand-offs at once over two processes go to four reps, ten each', async () => {
  for (const name of ['Rosa', 'Sam', 'Tara', 'Uma']) await rep(name);
  const other = openDatabase(store.url);
  try {
    await Promise.all(Array.from({ length: 40 }, (_, n) => assign(n % 2 === 0 ? db : other, `ld_${n}`, offer(1))));
  } finally {
    await other.close();
  }
  expect((await listReps(db)).reps.map(({ open }) => open)).toEqual([10, 10, 10, 10]);
});

test('one hand-off asked for many times at once has one rep', async () => {
  for (const name of ['Rosa', 'Sam', 'Tara']) await rep(name);
  const answers = await Promise.all(Array.from({ length: 12 }, () => assign(db, 'ld_1', offer(1))));
  expect(new Set(answers.map((answer) => answer?.id)).size).toBe(1);
  expect(await rowsOf(db, 'select count(*) as n from rep where turn > 0')).toEqual([{ n: 1 }]);
});

test('adding a rep again by the same address keeps the id and takes the new name', async () => {
  const id = await rep('Rosa');
  expect(await addRep(db, { name: 'Rosa Luz', email: 'ROSA@sales.example', by: 'test' })).toEqual({ id });
  expect((await listReps(db)).reps).toEqual([{ id, name: 'Rosa Luz', email: 'rosa@sales.example', active: true, open: 0 }]);
});

test('the list shows person, rep and clocks, most pressing first, and can be narrowed', async () => {
  const ada = await importOne(db, { Email: 'ada@engines.example', 'First name': 'Ada', 'Last name': 'Lovelace' });
  const rosa = await rep('Rosa');
  await assign(db, 'ld_2', offer(1, monday + 10));
  await assign(db, ada, offer(1, monday + 5));
  await db.transaction((client) => recordHandOff(client, { leadId: 'ld_2', handOff: 1, status: 'won', at: monday + 20 }));
  const first = {
    leadId: ada,
    handOff: 1,
    rep: rosa,
    repName: 'Rosa',
    name: 'Ada Lovelace',
    email: 'ada@engines.example',
    status: 'offered',
    acceptBy: monday - 1,
    contactBy: monday + 5,
  };
  expect((await listHandOffs(db, {})).handOffs).toEqual([first, expect.objectContaining({ leadId: 'ld_2', status: 'won' })]);
  expect((await listHandOffs(db, { open: true, rep: 'ROSA@sales.example' })).handOffs).toEqual([first]);
  expect((await listHandOffs(db, { rep: 'Sam' })).handOffs).toEqual([]);
});

test('steps told twice, late or by a rebuild end in the same row', async () => {
  const rosa = await rep('Rosa');
  await assign(db, 'ld_1', offer(1));
  const tale: readonly (readonly [HandOffStep['status'], number, Partial<HandOffStep>?])[] = [
    ['offered', 1, { rep: rosa }],
    ['accepted', 2, { rep: rosa }],
    ['contacted', 2],
    ['won', 3],
  ];
  for (let round = 0; round < 2; round++) for (const [status, at, more] of tale) await step(status, at, more);
  await step('offered', 1, { rep: rosa });
  expect(await rowsOf(db, 'select status, status_ms, rep_id, jsonb_array_length(history) as steps from hand_off')).toEqual([
    { status: 'won', status_ms: 3, rep_id: rosa, steps: 4 },
  ]);
});

test('a rebuild into an empty store still knows who had it', async () => {
  await step('offered', 1, { rep: 'rep_rosa' });
  expect((await listHandOffs(db, {})).handOffs).toEqual([
    { leadId: 'ld_1', handOff: 1, rep: 'rep_rosa', repName: 'rep_rosa', status: 'offered', contactBy: 0 },
  ]);
});
