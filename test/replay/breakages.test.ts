/**
 * Careless changes that would hurt the people inside, each seeded on purpose: what catches it says so here.
 * Those of the shell are in `replay.server.test.ts`, which needs the bundle; mistakes in a new sequence are in `test/sequences`.
 */
import { evolve, fold, initial, upcast, UnknownFact } from '../../workflows/core';
import type { Fact, LeadState, Plan } from '../../workflows/core';
import { compiledPlan } from '../../workflows/core/compile';
import { editsOf, readVersions } from '../../workflows/sequences/versions';
import { shipped } from '../../workflows/paths';
import golden from '../core/golden/facts-v1.json';
import keysGolden from './golden/condition-keys.json';
import stateGolden from './golden/state.json';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const { stored } = readVersions(shipped('workflows'));
const facts = golden as readonly unknown[];
/** The golden life without what ends something, so that every fact has something to change. */
const life = facts.map(upcast).filter(({ type }) => type !== 'LeadErased' && type !== 'EnrolmentEnded' && type !== 'LeadRestated');
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** Under which keys a plan's conditions keep what happened: leads out there hold these very keys. */
const keysOf = (plan: Plan): Readonly<Record<string, unknown>> => {
  const { watches, clicks, lateSinces, phases } = compiledPlan(plan);
  return {
    watches: [...watches].flatMap(([type, all]) => all.map(({ key, where, times }) => `${key} ${type} ${JSON.stringify(where)} x${times}`)),
    clicks: [...clicks].map(([touch, key]) => `${key} ${touch}`),
    since: lateSinces.map(({ key }) => key),
    steps: [...phases].map(([phase, { program }]) => `${phase}: ${program.map(({ step }) => step.id).join(' ')}`),
  };
};
const keys = (): Readonly<Record<string, unknown>> =>
  Object.fromEntries(stored.map(({ plan }) => [`${plan.id}@${plan.version}`, plain(keysOf(plan))]));

if (process.env['UPDATE_GOLDEN'] === '1') {
  writeFileSync(join(__dirname, 'golden', 'condition-keys.json'), `${JSON.stringify({ ...keys(), ...keysGolden }, undefined, 2)}\n`);
}

test('the conditions of every published version keep their keys: leads hold what happened under them', () => {
  for (const [version, expected] of Object.entries(keysGolden)) expect([version, keys()[version]]).toEqual([version, expected]);
});

test('the golden life folds to the golden state: nothing a fact says is lost or read otherwise', () => {
  expect(plain(fold(initial('lead-ada'), life.slice(0, stateGolden.facts)))).toEqual(stateGolden.state);
});

describe('a seeded breakage is caught', () => {
  const first = stored[0];
  if (first === undefined) throw new Error('no version is kept');
  const phase = Object.keys(first.plan.phases)[0] ?? '';
  const withPhase = (change: Partial<Plan['phases'][string]>): Plan => {
    const before = first.plan.phases[phase];
    if (before === undefined) throw new Error('the plan has no phase');
    return { ...first.plan, phases: { ...first.plan.phases, [phase]: { ...before, ...change } } };
  };
  const edits: readonly (readonly [string, Plan])[] = [
    ['a delay is shortened', withPhase({ exhaustedAfter: '1 day' })],
    ['a message is taken out', withPhase({ touches: first.plan.phases[phase]?.touches.slice(1) ?? [] })],
    ['a way on is added', withPhase({ advance: [] })],
    ['phases change places', { ...first.plan, phases: Object.fromEntries(Object.entries(first.plan.phases).toReversed()) }],
    ['a hand-off asks for less', { ...first.plan, handOff: first.plan.handOff.slice(1) }],
    ['the goal is another', { ...first.plan, goal: { kind: 'engaged', type: 'deal.won' } }],
    ['people may come back sooner', { ...first.plan, reenter: '1 day' }],
    ['another model scores', { ...first.plan, model: 'another' }],
  ];
  test.each(edits)('%s in a published version', (_what, plan) => {
    expect(editsOf(stored, [plan]).map(({ path }) => path)).toEqual([`${plan.id}@${plan.version}`]);
  });

  test('the new number makes the same edit sound', () =>
    expect(editsOf(stored, [{ ...withPhase({ exhaustedAfter: '1 day' }), version: 99 }])).toEqual([]));

  test('a condition put in front of others renumbers the keys', () => {
    const moved: Plan = { ...first.plan, goal: { kind: 'engaged', type: 'demo.held' }, exit: [...first.plan.exit].toReversed() };
    expect(plain(keysOf(moved))).not.toEqual(keys()[`${first.plan.id}@${first.plan.version}`]);
  });

  test('a step put in front of others moves the people behind it', () => {
    const steps = first.plan.phases[phase]?.touches ?? [];
    expect(plain(keysOf(withPhase({ touches: [...steps].toReversed() })))).not.toEqual(keys()[`${first.plan.id}@${first.plan.version}`]);
  });

  test('a kind of fact that is no longer known', () => expect(() => upcast({ ...life[0], type: 'LeadTakenUp' })).toThrow(UnknownFact));

  test('a fact that is read as something else', () => {
    const bent = life.map((fact): Fact => (fact.type === 'PhaseEntered' ? { ...fact, phase: 'elsewhere' } : fact));
    expect(plain(fold(initial('lead-ada'), bent))).not.toEqual(plain(fold(initial('lead-ada'), life)));
  });

  test('a state of a newer release', () => {
    const state = { ...initial('lead-ada'), v: 2 } as unknown as LeadState;
    expect(() => upcast({ v: 1, type: 'LeadRestated', occurredAt: 1, recordedAt: 1, because: 'x', state })).toThrow(UnknownFact);
  });

  test('a fold that depends on more than the fact', () => {
    for (const fact of life)
      expect(plain(evolve(initial('lead-ada'), fact))).toEqual(plain(evolve(initial('lead-ada'), plain(fact) as Fact)));
  });
});
