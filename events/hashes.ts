/** Keyed hashes of ids and identities: 64 bits of HMAC-SHA256 as 11 characters of base64url. Knows no store and no stream. */
import { createHmac } from 'node:crypto';

/** Ways a person is named in an event, most certain first. */
export const identityKinds = ['lead', 'email', 'phone', 'external', 'anonymous'] as const;
export type IdentityKind = (typeof identityKinds)[number];
export type Identity = { readonly kind: IdentityKind; readonly value: string };

/** 11 characters; parts are separated so that ('ab', 'c') and ('a', 'bc') differ. */
export const hash64 = (secret: string, ...parts: readonly string[]): string =>
  createHmac('sha256', secret).update(parts.join('\0')).digest().subarray(0, 8).toString('base64url');

/** Id of an event or command within a lead's log. */
export const eventHash = (secret: string, source: string, id: string): string => hash64(secret, 'event', source, id);

/** The same identity in other case, with spaces, or with a `+tag`; a number with the signs people write in between. */
export function normalIdentity({ kind, value }: Identity): Identity {
  const text = value.trim();
  if (kind === 'email') return { kind, value: text.toLowerCase().replace(/^([^"+@]+)\+[^"@]*(?=@)/, '$1') };
  if (kind === 'phone')
    return {
      kind,
      value: text
        .replace(/(?<=\d\s*)\(0\)/, '')
        .replace(/[\s().\-/]/g, '')
        .replace(/^00(?=[1-9])/, '+'),
    };
  return { kind, value: text };
}

/** Last token of an engagement or rejected subject, by which a person's messages are found for erasure; `-` for nobody. */
export function identityHash(secret: string, identity: Identity | undefined): string {
  if (identity === undefined) return '-';
  const { kind, value } = normalIdentity(identity);
  return hash64(secret, 'identity', kind, value);
}
