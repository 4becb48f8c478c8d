/** The last ids of events and commands in one string, so that the same input twice changes nothing. Knows no facts. */
import type { Ring } from './state';

const width = 11;
/** All but the last character, which stands in `keys`: one search through 256 characters finds the few candidates. */
const stem = width - 1;
/** Ids are given up 32 at a time: one cut per block, and one remembered time per block. */
const block = 32;
const blocks = 8;

export const emptyRing: Ring = { ids: '', fresh: '', keys: '', floorAt: 0, topAt: 0, tops: [] };

/** Ids are 11 characters by contract; shorter ones are padded, longer ones (refused outcomes) folded to 11. */
export function packed(id: string): string {
  if (id.length === width) return id;
  if (id.length < width) return id.padEnd(width, ' ');
  let low = 0x811c9dc5;
  let high = 0x01000193;
  for (let at = 0; at < id.length; at += 1) {
    low = Math.imul(low ^ id.charCodeAt(at), 0x01000193) >>> 0;
    high = Math.imul(high ^ id.charCodeAt(at), 0x85ebca6b) >>> 0;
  }
  return (low.toString(36).padStart(7, '0') + high.toString(36).padStart(7, '0')).slice(-width);
}

export function inRing({ ids, fresh, keys }: Ring, id: string): boolean {
  const wanted = packed(id);
  const key = wanted.charAt(stem);
  const full = ids.length / stem;
  for (let at = keys.indexOf(key); at >= 0; at = keys.indexOf(key, at + 1)) {
    const found = at < full ? same(ids, at, wanted) : same(fresh, at - full, wanted);
    if (found) return true;
  }
  return false;
}

function same(stems: string, at: number, wanted: string): boolean {
  const from = at * stem;
  for (let n = 0; n < stem; n += 1) if (stems.charCodeAt(from + n) !== wanted.charCodeAt(n)) return false;
  return true;
}

/** `at`: when the event happened, epoch ms; for a command when it was recorded. */
export function pushed(ring: Ring, id: string, at: number): Ring {
  const { ids, fresh, floorAt, topAt, tops } = ring;
  const name = packed(id);
  const start = name.slice(0, stem);
  const keys = ring.keys + name.charAt(stem);
  if (fresh.length < block * stem) return { ids, fresh: fresh + start, keys, floorAt, topAt: at > topAt ? at : topAt, tops };
  if (tops.length + 1 < blocks) return { ids: ids + fresh, fresh: start, keys, floorAt, topAt: at, tops: [...tops, topAt] };
  return {
    ids: ids.slice(block * stem) + fresh,
    fresh: start,
    keys: keys.slice(block),
    floorAt: Math.max(floorAt, tops[0] ?? 0),
    topAt: at,
    tops: [...tops.slice(1), topAt],
  };
}

/** The ids held, for many questions at once. */
export function idsOf({ ids, fresh, keys }: Ring): Set<string> {
  const stems = ids + fresh;
  const held = new Set<string>();
  for (let at = 0; at < keys.length; at += 1) held.add(stems.slice(at * stem, (at + 1) * stem) + keys.charAt(at));
  return held;
}
