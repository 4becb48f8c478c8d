/** A discount code of a person's own: a keyed hash, so the same for every try and guessed by nobody. Shipped as the example of an own effect. */
import { createHmac } from 'node:crypto';
import type { CustomRun } from './index';

/** Without letters and digits that are read as one another. */
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const letters = 10;

/** `SPRING-7KQ2M9XWPA`: 50 bits. A shop would be told of it here, under `key`. */
export const coupon =
  (secret: string): CustomRun<'coupon'> =>
  ({ prefix }, { leadId, key }) => {
    const hash = createHmac('sha256', secret).update(['coupon', leadId, key].join('\0')).digest();
    const code = Array.from(hash.subarray(0, letters), (byte) => alphabet[byte & 31]).join('');
    return Promise.resolve({ code: `${prefix}-${code}` });
  };
