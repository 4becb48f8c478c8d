/** Segments and personas: conditions over the person that the settings give a name. Compiled once a settings object; knows no enrolment. */
import type { Node } from './compile-condition';
import { createKeys, nodeOf } from './compile-condition';
import type { Settings } from './plan';

type Named = { readonly segment: ReadonlyMap<string, Node>; readonly persona: ReadonlyMap<string, Node> };

const cache = new WeakMap<Settings, Named>();

/** `undefined`: the settings have none of that name, and nobody is in it. */
export function namedNode(settings: Settings, { kind, name }: Extract<Node, { kind: 'segment' | 'persona' }>): Node | undefined {
  const known = cache.get(settings) ?? compiled(settings);
  return known[kind].get(name);
}

function compiled(settings: Settings): Named {
  const keys = createKeys();
  const nodes = (all: Settings['segments']): ReadonlyMap<string, Node> =>
    new Map(Object.entries(all ?? {}).map(([name, { when }]) => [name, nodeOf(when, keys, false)]));
  const made = { segment: nodes(settings.segments), persona: nodes(settings.personas) };
  cache.set(settings, made);
  return made;
}
