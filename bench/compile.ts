/** What the language costs an engineer: type-checking a sequence of 200 touches beside one of one touch, and defining and compiling it in the core. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shipped } from '../workflows/paths';
import { compiledPlan } from '../workflows/core/compile';
import { any, clicked, defineSequence, email, engaged, score, since } from '../workflows/core/words';
import { median } from './median';

const touches = 200;
const perPhase = 20;
const rounds = 5;
const definitions = 200;

export async function run(): Promise<Record<string, number>> {
  const checks = { one: [] as number[], many: [] as number[] };
  for (let round = 0; round <= rounds; round += 1)
    for (const [side, number] of round % 2 === 0 ? bySize : bySize.toReversed()) {
      const seconds = typeCheck(sourceOf(number));
      process.stderr.write(`round ${round} ${number} touches: ${seconds.toFixed(2)} s\n`);
      if (round > 0) checks[side].push(seconds);
    }
  const [oneSeconds, manySeconds] = [median(checks.one), median(checks.many)];
  return {
    typesVsOneTouch: manySeconds / oneSeconds,
    typesSeconds: manySeconds,
    typesMsPerTouch: ((manySeconds - oneSeconds) * 1_000) / (touches - 1),
    defineMs: millisOf(() => defined),
    compileMs: millisOf(() => {
      const plan = defined();
      return () => compiledPlan(plan);
    }),
  };
}

const bySize: readonly (readonly ['one' | 'many', number])[] = [
  ['one', 1],
  ['many', touches],
];

/** Every touch waits for something else and every phase names touches of its own, so that all the types there are have work. */
function sourceOf(number: number): string {
  const words = `import { any, clicked, defineSequence, email, engaged, score, since } from '${shipped('workflows', 'core', 'words').replaceAll('\\', '/')}';`;
  const phases = Array.from({ length: Math.ceil(number / perPhase) }, (_, phase) => {
    const mine = Array.from({ length: Math.min(perPhase, number - phase * perPhase) }, (_unused, at) => {
      const id = `touch-${phase}-${at}`;
      const before = `touch-${phase}-${at - 1}`;
      if (at % 4 === 1) return `email('${id}', { after: since(clicked('${before}'), '2 days') })`;
      if (at % 4 === 2) return `email('${id}', { after: '3 days', unless: any(engaged('project.created'), score.atLeast(${at})) })`;
      return `email('${id}', { after: '1 day', on: 'weekdays 10:00', when: engaged('page.viewed', { where: { path: { startsWith: '/${at}' } } }) })`;
    });
    const on =
      number <= perPhase || phase === Math.ceil(number / perPhase) - 1
        ? ''
        : `{ to: 'phase-${phase + 1}', when: clicked('touch-${phase}-0') }`;
    return `'phase-${phase}': { stage: 'awareness', touches: [${mine.join(',\n')}], advance: [${on}], exhaustedAfter: '90 days' }`;
  });
  return `${words}\nvoid [any, clicked, since, score];\nexport const plan = defineSequence({ id: 'long', version: 1, model: 'b2b-points', phases: {\n${phases.join(',\n')}\n} });\n`;
}

/** Seconds of the compiler on this one file and what it imports. Throws what the compiler says. */
function typeCheck(source: string): number {
  const folder = mkdtempSync(join(tmpdir(), 'ripen-compile-'));
  try {
    writeFileSync(join(folder, 'plan.ts'), source);
    const options = { rootDir: '/', noEmit: true, types: [], typeRoots: [shipped('node_modules', '@types')] };
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ extends: shipped('tsconfig.json'), files: ['plan.ts'], include: [], compilerOptions: options }),
    );
    const startedAt = performance.now();
    execFileSync(shipped('node_modules', '.bin', 'tsc'), ['-p', folder], { stdio: 'pipe' });
    return (performance.now() - startedAt) / 1_000;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const defined = () =>
  defineSequence({
    id: 'long',
    version: 1,
    model: 'b2b-points',
    phases: {
      all: {
        stage: 'awareness',
        touches: Array.from({ length: touches }, (_, at) =>
          email(`touch-${at}`, {
            after: at % 2 === 0 ? '1 day' : since(engaged('project.created', { times: 1 + (at % 20) }), '2 days'),
            unless: any(score.atLeast(at), clicked('touch-0')),
          }),
        ),
        exhaustedAfter: '900 days',
      },
    },
  });

/** Median of the work alone; what `prepare` does before it is not counted. */
function millisOf(prepare: () => () => unknown): number {
  const times = Array.from({ length: definitions }, () => {
    const work = prepare();
    const startedAt = performance.now();
    work();
    return performance.now() - startedAt;
  });
  return median(times.slice(definitions / 10));
}
