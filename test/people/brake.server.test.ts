/** The brake in the store: what passes, what is held, what an operator's answer does, and that two processes count as one. */
import { answerBrake, brakeHolds, brakeStanding } from '../../activities/people/brake';
import { recordHandOff } from '../../activities/people/hand-offs';
import { openDatabase, type Database } from '../../activities/people/database';
import { publishArtefacts } from '../../activities/people/published';
import { artefactOf } from '../../events/digest';
import { settings } from '../support/published';
import { freshStore, monday, type Store } from './store';

const hour = 3_600_000;
let store: Store;
let db: Database;
beforeEach(async () => {
  store = await freshStore();
  ({ db } = store);
  await publishArtefacts(db, [artefactOf('settings', { ...settings, handOffBrake: { times: 3, atLeast: 4 } })], 'test');
});
afterEach(() => db.close());

const asks = (leadId: string, at: number, handOff = 1, on: Database = db): Promise<boolean> =>
  brakeHolds(on, leadId, { handOff, rule: 'journey.scored' }, at);
const several = async (name: string, count: number, at: number): Promise<number> => {
  let held = 0;
  for (let n = 0; n < count; n += 1) if (await asks(`${name}-${n}`, at + n)) held += 1;
  return held;
};

test('as many as the least pass in an hour whatever is usual, and the rest is held, also when it asks again', async () => {
  expect(await several('a', 6, monday)).toBe(2);
  expect([await asks('a-0', monday + 10), await asks('a-5', monday + 2 * hour)]).toEqual([false, true]);
  expect(await brakeStanding(db, monday + 10)).toMatchObject({ lastHour: 4, mayBe: 4, held: [{ leadId: 'a-4' }, { leadId: 'a-5' }] });
});

test('an hour later the next ones pass, and what is held stays held', async () => {
  await several('a', 6, monday);
  expect([await asks('later', monday + 2 * hour), await asks('a-5', monday + 2 * hour)]).toEqual([false, true]);
});

test('three times the usual of the hours that brought any may pass', async () => {
  for (let n = 5; n >= 1; n -= 1) await several(`day-${n}`, 3, monday - n * 24 * hour);
  expect(await several('today', 12, monday)).toBe(3);
  expect(await brakeStanding(db, monday + 20)).toMatchObject({ lastHour: 9, mayBe: 9 });
});

test('a release lets it through for good and holds back nobody who comes after it', async () => {
  await several('a', 5, monday);
  const answered = { as: 'released', handOffs: [{ leadId: 'a-4', handOff: 1 }], by: 'olga' } as const;
  expect([await answerBrake(db, answered), await answerBrake(db, answered)]).toEqual([1, 0]);
  expect([await asks('a-4', monday + 10), (await brakeStanding(db, monday + 10)).lastHour]).toEqual([false, 4]);
});

test('what was dropped never passes; the next hand-off of the same person is judged anew', async () => {
  await several('a', 5, monday);
  await answerBrake(db, { as: 'dropped', handOffs: [{ leadId: 'a-4', handOff: 1 }], by: 'olga' });
  expect([await asks('a-4', monday + 10), await asks('a-4', monday + 2 * hour, 2)]).toEqual([true, false]);
});

test('a hand-off that is withdrawn meanwhile is held no more', async () => {
  await several('a', 6, monday);
  await db.transaction((client) => recordHandOff(client, { leadId: 'a-4', handOff: 1, status: 'withdrawn', at: monday + 10 }));
  expect((await brakeStanding(db, monday + 20)).held).toMatchObject([{ leadId: 'a-5' }]);
});

test('thirty at once over two processes: four pass', async () => {
  const other = openDatabase(store.url);
  try {
    const held = await Promise.all(Array.from({ length: 30 }, (_, n) => asks(`r-${n}`, monday + n, 1, n % 2 === 0 ? db : other)));
    expect(held.filter((one) => !one)).toHaveLength(4);
  } finally {
    await other.close();
  }
});
