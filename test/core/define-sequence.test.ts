/** What types cannot see of a sequence is reported all at once, with paths. */
import { DefinitionError, faultsOf } from '../../workflows/core';
import type { Plan } from '../../workflows/core';
import { any, clicked, defineSequence, email, engaged, grade, not, score } from '../../workflows/core/words';
import type { Span } from '../../workflows/core/time';
import { daily } from './plans';

const phase = { touches: [email('a', { after: '1 day' })], exhaustedAfter: '9 days' } as const;
const head = { id: 'plan', version: 1, model: 'b2b-points' } as const;
const pathsOf = (define: () => unknown): readonly string[] => {
  try {
    define();
  } catch (error) {
    if (error instanceof DefinitionError) return error.faults.map(({ path }) => path);
    throw error;
  }
  return [];
};
const bad = (parts: Record<string, unknown>): readonly string[] =>
  faultsOf({ ...daily, ...parts } as Plan).map(({ path, says }) => `${path}: ${says}`);

test('a sound sequence becomes a plan with its defaults filled in', () => {
  expect(defineSequence({ ...head, phases: { start: phase } })).toEqual({
    ...head,
    for: 'leads',
    reenter: 'never',
    exit: [],
    handOff: [],
    entry: [],
    phases: {
      start: { touches: [{ channel: 'email', id: 'a', after: '1 day', purpose: 'marketing' }], advance: [], exhaustedAfter: '9 days' },
    },
  });
});

test('every fault is reported at once, with its path, in one error', () => {
  const define = () =>
    defineSequence({
      ...head,
      id: 'Not a name',
      reenter: 'soon' as Span,
      phases: {
        start: {
          touches: [
            email('a', { after: '1 day' }),
            email('a', { after: '2 moons' as Span }),
            email('b', { after: '1 day', variants: { x: 50, y: 40 } }),
          ],
          exhaustedAfter: '9 days',
        },
        orphan: phase,
      },
    });
  expect(pathsOf(define)).toEqual([
    'id',
    'reenter',
    'phases.start.touches[1].id',
    'phases.orphan.touches[0].id',
    'phases.start.touches[1].after',
    'phases.start.touches[2].variants',
    'phases.orphan',
  ]);
  expect(define).toThrow('sequence "Not a name" has 7 faults:');
  expect(define).toThrow('  - phases.start.touches[2].variants: the weights sum to 90, not to 100');
});

test.each<[string, () => unknown, string]>([
  [
    'two touches of one id',
    () =>
      defineSequence({
        ...head,
        phases: { start: { ...phase, touches: [email('a', { after: '1 day' }), email('a', { after: '1 day' })] } },
      }),
    'phases.start.touches[1].id',
  ],
  [
    'a phase that leads to itself',
    () => defineSequence({ ...head, phases: { start: { ...phase, advance: [{ to: 'start', when: score.atLeast(5) }] } } }),
    'phases.start.advance[0].to',
  ],
  [
    'a way to nowhere',
    () => defineSequence({ ...head, phases: { start: { ...phase, advance: [{ when: score.atLeast(5) }] } } }),
    'phases.start.advance[0]',
  ],
  [
    'a start of itself without a wait',
    () => defineSequence({ ...head, reenter: 'always', phases: { start: { ...phase, exhausted: { start: 'plan' } } } }),
    'phases.start.exhausted.start',
  ],
  ['an `on` that nothing enrols by', () => defineSequence({ ...head, on: grade.atLeast('B'), phases: { start: phase } }), 'on'],
  [
    'an `on` of what takes events back',
    () => defineSequence({ ...head, on: engaged('engagement.retracted'), phases: { start: phase } }),
    'on',
  ],
  [
    'a part of `on` that is no event',
    () => defineSequence({ ...head, on: any(engaged('app.login'), not(engaged('app.login'))), phases: { start: phase } }),
    'on.of[1]',
  ],
  ['no phase', () => defineSequence({ ...head, phases: {} }), 'phases'],
  [
    'two hand-off rules of one name',
    () =>
      defineSequence({
        ...head,
        handOff: [
          { name: 'x', when: score.atLeast(5), sla: { contact: '1 day' } },
          { name: 'x', when: score.atLeast(9), sla: { contact: '1 day' } },
        ],
        phases: { start: phase },
      }),
    'handOff[1].name',
  ],
  [
    'more time to accept than to contact',
    () =>
      defineSequence({
        ...head,
        handOff: [{ name: 'x', when: score.atLeast(5), sla: { accept: '2 days', contact: '1 day' } }],
        phases: { start: phase },
      }),
    'handOff[0].sla.accept',
  ],
  [
    'a window for one time',
    () => defineSequence({ ...head, goal: engaged('app.login', { within: '1 day' }), phases: { start: phase } }),
    'goal.within',
  ],
  ['nothing in an any', () => defineSequence({ ...head, goal: any(), phases: { start: phase } }), 'goal'],
])('%s', (_what, define, path) => expect(pathsOf(define)).toEqual([path]));

describe('a plan that came as JSON is held to what the compiler would have said', () => {
  test.each<[string, Record<string, unknown>, string]>([
    [
      'no exhaustedAfter',
      { phases: { start: { touches: [], advance: [] } } },
      'phases.start.exhaustedAfter: is missing; say after how long the phase has run out',
    ],
    [
      'an unreadable one',
      { phases: { start: { touches: [], advance: [], exhaustedAfter: 'soon' } } },
      `phases.start.exhaustedAfter: "soon" is no span; write for example '3 days' or '15 minutes'`,
    ],
    ['no touches', { phases: { start: { advance: [], exhaustedAfter: '1 day' } } }, 'phases.start.touches: is missing; write [] for none'],
    [
      'an unknown phase',
      { phases: { start: { touches: [], advance: [{ when: { kind: 'score', atLeast: 5 }, to: 'moon' }], exhaustedAfter: '1 day' } } },
      'phases.start.advance[0].to: there is no phase "moon"',
    ],
    ['an unknown touch', { goal: clicked('moon') }, 'goal: there is no touch "moon" in this sequence'],
    ['an unknown entry', { entry: [{ to: 'moon' }] }, 'entry[0].to: there is no phase "moon"'],
    ['no model', { model: '' }, 'model: is missing; name the scoring model'],
    ['no version', { version: 0 }, 'version: must be a whole number from 1'],
  ])('%s', (_what, parts, says) => expect(bad(parts)).toContain(says));
});
