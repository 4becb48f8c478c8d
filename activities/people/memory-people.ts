/** The `People` port in memory, for tests and simulations: the same answers as on Postgres, over people the test imagines. */
import type { ConsentCodes, Traits } from '../../events/stripped';
import type { AssignRep } from '../../workflows/core/effects';
import type { People, Rep } from '../ports';
import { addresseeOf } from './people-store';
import { fullName, type Profile } from '../../events/list/profile';
import { isReferredBy } from './relations';

type Person = {
  readonly profile: Profile;
  readonly email?: string;
  readonly traits: Traits;
  readonly consent: ConsentCodes;
  version: number;
  erased: boolean;
  held: boolean;
};

export type MemoryPeople = People & {
  addPerson(
    leadId: string,
    person: { readonly profile?: Profile; readonly email?: string; readonly traits?: Traits; readonly consent?: ConsentCodes },
  ): void;
  addRep(rep: Rep): void;
  setRepActive(id: string, active: boolean): void;
  erase(leadId: string): void;
  readonly held: (leadId: string) => boolean;
};

export function memoryPeople(secret: string): MemoryPeople {
  const people = new Map<string, Person>();
  const reps = new Map<string, Rep & { turn: number; active: boolean }>();
  const given = new Map<string, string>();
  /** Of the newest hand-off: numbers only grow. */
  const owners = new Map<string, string>();
  let turns = 0;
  const living = (leadId: string): Person | undefined => {
    const person = people.get(leadId);
    return person?.erased === false ? person : undefined;
  };
  const plain = ({ id, name, email }: Rep): Rep => ({ id, name, email });

  const assign = (leadId: string, { handOff, not }: AssignRep): Rep | undefined => {
    const key = `${leadId}:${handOff}`;
    const before = reps.get(given.get(key) ?? '');
    if (before?.active === true && !not.includes(before.id)) return plain(before);
    const [next] = [...reps.values()].filter(({ id, active }) => active && !not.includes(id)).sort((a, b) => a.turn - b.turn);
    if (next === undefined) return undefined;
    next.turn = ++turns;
    given.set(key, next.id);
    owners.set(leadId, next.id);
    return plain(next);
  };

  return {
    addPerson: (leadId, { profile = {}, email, traits = {}, consent = {} }) =>
      void people.set(leadId, {
        profile,
        traits,
        consent,
        version: (people.get(leadId)?.version ?? 0) + 1,
        erased: false,
        held: false,
        ...(email === undefined ? {} : { email }),
      }),
    addRep: (rep) => void reps.set(rep.id, { ...rep, turn: 0, active: true }),
    setRepActive(id, active) {
      const rep = reps.get(id);
      if (rep !== undefined) rep.active = active;
    },
    erase(leadId) {
      const person = people.get(leadId);
      if (person !== undefined) person.erased = true;
    },
    held: (leadId) => people.get(leadId)?.held === true,
    addressee(leadId) {
      const person = living(leadId);
      return Promise.resolve(person === undefined ? undefined : addresseeOf(leadId, person.profile, person.email, secret));
    },
    profile(leadId) {
      const person = living(leadId);
      return Promise.resolve(
        person === undefined ? undefined : { version: person.version, traits: person.traits, consent: person.consent },
      );
    },
    erased: (leadId) => Promise.resolve(people.get(leadId)?.erased === true),
    assign: (leadId, effect) => Promise.resolve(assign(leadId, effect)),
    rep(id) {
      const rep = reps.get(id);
      return Promise.resolve(rep === undefined ? undefined : plain(rep));
    },
    nextRep() {
      const [next] = [...reps.values()].filter(({ active }) => active).sort((a, b) => a.turn - b.turn);
      if (next !== undefined) next.turn = ++turns;
      return Promise.resolve(next === undefined ? undefined : plain(next));
    },
    owner(leadId) {
      const rep = reps.get(owners.get(leadId) ?? '');
      return Promise.resolve(rep?.active === true ? plain(rep) : undefined);
    },
    referrer(leadId, named) {
      const extra = Object.entries(living(leadId)?.profile.extra ?? {}).flatMap(([field, value]) => (isReferredBy(field) ? [value] : []));
      const texts = [...(named === undefined ? [] : [named]), ...extra].map((text) => text.trim());
      const ids = texts.flatMap((text) => [...people].filter(([id, { email }]) => id === text || (email !== undefined && email === text)));
      const found = ids.find(([id, { erased }]) => id !== leadId && !erased);
      if (found === undefined) return Promise.resolve(undefined);
      const name = fullName(found[1].profile);
      return Promise.resolve({ leadId: found[0], ...(name === undefined ? {} : { name }) });
    },
    hold(leadId, held) {
      const person = people.get(leadId);
      if (person !== undefined) person.held = held;
      return Promise.resolve();
    },
  };
}
