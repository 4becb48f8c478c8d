/** Every seeded mistake is named before anything is published, with its sentence, and where a word wrote it with file and line. */
import { transformSync } from '@swc/core';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCatalogue } from '../../workflows/catalogue';
import { DefinitionError, faultsOf } from '../../workflows/core';
import type { Plan } from '../../workflows/core';
import { before, defineSequence, email, engaged, score, segment } from '../../workflows/core/words';
import { sourcePlace } from '../../workflows/checking/source-place';
import { shipped } from '../../workflows/paths';
import { mistakesOfContent, pieces } from './mistakes-of-content';
import { phase, way } from './mistake';
import { mistakesOfShape } from './mistakes-of-shape';

const mistakes = [...mistakesOfShape, ...mistakesOfContent];

const root = join(mkdtempSync(join(tmpdir(), 'ripen-mistakes-')), 'workflows');
beforeAll(() => {
  mkdirSync(root);
  for (const folder of ['content', 'settings']) cpSync(shipped('workflows', folder), join(root, folder), { recursive: true });
  for (const [id, text] of Object.entries(pieces))
    writeFileSync(join(root, 'content', `${id}.liquid`), `---\nid: ${id}\nversion: 1\n${text}\n`);
});
afterAll(() => rmSync(join(root, '..'), { recursive: true }));

/** All that is said before a plan is published: what the definition refuses, and what the catalogue does not find. */
const saysOf = (plan: Plan): readonly string[] => {
  const own = faultsOf(plan).map(({ path, says }) => `${plan.id}.${path}: ${says}`);
  return [...own, ...readCatalogue(root, [plan]).faults].map((one) => one.replace(/ \(\S+:\d+\)$/, ''));
};

describe('a mistake', () => {
  test('of which there are at least forty, no two alike', () => {
    expect(new Set(mistakes.map(([what]) => what)).size).toBe(mistakes.length);
    expect(mistakes.length).toBeGreaterThanOrEqual(40);
  });

  test.each(mistakes)('%s is named in a sentence', (_what, plan, path, says) => {
    expect(saysOf(plan)).toContain(`${plan.id}.${path}: ${says}`);
  });
});

test('sequences that start each other at once, each entered again at any time, are a mistake of both', () => {
  const other = (id: string, start: string): Plan =>
    defineSequence({
      id,
      version: 1,
      model: 'b2b-points',
      reenter: 'always',
      phases: { start: { touches: [], advance: [{ start, when: score.atLeast(1) }], exhaustedAfter: '9 days' } },
    });
  const faults = readCatalogue(root, [other('ping', 'pong'), other('pong', 'ping')]).faults;
  expect(faults.map((one) => one.replace(/ \(\S+:\d+\)$/, ''))).toEqual([
    'ping.phases.start.advance[0].start: goes round without a wait (ping -> pong -> ping); give one of them a span to reenter',
    'pong.phases.start.advance[0].start: goes round without a wait (pong -> ping -> pong); give one of them a span to reenter',
  ]);
  expect(readCatalogue(root, [other('ping', 'pong'), { ...other('pong', 'ping'), reenter: '1 day' }]).faults).toEqual([]);
});

describe('sequences that start each other', () => {
  const rule = { start: 'pong', when: score.atLeast(1) };
  const back: Plan = { ...way(score.atLeast(1), { start: 'ping' }), id: 'pong', reenter: 'always' };
  const ping: Plan = { ...way(rule.when, rule), id: 'ping', reenter: 'always' };
  const [a, b] = [phase([], { advance: [rule] }), phase([])];
  const byDate = phase([], { exhaustedAt: before('endsAt', '1 day'), exhausted: { start: 'pong' } });
  const rounds: readonly (readonly [string, Plan])[] = [
    ['that may be entered again after no time', { ...ping, reenter: '0 minutes' }],
    ['from the first phase, where no entry need hold', { ...ping, entry: [{ to: 'b', when: score.atLeast(90) }], phases: { a, b } }],
    ['by a date that may be past', { ...ping, on: engaged('trial.started'), phases: { a: byDate } }],
  ];
  test.each(rounds)('%s are a mistake', (_what, plan) => {
    expect(readCatalogue(root, [plan, back]).faults).toContainEqual(expect.stringContaining('(ping -> pong -> ping)'));
  });
});

describe('the place of a mistake', () => {
  const lineOf = ({ stack = '' }: Error): number => Number(/mistakes\.test\.ts:(\d+)/.exec(stack)?.[1]);

  test('is the line of the word that made it', () => {
    const line = lineOf(new Error('here'));
    const plan = defineSequence({
      id: 'plan',
      version: 1,
      model: 'b2b-points',
      who: segment('nobody'),
      phases: { start: { touches: [email('poem', { after: '1 day' })], exhaustedAfter: '9 days' } },
    });
    expect(readCatalogue(root, [plan]).faults).toEqual([
      expect.stringMatching(new RegExp(`^plan\\.who: .*mistakes\\.test\\.ts:${line + 5}\\)$`)),
      expect.stringMatching(new RegExp(`^plan\\.phases\\.start\\.touches\\[0\\]: .*mistakes\\.test\\.ts:${line + 6}\\)$`)),
    ]);
  });

  test('is told where the definition itself refuses, all at once', () => {
    const line = lineOf(new Error('here'));
    const define = (): Plan =>
      defineSequence({
        id: 'plan',
        version: 1,
        model: 'b2b-points',
        goal: engaged('app.login', { times: 0 }),
        phases: { start: { touches: [email('welcome', { after: '1 day', priority: 1.5 })], exhaustedAfter: '9 days' } },
      });
    expect(define).toThrow(DefinitionError);
    expect(define).toThrow(
      [
        'sequence "plan" has 2 faults:',
        `  - goal.times: must be a whole number from 1 to 20 (mistakes.test.ts:${line + 6})`,
        `  - phases.start.touches[0].priority: must be a whole number; the greatest goes first (mistakes.test.ts:${line + 7})`,
      ].join('\n'),
    );
  });

  test('changes neither the plan nor its digest', () => {
    const touch = email('welcome', { after: '1 day' });
    expect([JSON.stringify(touch), Object.keys(touch)]).toEqual([
      '{"after":"1 day","channel":"email","id":"welcome","purpose":"marketing"}',
      ['after', 'channel', 'id', 'purpose'],
    ]);
    expect(touch).toEqual({ after: '1 day', channel: 'email', id: 'welcome', purpose: 'marketing' });
  });

  test('in a built file is that of the source it was built from', () => {
    const built = join(root, 'built.js');
    const { code, map = '' } = transformSync('\n\ntype Gone = { a: number };\n\nexport const here = new Error();\n', {
      filename: join(root, 'source.ts'),
      sourceFileName: 'source.ts',
      sourceMaps: true,
      jsc: { parser: { syntax: 'typescript' } },
    });
    writeFileSync(built, code);
    writeFileSync(`${built}.map`, map);
    const line = code.split('\n').findIndex((one) => one.includes('new Error')) + 1;
    expect(sourcePlace(`${built}:${line}:20`, join(root, '..'))).toBe('workflows/source.ts:5');
    expect(sourcePlace(`${join(root, 'plain.ts')}:7:1`, join(root, '..'))).toBe('workflows/plain.ts:7');
  });
});
