/** Who is in which part of the data: by a hash of the row or of the lead's id, so that the same file is always split alike. Knows no chance. */
import type { Labels } from './outcome';

/** 32 bits of FNV-1a, mixed once more so that neighbours part. */
export function hashOf(text: string): number {
  let hash = 0x811c_9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x0100_0193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/**
 * The fold of each row, 0 .. folds-1. `key` names the lead: rows of one lead stay together. Leads are dealt out in the order of their hashes, those
 * that converted and those that did not apart, so that each fold has its share of both.
 */
export function foldsOf(labels: Labels, key: (row: number) => string, folds: number, seed: string): Uint8Array {
  const hashes = new Map<string, { readonly hash: number; readonly key: string; label: number }>();
  const keys: string[] = [];
  for (let row = 0; row < labels.length; row += 1) {
    const name = key(row);
    keys.push(name);
    const known = hashes.get(name);
    if (known === undefined) hashes.set(name, { hash: hashOf(`${seed}/${name}`), key: name, label: labels[row] ?? 0 });
    else if (labels[row] === 1) known.label = 1;
  }
  const dealt = [...hashes.values()].sort((a, b) => a.label - b.label || a.hash - b.hash || (a.key < b.key ? -1 : 1));
  const foldOf = new Map(dealt.map((lead, at) => [lead.key, at % folds]));
  return Uint8Array.from(keys, (name) => foldOf.get(name) ?? 0);
}
