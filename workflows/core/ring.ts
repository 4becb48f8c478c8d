/** The last ids of events and commands in one string, so that the same input twice changes nothing. Knows no facts. */
import type { Ring } from './state';

const width = 11;
/** Ids are given up 32 at a time: one cut per block, and one remembered time per block. */
const block = 32;
const blocks = 8;

export const emptyRing: Ring = { ids: '', floorAt: 0, tops: [] };

/** Ids are 11 characters by contract; shorter ones are padded, longer ones (refused outcomes) folded to 11. */
function packed(id: string): string {
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

export function inRing(ring: Ring, id: string): boolean {
  const wanted = packed(id);
  for (let at = ring.ids.indexOf(wanted); at >= 0; at = ring.ids.indexOf(wanted, at + 1)) if (at % width === 0) return true;
  return false;
}

/** `at`: when the event happened, epoch ms; for a command when it was recorded. */
export function pushed(ring: Ring, id: string, at: number): Ring {
  const ids = ring.ids + packed(id);
  if (ring.ids.length % (block * width) !== 0) {
    const top = ring.tops[ring.tops.length - 1] ?? 0;
    return { ids, floorAt: ring.floorAt, tops: at > top ? [...ring.tops.slice(0, -1), at] : ring.tops };
  }
  if (ring.tops.length < blocks) return { ids, floorAt: ring.floorAt, tops: [...ring.tops, at] };
  return { ids: ids.slice(block * width), floorAt: Math.max(ring.floorAt, ring.tops[0] ?? 0), tops: [...ring.tops.slice(1), at] };
}
