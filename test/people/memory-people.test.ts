/** People in memory keep the contract of people on Postgres. */
import { memoryPeople } from '../../activities/people/memory-people';
import { traitsOf } from '../../activities/people/traits';
import { peopleContract } from './people-contract';
import { secret } from './secret';

const ada = { firstName: 'Ada', lastName: 'Lovelace', company: 'Engines', title: 'Owner', country: 'GB', zone: 'Europe/London' };

let friends = 0;

peopleContract(() => {
  const people = memoryPeople(secret);
  return Promise.resolve({
    people,
    addAda() {
      people.addPerson('ld_ada', {
        profile: ada,
        email: 'ada@engines.example',
        traits: traitsOf(ada, { secret }),
        consent: { email: 'granted' },
      });
      return Promise.resolve('ld_ada');
    },
    addFriend(referredBy) {
      const id = `ld_friend${++friends}`;
      people.addPerson(id, { profile: { firstName: 'Fay', extra: { 'Referred by': referredBy } }, email: `${id}@mills.example` });
      return Promise.resolve(id);
    },
    addRep(name) {
      const id = `rep_${name.toLowerCase()}`;
      people.addRep({ id, name, email: `${name.toLowerCase()}@sales.example` });
      return Promise.resolve(id);
    },
    setRepActive: (id, active) => Promise.resolve(people.setRepActive(id, active)),
    erase: (leadId) => Promise.resolve(people.erase(leadId)),
    held: (leadId) => Promise.resolve(people.held(leadId)),
  });
});
