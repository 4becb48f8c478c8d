/** Where in the source something of a plan was written: a mark on the object a word made, which JSON, digests and comparisons do not see. Knows no file. */

const mark = Symbol('place');
type Marked = { readonly [mark]?: Error };

/** The same object, which remembers where the word that made it was called. */
export function placed<T extends object>(value: T): T {
  Object.defineProperty(value, mark, { value: new Error('place'), enumerable: false });
  return value;
}

/** The same for a copy of it. */
export function placedAs<T extends object>(value: T, original: object): T {
  const place = (original as Marked)[mark];
  if (place !== undefined) Object.defineProperty(value, mark, { value: place, enumerable: false });
  return value;
}

/** `/…/plan.ts:12:7` as the running file counts; the first caller outside the core. */
function placeOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const lines = (value as Marked)[mark]?.stack?.split('\n').slice(1) ?? [];
  const frame = lines.find((line) => !/[\\/]workflows[\\/]core[\\/]/.test(line));
  return /\(?((?:file:\/\/)?[^()\s][^()]*:\d+:\d+)\)?$/.exec(frame ?? '')?.[1]?.replace(/^at (?:.* )?/, '');
}

/** Place of the innermost thing on the path (`phases.start.touches[2].when`) that has one; the sequence's own where none has. */
export function placeAt(plan: object, path: string): string | undefined {
  let found = placeOf(plan);
  let here: unknown = plan;
  for (const step of path.match(/[^.[\]]+/g) ?? []) {
    if (typeof here !== 'object' || here === null) break;
    here = (here as Readonly<Record<string, unknown>>)[step];
    found = placeOf(here) ?? found;
  }
  return found;
}
