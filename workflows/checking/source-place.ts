/** A place in a running file as the place in the source it was made of, short enough to read. Knows no plan. */
import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** `/…/dist/workflows/x/plan.js:9:3` -> `workflows/x/plan.ts:12`, from `root` where it lies below it. */
export function sourcePlace(at: string, root: string): string {
  const match = /^(.*):(\d+):(\d+)$/.exec(at);
  if (match === null) return at;
  const [, file = '', line = '', column = ''] = match;
  const path = file.startsWith('file:') ? fileURLToPath(file) : file;
  const original = originalOf(path, Number(line), Number(column)) ?? { path, line: Number(line) };
  const short = relative(root, original.path);
  return `${short.startsWith('..') ? original.path : short}:${original.line}`;
}

function originalOf(path: string, line: number, column: number): { readonly path: string; readonly line: number } | undefined {
  const map = `${path}.map`;
  if (!existsSync(map)) return undefined;
  const found = new SourceMap(JSON.parse(readFileSync(map, 'utf8')) as ConstructorParameters<typeof SourceMap>[0]).findEntry(
    line - 1,
    column - 1,
  );
  if (!('originalSource' in found)) return undefined;
  return { path: resolve(dirname(path), found.originalSource), line: found.originalLine + 1 };
}
