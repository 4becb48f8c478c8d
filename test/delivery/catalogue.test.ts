import { join } from 'node:path';
import type { Plan, Touch } from '../../workflows/core/plan';
import { readCatalogue } from '../../workflows/catalogue';

const root = join(__dirname, '../../workflows');
const touch = (id: string, over: Partial<Touch> = {}): Touch => ({
  channel: 'email',
  id,
  after: '0 minutes',
  purpose: 'marketing',
  ...over,
});
const plan = (touches: readonly Touch[], over: Partial<Plan> = {}): Plan => ({
  id: 'made-up',
  version: 1,
  for: 'leads',
  model: 'b2b-points',
  reenter: 'never',
  exit: [],
  handOff: [],
  entry: [],
  phases: { only: { touches, advance: [], exhaustedAfter: '9 days' } },
  ...over,
});

test('all that the repository ships fits together', () => {
  const { artefacts, faults } = readCatalogue(root);
  expect(faults).toEqual([]);
  expect(new Set(artefacts.map(({ kind }) => kind))).toEqual(new Set(['plan', 'model', 'settings', 'content']));
});

test('a touch without its content is a fault that says which file to write', () => {
  expect(readCatalogue(root, [plan([touch('welcome'), touch('poem')])]).faults).toEqual([
    'made-up.phases.only.touches[1]: there is no content "poem"; write workflows/content/poem.liquid',
  ]);
});

test('each arm of a test needs its content', () => {
  expect(readCatalogue(root, [plan([touch('pricing', { variants: { plain: 50, story: 50 } })])]).faults).toEqual([
    expect.stringContaining('"pricing.plain"'),
    expect.stringContaining('"pricing.story"'),
  ]);
});

test('marketing must not travel as a service mail, and a mail to reps goes to no lead', () => {
  expect(
    readCatalogue(root, [
      plan([touch('welcome', { purpose: 'service' }), touch('first-login', { purpose: 'service' }), touch('rep-offer')]),
    ]).faults,
  ).toEqual([
    expect.stringContaining('touches[0]: is a service mail, but the content "welcome" is not marked'),
    expect.stringContaining('touches[2]: "rep-offer" is a mail to reps'),
  ]);
});

test('models and sequences that a plan names must exist', () => {
  const phases = {
    only: {
      touches: [],
      advance: [{ when: { kind: 'score', atLeast: 1 } as const, start: 'nowhere' }],
      exhaustedAfter: '9 days',
      exhausted: { start: 'made-up' },
    } as const,
  };
  expect(readCatalogue(root, [plan([], { model: 'predicted' })]).faults).toEqual([]);
  expect(readCatalogue(root, [plan([], { model: 'b2c', phases })]).faults).toEqual([
    'made-up.model: there is no model "b2c" in workflows/settings',
    'made-up.phases.only.advance[0].start: there is no sequence "nowhere"',
  ]);
});

test('two plans of one version are a fault', () => {
  expect(readCatalogue(root, [plan([]), plan([])]).faults).toEqual(['made-up@1: there are two of this plan']);
});
