/** How a person can be reached or is known elsewhere, in the normal form by which two spellings are one. Knows no store. */
import type { IdentityKind } from '../hashes';
import { parseAddress } from './address';
import { parsePhone } from './phone';

export type ContactKind = Exclude<IdentityKind, 'lead'>;
export type Contact = {
  readonly kind: ContactKind;
  /** Normal form: what makes two spellings one person. */
  readonly value: string;
  /** As mail and calls go out. */
  readonly written: string;
  /** Of an address: ASCII, lower case. */
  readonly domain?: string;
};

/** `undefined` for what cannot be anybody's: no address, no number. `country`: by which a national number is read. */
export function contactOf(kind: ContactKind, text: string, country?: string): Contact | undefined {
  if (kind === 'email') {
    const parsed = parseAddress(text.trim());
    if (parsed.as === 'refused') return undefined;
    const { normal: value, written, domain } = parsed.address;
    return { kind, value, written, domain };
  }
  const value = kind === 'phone' ? parsePhone(text, country) : text.trim();
  return value === undefined || value === '' ? undefined : { kind, value, written: value };
}
