/** The shape of the code is checked like its behaviour: arrows, purity of the core, size of files, what the sandbox holds. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parseSync, type ModuleItem } from '@swc/core';
import { buildBundle } from '../worker/bundle';

jest.setTimeout(120_000);

const root = join(__dirname, '..');
const folders = ['events', 'workflows', 'activities', 'worker', 'client', 'bench', 'test'];

const sources: readonly string[] = folders.flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file)),
);
const text = (file: string): string => readFileSync(join(root, file), 'utf8');

type Import = { readonly from: string; readonly to: string; readonly typeOnly: boolean };

function importsOf(file: string): readonly Import[] {
  const { body } = parseSync(text(file), { syntax: 'typescript' });
  return body.flatMap((item) => named(item).map(({ source, typeOnly }) => ({ from: file, to: resolved(file, source), typeOnly })));
}

function named(item: ModuleItem): readonly { readonly source: string; readonly typeOnly: boolean }[] {
  if (item.type === 'ImportDeclaration') {
    const allTypes = item.specifiers.length > 0 && item.specifiers.every((each) => each.type === 'ImportSpecifier' && each.isTypeOnly);
    return [{ source: item.source.value, typeOnly: item.typeOnly || allTypes }];
  }
  if (item.type === 'ExportAllDeclaration') return [{ source: item.source.value, typeOnly: 'typeOnly' in item && item.typeOnly === true }];
  if (item.type === 'ExportNamedDeclaration' && item.source) return [{ source: item.source.value, typeOnly: item.typeOnly }];
  return [];
}

/** A file of ours with its extension, or the name of a package. */
function resolved(file: string, source: string): string {
  if (!source.startsWith('.')) return source;
  const base = join(dirname(file), source);
  return [`${base}.ts`, join(base, 'index.ts')].find((candidate) => known.has(candidate)) ?? base;
}
const known = new Set(sources);
const imports: readonly Import[] = sources.flatMap(importsOf);
const inside = (folder: string) => (file: string) => file.startsWith(`${folder}/`);
const inCore = inside('workflows/core');
const shown = (each: Import): string => `${each.from} -> ${each.to}`;

describe('the arrows', () => {
  test('point as .dependency-cruiser.cjs says', () => {
    const args = ['--config', '.dependency-cruiser.cjs', '--output-type', 'err', ...folders];
    const { stdout, stderr, status } = spawnSync(join(root, 'node_modules', '.bin', 'depcruise'), args, { cwd: root, encoding: 'utf8' });
    expect({ status, said: `${stdout}${stderr}` }).toMatchObject({
      status: 0,
      said: expect.stringContaining('no dependency violations found'),
    });
  });

  test('leave the core only as types, and reach it from events only as types', () => {
    const leaving = imports.filter((each) => inCore(each.from) && !inCore(each.to) && !each.typeOnly);
    const entering = imports.filter((each) => inside('events')(each.from) && inside('workflows')(each.to) && !each.typeOnly);
    expect([...leaving, ...entering].map(shown)).toEqual([]);
  });

  test('bring activities into the sandbox only as types', () => {
    const sandbox = (file: string) => /^workflows\/(shell\/|(index|nurture-lead|messages|perform|campaign)\.ts$)/.test(file);
    expect(imports.filter((each) => sandbox(each.from) && inside('activities')(each.to) && !each.typeOnly).map(shown)).toEqual([]);
  });

  test('make no circle of values anywhere, the core included', () => {
    expect(circleIn(imports.filter((each) => !each.typeOnly && known.has(each.to)))).toEqual([]);
  });
});

/** Files of one circle in order; empty when there is none. */
function circleIn(edges: readonly Import[]): readonly string[] {
  const next = grouped(edges);
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): readonly string[] => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return [];
    for (const edge of next.get(file) ?? []) {
      const circle = visit(edge.to, [...path, file]);
      if (circle.length > 0) return circle;
    }
    done.add(file);
    return [];
  };
  for (const file of next.keys()) {
    const circle = visit(file, []);
    if (circle.length > 0) return circle;
  }
  return [];
}

describe('the core', () => {
  const platform =
    /\b(new Date|Date\.(now|parse|UTC)|Math\.random|performance\.|process\.|setTimeout|setInterval|setImmediate|queueMicrotask|console\.|crypto\.|Intl\.|fetch\(|require\(|globalThis|eval\(|Buffer\.|toLocale\w*)/;

  test('names no clock, no chance and no platform', () => {
    const found = sources.filter(inCore).flatMap((file) =>
      withoutComments(text(file))
        .split('\n')
        .map((line, index) => ({ line, at: `${file}:${index + 1}` }))
        .filter(({ line }) => platform.test(line))
        .map(({ line, at }) => `${at} ${line.trim()}`),
    );
    expect(found).toEqual([]);
  });

  test('imports no package and no module of Node', () => {
    expect(imports.filter((each) => inCore(each.from) && !known.has(each.to)).map(shown)).toEqual([]);
  });

  test('hides no reader of the clock behind the search: the search itself finds one', () => {
    expect(withoutComments('const now = Date.now(); // why')).toMatch(platform);
    expect(withoutComments('/** Date.now() is banned */\nconst at = 1; // not Date.now()')).not.toMatch(platform);
  });
});

/** Line numbers stay. */
const withoutComments = (source: string): string =>
  source.replace(/\/\*[^]*?\*\//g, (comment) => comment.replace(/[^\n]/g, '')).replace(/(^|\s)\/\/.*$/gm, '');

describe('a file', () => {
  test('has at most 250 lines', () => {
    expect(sources.filter((file) => lines(file) > 250).map((file) => `${file}: ${lines(file)}`)).toEqual([]);
  });

  test('mostly has fewer than 120', () => {
    const product = sources.filter((file) => !inside('test')(file));
    expect(product.filter((file) => lines(file) >= 120).length / product.length).toBeLessThan(0.25);
  });

  test('opens with a sentence that says what it is for', () => {
    const bare = sources.filter((file) => !file.endsWith('.test.ts') && !/^(#!.*\n)?\/\*\*\s*\S/.test(text(file)));
    expect(bare).toEqual([]);
  });
});

const lines = (file: string): number => text(file).trimEnd().split('\n').length;

describe('the sandbox bundle', () => {
  let packages: ReadonlySet<string>;
  let code: string;
  beforeAll(async () => {
    code = await buildBundle();
    packages = packagesIn(code);
  });

  test('holds Temporal and nothing that validates, logs or connects', () => {
    expect(packages).toContain('@temporalio/workflow');
    for (const banned of ['zod', 'pino', 'nats', 'pg', 'fastify', 'nodemailer', 'luxon', 'liquidjs'])
      expect(packages).not.toContain(banned);
    expect([...packages].filter((name) => !name.startsWith('@temporalio/') && !['long', 'ms', 'nexus-rpc'].includes(name))).toEqual([]);
  });

  test('holds no activity, no adapter, no plan and no content', () => {
    const own = [
      ...new Set([...code.matchAll(/"\.\/((?:activities|worker|client|events|workflows)\/[^"]+\.ts)"/g)].map((match) => match[1] ?? '')),
    ];
    expect(own.filter(inside('workflows'))).not.toEqual([]);
    expect(own.filter((file) => /^(activities|worker|client)\/|^workflows\/(sequences|content|settings)\//.test(file))).toEqual([]);
  });

  test('folds facts and never decides', () => {
    expect(code).toContain('"./workflows/core/evolve.ts"');
    expect(code).not.toMatch(/"\.\/workflows\/core\/(decide|rules|check-sequence|simulate)[\w/-]*\.ts"/);
  });

  test('stays under a megabyte without its source map', () => {
    expect(code.replace(/\n\/\/# sourceMappingURL=.*/, '').length).toBeLessThan(1_000_000);
  });
});

/** Webpack names every module by its path. */
const packagesIn = (code: string): ReadonlySet<string> =>
  new Set([...code.matchAll(/node_modules\/((?:@[\w.-]+\/)?[\w.-]+)\//g)].map((match) => match[1] ?? ''));

function grouped(edges: readonly Import[]): ReadonlyMap<string, readonly Import[]> {
  const map = new Map<string, Import[]>();
  for (const edge of edges) map.set(edge.from, [...(map.get(edge.from) ?? []), edge]);
  return map;
}

test('every source file lies in a known folder', () => {
  const tops = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name);
  expect(tops.filter((name) => ![...folders, 'node_modules', 'dist', 'coverage'].includes(name))).toEqual([]);
  expect(relative(root, __dirname)).toBe('test');
});
