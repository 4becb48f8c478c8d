/** People on Postgres keep the contract of the `People` port. */
import { erasePerson } from '../../activities/people/erase';
import { postgresPeople } from '../../activities/people/people-store';
import { addRep, setRepActive } from '../../activities/people/reps';
import { peopleContract } from './people-contract';
import { freshStore, importOne, monday, rowsOf, secret, type Store } from './store';

let store: Store;
let friends = 0;
beforeEach(async () => {
  store = await freshStore();
});
afterEach(() => store.db.close());

peopleContract(() => {
  const { db } = store;
  return Promise.resolve({
    people: postgresPeople(db, secret),
    addAda: () =>
      importOne(db, {
        Email: 'ada@engines.example',
        'First name': 'Ada',
        'Last name': 'Lovelace',
        Company: 'Engines',
        Title: 'Owner',
        Country: 'UK',
      }),
    addFriend: (referredBy) =>
      importOne(db, { Email: `friend-${++friends}@mills.example`, 'First name': 'Fay', 'Referred by': referredBy }),
    addRep: async (name) => (await addRep(db, { name, email: `${name.toLowerCase()}@sales.example`, by: 'test' })).id,
    setRepActive: async (id, active) => void (await setRepActive(db, id, active)),
    erase: async (leadId) => void (await erasePerson(db, secret, leadId, { by: 'test', at: monday })),
    held: async (leadId) => (await rowsOf<{ held: boolean }>(db, 'select held from lead where id = $1', [leadId]))[0]?.held === true,
  });
});
