/** Which rows of a list name somebody an earlier row names, in memory that does not grow with the list: hashes of contacts, in files of the temporary folder once they are many. */
import { closeSync, fstatSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RowPerson } from '../events/list/row';

/** A contact: two halves of its hash, the row, what it is, hashes of first and last name (0 for none). */
const width = 6;
const parts = 64;
const heldEach = 2_048;

type Part = { readonly held: Uint32Array; used: number; file?: number };

export type Again = { readonly row: number; /** The first row that names the person. */ readonly of: number };
export type KnownPeople = {
  readonly add: (row: number, person: RowPerson) => void;
  /** Once, in the end: how many rows name somebody again, and some of them. `each`: all of them, a row twice where two of its contacts are known. */
  readonly settle: (each?: (again: Again) => void) => { readonly rows: number; readonly examples: readonly Again[] };
  readonly close: () => void;
};

export function knownPeople(): KnownPeople {
  const kept: Part[] = Array.from({ length: parts }, () => ({ held: new Uint32Array(heldEach * width), used: 0 }));
  let folder: string | undefined;
  const spill = (part: Part, at: number): void => {
    folder ??= mkdtempSync(join(tmpdir(), 'ripen-import-'));
    part.file ??= openSync(join(folder, String(at)), 'w+', 0o600);
    writeSync(part.file, part.held, 0, part.used * 4);
    part.used = 0;
  };
  return {
    add(row, { contacts, profile }) {
      const mailed = contacts[0]?.kind === 'email';
      for (const { kind, value } of contacts) {
        const [high, low] = hash(`${kind} ${value}`);
        const at = high % parts;
        const part = kept[at];
        if (part === undefined) continue;
        if (part.used === part.held.length) spill(part, at);
        const shared = kind === 'phone';
        const { held, used } = part;
        held[used] = high;
        held[used + 1] = low;
        held[used + 2] = row;
        held[used + 3] = (shared ? 2 : 0) + (mailed ? 1 : 0);
        held[used + 4] = shared ? nameHash(profile.firstName) : 0;
        held[used + 5] = shared ? nameHash(profile.lastName) : 0;
        part.used += width;
      }
    },
    settle(each) {
      const found = { rows: new Uint8Array(1_024), count: 0, examples: [] as Again[] };
      // One buffer for all parts: what is thrown away sixty times is memory that grows with the list.
      const most = Math.max(0, ...kept.map(sizeOf));
      const buffer = new Uint32Array(most);
      const slots = new Int32Array(Math.max(1, (2 * most) / width));
      const meet = (again: Again): void => {
        note(found, again);
        each?.(again);
      };
      for (const part of kept) settlePart(contentsOf(part, buffer), slots, meet);
      return { rows: found.count, examples: found.examples.toSorted((a, b) => a.row - b.row).slice(0, mostExamples) };
    },
    close() {
      for (const { file } of kept) if (file !== undefined) closeSync(file);
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}
const mostExamples = 5;

type Found = { rows: Uint8Array; count: number; readonly examples: Again[] };

/** A row may be known by its address and its number: it counts once. */
function note(found: Found, again: Again): void {
  const byte = again.row >> 3;
  if (byte >= found.rows.length) {
    const longer = new Uint8Array(Math.max(byte + 1, found.rows.length * 2));
    longer.set(found.rows);
    found.rows = longer;
  }
  const bit = 1 << (again.row & 7);
  const before = found.rows[byte] ?? 0;
  if ((before & bit) !== 0) return;
  found.rows[byte] = before | bit;
  found.count += 1;
  if (found.examples.length < parts * mostExamples) found.examples.push(again);
}

const spilled = (file: number | undefined): number => (file === undefined ? 0 : fstatSync(file).size / 4);
const sizeOf = ({ used, file }: Part): number => used + spilled(file);

function contentsOf({ held, used, file }: Part, buffer: Uint32Array): Uint32Array {
  const size = spilled(file);
  if (file !== undefined) readSync(file, buffer, 0, size * 4, 0);
  buffer.set(held.subarray(0, used), size);
  return buffer.subarray(0, size + used);
}

/** Contacts in the order of their rows. An address or an id is one person's; a number is shared by colleagues, so names must agree, as in the import itself. */
function settlePart(contacts: Uint32Array, slots: Int32Array, again: (again: Again) => void): void {
  const others = new Map<number, number[]>();
  slots.fill(-1);
  for (let at = 0; at < contacts.length; at += width) {
    const first = firstLike(contacts, slots, at);
    if (first === at) continue;
    const shared = ((contacts[at + 3] ?? 0) & 2) !== 0;
    const before = shared ? [first, ...(others.get(first) ?? [])] : [first];
    const same = shared ? before.find((one) => agree(contacts, one, at)) : first;
    if (same !== undefined) again({ row: contacts[at + 2] ?? 0, of: contacts[same + 2] ?? 0 });
    else if (before.length < mostBearers) others.set(first, [...before.slice(1), at]);
  }
}

/** Where the contact at `at` stands first. `slots`: places by hash, -1 for none; longer than there are contacts. */
function firstLike(contacts: Uint32Array, slots: Int32Array, at: number): number {
  for (let slot = (contacts[at + 1] ?? 0) % slots.length; ; slot = (slot + 1) % slots.length) {
    const found = slots[slot] ?? -1;
    if (found === -1) {
      slots[slot] = at;
      return at;
    }
    if (contacts[found] === contacts[at] && contacts[found + 1] === contacts[at + 1]) return found;
  }
}
/** Of a switchboard thousands have the number; names beyond are not compared. */
const mostBearers = 200;

/** Two with addresses of their own are two people; else no name of theirs may differ. */
function agree(contacts: Uint32Array, one: number, other: number): boolean {
  const of = (at: number, place: number): number => contacts[at + place] ?? 0;
  if ((of(one, 3) & of(other, 3) & 1) === 1) return false;
  return [4, 5].every((name) => of(one, name) === 0 || of(other, name) === 0 || of(one, name) === of(other, name));
}

function nameHash(name: string | undefined): number {
  const letters = (name ?? '').toLocaleLowerCase('en').replace(/[^\p{L}]/gu, '');
  return letters === '' ? 0 : Math.max(1, hash(letters)[0]);
}

/** 64 bits in two halves (cyrb53's mixing): two contacts of a million people meet once in ten million lists. */
function hash(text: string): readonly [number, number] {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    a = Math.imul(a ^ code, 2_654_435_761);
    b = Math.imul(b ^ code, 1_597_334_677);
  }
  a = Math.imul(a ^ (a >>> 16), 2_246_822_507) ^ Math.imul(b ^ (b >>> 13), 3_266_489_909);
  b = Math.imul(b ^ (b >>> 16), 2_246_822_507) ^ Math.imul(a ^ (a >>> 13), 3_266_489_909);
  return [a >>> 0, b >>> 0];
}
