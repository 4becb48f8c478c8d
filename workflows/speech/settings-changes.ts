/** What differs between two versions of a scoring model or of settings, value by value, in the paths of their files. Knows no file. */

export type ValueChange = {
  /** `rules.click.points`; parts of a list go by their `id`, else by their place. */
  readonly at: string;
  /** Absent: it was not there. */
  readonly before?: string;
  /** Absent: it is gone. */
  readonly after?: string;
};

/** In the order of the newer, what is gone last. The version itself is no change. */
export function valueChanges(before: unknown, after: unknown): readonly ValueChange[] {
  const [old, fresh] = [valuesOf(before), valuesOf(after)];
  const now = [...fresh].flatMap(([at, value]): ValueChange[] => {
    const was = old.get(at);
    return was === value ? [] : [{ at, ...(was === undefined ? {} : { before: was }), after: value }];
  });
  const gone = [...old].flatMap(([at, value]): ValueChange[] => (fresh.has(at) ? [] : [{ at, before: value }]));
  return [...now, ...gone].filter(({ at }) => at !== 'version');
}

export const changeSentence = ({ at, before, after }: ValueChange): string => {
  if (before === undefined) return `${at}: ${after ?? ''} (new)`;
  return after === undefined ? `${at}: gone (was ${before})` : `${at}: ${after} (was ${before})`;
};

/** Every value there is under its path; canonical JSON orders keys, so the order is the file's no more and does not matter. */
function valuesOf(body: unknown, path = ''): ReadonlyMap<string, string> {
  if (typeof body !== 'object' || body === null) return new Map([[path, String(body)]]);
  const entries: readonly (readonly [string, unknown])[] = Array.isArray(body)
    ? body.map((part: unknown, at) => [nameOf(part) ?? String(at + 1), part] as const)
    : Object.entries(body);
  if (Array.isArray(body) && body.every((part) => typeof part !== 'object'))
    return new Map([[path, body.map(String).join(', ') || 'nothing']]);
  return new Map(
    entries.flatMap(([name, part]) => [...valuesOf(part, path === '' ? name : `${path}.${name}`)]).filter(([at]) => !/(^|\.)id$/.test(at)),
  );
}

const nameOf = (part: unknown): string | undefined => {
  const { id, afterDays } = (part ?? {}) as { readonly id?: unknown; readonly afterDays?: unknown };
  if (typeof id === 'string') return id;
  return typeof afterDays === 'number' ? `after ${afterDays} days` : undefined;
};
