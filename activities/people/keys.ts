/** Random ids, and the keyed hashes under which suppression survives the person. Knows no table. */
import { randomBytes } from 'node:crypto';
import { hash64 } from '../../events/hashes';

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
const random = (length: number): string => Array.from(randomBytes(length), (byte) => alphabet[byte & 31]).join('');

/** 100 bits: nobody guesses one and no two are equal. */
export const newLeadId = (): string => `ld_${random(20)}`;
export const newRepId = (): string => `rep_${random(12)}`;
export const newOutboxId = (): string => `ob_${random(20)}`;

export type KeyKind = 'email' | 'phone' | 'external' | 'anonymous' | 'domain' | 'lead';
/** Of a normal form. The same secret gives the same key for ever; another secret would forget every suppression. */
export const suppressionKey = (secret: string, kind: KeyKind, normal: string): string => hash64(secret, 'suppression', kind, normal);
