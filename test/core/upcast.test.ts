/** Facts and states of every release stay readable. The golden file is never changed: a new version of a fact gets a line of its own. */
import { evolve, factTypes, fold, initial, migrate, upcast, UnknownFact } from '../../workflows/core';
import type { Fact } from '../../workflows/core';
import golden from './golden/facts-v1.json';

const facts = golden as readonly unknown[];

test('every type of fact has a golden line', () => {
  expect([...new Set(facts.map((fact) => (fact as Fact).type))].sort()).toEqual([...factTypes].sort());
});

test.each(facts.map((fact) => [(fact as Fact).type, fact] as const))('%s is read as it was written', (_type, fact) => {
  expect(upcast(fact)).toEqual(fact);
});

test('the golden facts fold, in their order and each alone', () => {
  const state = fold(initial('lead-ada'), facts.map(upcast));
  expect(state.erased).toBe(true);
  for (const fact of facts) expect(evolve(initial('lead-ada'), upcast(fact)).at).toBeGreaterThan(0);
  expect(evolve(initial('lead-ada'), upcast(facts[1])).scores['b2b-points']?.total).toBe(25_000);
});

test.each([
  ['a type this release does not know', { v: 1, type: 'LeadCloned', occurredAt: 1, recordedAt: 1 }, 'unknown fact LeadCloned'],
  ['a newer version', { v: 2, type: 'LeadRested', occurredAt: 1, recordedAt: 1 }, 'unknown version 2 of LeadRested'],
  ['a name of Object itself', { v: 1, type: 'constructor', occurredAt: 1, recordedAt: 1 }, 'unknown fact constructor'],
  ['no object', null, 'a fact is an object'],
  [
    'a state of a newer release inside',
    { v: 1, type: 'LeadRestated', occurredAt: 1, recordedAt: 1, because: 'x', state: { v: 9 } },
    "unknown version 9 of a lead's state",
  ],
])('%s is unknown, not guessed', (_what, raw, says) => {
  expect(() => upcast(raw)).toThrow(UnknownFact);
  expect(() => upcast(raw)).toThrow(says);
});

test('a state is migrated or refused', () => {
  const state = initial('lead-ada');
  expect(migrate(JSON.parse(JSON.stringify(state)))).toEqual(JSON.parse(JSON.stringify(state)));
  expect(() => migrate({ v: 2 })).toThrow(UnknownFact);
  expect(() => migrate(undefined)).toThrow(UnknownFact);
});
