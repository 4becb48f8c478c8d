/** The README is true: its code compiles, its tables equal the code in both directions, its commands exist. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filterQueries, savedQueries } from '../../client/saved-queries';
import { problems } from '../../events/problems';
import * as words from '../../workflows/core/words';
import { settingsSchema } from '../../worker/config';

const root = join(__dirname, '..', '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const blocks = (language: string): string[] =>
  [...readme.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs'))].map((match) => match[1] ?? '');
const section = (name: string): string => readme.split(`<!-- ${name} -->`)[1]?.split(`<!-- /${name} -->`)[0]?.trim() ?? '';

/** A table as the README holds it; run with UPDATE_README=1 to write it anew. */
function expectTable(name: string, rows: readonly (readonly string[])[]): void {
  const [head = [], ...body] = rows;
  const cell = (text: string): string => text.replaceAll('|', '\\|');
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  const table = [line(head), line(head.map(() => '---')), ...body.map(line)].join('\n');
  if (process.env['UPDATE_README'] === '1') {
    const whole = readFileSync(join(root, 'README.md'), 'utf8');
    const [before = '', rest = ''] = whole.split(`<!-- ${name} -->`);
    writeFileSync(
      join(root, 'README.md'),
      `${before}<!-- ${name} -->\n${table}\n<!-- /${name} -->${rest.split(`<!-- /${name} -->`)[1] ?? ''}`,
    );
    return;
  }
  expect(section(name)).toBe(table);
}

const inSources = (code: string): string => code.replaceAll("from './", `from '${root}/`);

test('every TypeScript block compiles against the sources', () => {
  expect(blocks('ts').length).toBeGreaterThan(0);
  const folder = mkdtempSync(join(tmpdir(), 'ripen-readme-'));
  try {
    blocks('ts').forEach((code, index) => writeFileSync(join(folder, `block-${index}.ts`), inSources(code)));
    const config = {
      extends: join(root, 'tsconfig.json'),
      include: [folder],
      compilerOptions: {
        rootDir: '/',
        noEmit: true,
        types: ['jest'],
        typeRoots: [join(root, 'node_modules', '@types')],
        noUnusedLocals: false,
      },
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
    execFileSync(join(root, 'node_modules', '.bin', 'tsc'), ['-p', folder], { encoding: 'utf8', stdio: 'pipe' });
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 60_000);

test('the table of the language knows every word there is, and no other', () => {
  const said = new Set([...section('language').matchAll(/\b([a-z]+)\(/gi)].map((match) => match[1] ?? ''));
  const functions = Object.keys(words).filter((word) => word !== 'DefinitionError' && word !== 'defineSequence');
  const dotted = new Set([...section('language').matchAll(/\b([a-z]+)(?=\.[a-z]+\(|`|[,)])/gi)].map((match) => match[1] ?? ''));
  expect(functions.filter((word) => !said.has(word) && !dotted.has(word))).toEqual([]);
  const methods = Object.values(words).flatMap((word) => (typeof word === 'object' ? Object.keys(word) : []));
  const known = [...Object.keys(words), ...methods, ...Object.keys(words.field('x'))];
  expect([...said].filter((word) => !known.includes(word))).toEqual([]);
});

/** Blocks that hold tests are run here, as part of this file. */
describe('the tales of the README', () => {
  const tales = blocks('ts').filter((code) => code.includes('journey('));
  const folder = mkdtempSync(join(tmpdir(), 'ripen-tales-'));
  tales.forEach((code, index) => {
    const file = join(folder, `tale-${index}.ts`);
    writeFileSync(file, inSources(code));
    require(file);
  });
  rmSync(folder, { recursive: true });

  test('are there', () => expect(tales).not.toEqual([]));
});

test('the table of problems equals the code', () => {
  expectTable('problems', [
    ['code', 'what it means', 'what to do'],
    ...Object.values(problems).map(({ code, means, todo }) => [`\`${code}\``, means, todo]),
  ]);
});

test('the table of settings equals the code', () => {
  const rows = Object.entries(settingsSchema.shape).map(([name, schema]) => {
    const fallback = schema.safeParse(undefined);
    const value = fallback.data;
    const without = !fallback.success ? 'needed' : typeof value === 'string' || typeof value === 'number' ? `\`${value}\`` : '–';
    return [`\`${name}\``, schema.description ?? '', without];
  });
  expectTable('settings', [['setting', 'what it is', 'without it'], ...rows]);
});

test('the saved queries are those of the command line', () => {
  const at = Date.parse('2026-11-23T10:00:00Z');
  const moments = { nowAt: at, overdueBeforeAt: at - 3_600_000, startedBeforeAt: at - 300_000 };
  const queries = [
    ...Object.values(savedQueries).map(({ query }) => query(moments)),
    filterQueries.rep('REP'),
    filterQueries.place('saas-trial@2', 'decision'),
  ];
  for (const query of queries) expect(readme).toContain(`\`${query}\``);
});

test('every npm script that the README names exists', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
  const named = [...readme.matchAll(/npm (?:run )?(test:\w+|[a-z]+)/g)]
    .map((match) => match[1] ?? '')
    .filter((name) => name !== 'ci' && name !== 'run');
  expect(named.length).toBeGreaterThan(4);
  for (const name of named) expect(Object.keys(scripts)).toContain(name);
});
