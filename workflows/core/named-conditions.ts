/** Segments and personas: conditions over the person that the settings give a name. Compiled once a settings object; knows no enrolment. */
import type { Node } from './compile-condition';
import { createKeys, nodeOf } from './compile-condition';
import type { Settings } from './plan';

/** A wish of a persona with its weight. */
export type Wish = { readonly weight: number; readonly node: Node };
type Named = {
  readonly segment: ReadonlyMap<string, Node>;
  readonly persona: ReadonlyMap<string, Node>;
  readonly wishes: readonly (readonly [persona: string, wishes: readonly Wish[]])[];
};

const cache = new WeakMap<Settings, Named>();

/** `undefined`: the settings have none of that name, and nobody is in it. */
export function namedNode(settings: Settings, { kind, name }: Extract<Node, { kind: 'segment' | 'persona' }>): Node | undefined {
  const known = cache.get(settings) ?? compiled(settings);
  return known[kind].get(name);
}

/** What each persona is known by, as `like` weighs it; where it does not, the parts of `all`, or the one condition, count alike. */
export const personaWishes = (settings: Settings): Named['wishes'] => (cache.get(settings) ?? compiled(settings)).wishes;

function compiled(settings: Settings): Named {
  const keys = createKeys();
  const nodes = (all: Settings['segments']): ReadonlyMap<string, Node> =>
    new Map(Object.entries(all ?? {}).map(([name, { when }]) => [name, nodeOf(when, keys, false)]));
  const wishes = Object.entries(settings.personas ?? {}).map(([name, { when, like }]) => {
    const parts = like ?? (when.kind === 'all' ? when.of : [when]).map((part) => ({ weight: 1, when: part }));
    return [name, parts.map(({ weight, when: wish }) => ({ weight, node: nodeOf(wish, keys, false) }))] as const;
  });
  const made = { segment: nodes(settings.segments), persona: nodes(settings.personas), wishes };
  cache.set(settings, made);
  return made;
}
