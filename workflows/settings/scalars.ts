/** Small values that files of settings hold, each with the sentence for what it must be. Knows no file. */
import { z } from 'zod';
import { parseSpan, type Span } from '../core/time';

export const code = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'must be lower-case letters, digits and dashes');
export const version = z.int('must be a whole number').min(1, 'must be at least 1');
export const whole = z.int('must be a whole number');
export const span = z.custom<Span>(
  (value) => typeof value === 'string' && parseSpan(value) !== undefined,
  "must be a span such as '3 days' or '15 minutes'",
);
export const fieldCode = z.union([z.string().max(64), z.number(), z.boolean()]);
