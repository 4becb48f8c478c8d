/** Names of published things: canonical JSON, its digest, and `id@version#digest`. Knows no store; uses node:crypto, so nothing in the workflow bundle imports it. */
import { createHash } from 'node:crypto';
import type { Artefact } from './requests';

/** JSON with the keys of every object in order and without `undefined` members, so that equal values have equal text. Throws on what JSON cannot say. */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`${value} has no JSON`);
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => (item === undefined ? 'null' : canonicalJson(item))).join(',')}]`;
  if (typeof value === 'object') {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(',')}}`;
  }
  throw new TypeError(`a ${typeof value} has no JSON`);
}

/** Objects of a plan whose order has a meaning: the first phase is the usual entry, and arms are cut from their weights in order. */
const ordered: ReadonlySet<string> = new Set(['phases', 'variants']);

const withOrder = (value: unknown, name = ''): unknown => {
  if (Array.isArray(value)) return value.map((item) => withOrder(item));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([key, member]) => [key, withOrder(member, key)] as const);
  return ordered.has(name) ? members : Object.fromEntries(members);
};

/** First 12 hex digits (48 bits) of SHA-256 over the canonical JSON: enough to tell versions apart, short enough to read aloud. */
export const digestOf = (value: unknown): string =>
  createHash('sha256')
    .update(canonicalJson(withOrder(value)))
    .digest('hex')
    .slice(0, 12);

export const refOf = (id: string, version: number, digest: string): string => `${id}@${version}#${digest}`;

export type Ref = { readonly id: string; readonly version: number; readonly digest?: string };

/** Parts of `id@version#digest` or `id@version`; `undefined` for other text. */
export function parseRef(ref: string): Ref | undefined {
  const match = /^([^@#]+)@(\d+)(?:#([0-9a-f]{12}))?$/.exec(ref);
  if (match === null) return undefined;
  const [, id = '', version, digest] = match;
  return { id, version: Number(version), ...(digest === undefined ? {} : { digest }) };
}

type Body = { readonly id: string; readonly version: number };

/** A thing as it is published; its digest tells two bodies of one version apart. Whoever receives an artefact makes the digest again and compares. */
export const artefactOf = <B extends Body>(kind: Artefact['kind'], body: B): Artefact => ({
  kind,
  id: body.id,
  version: body.version,
  digest: digestOf(body),
  body,
});
