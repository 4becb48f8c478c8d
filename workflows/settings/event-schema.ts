/** How a file of settings names an event and what its fields must be; a misspelt event or field is a fault with its place. Knows no file. */
import { z } from 'zod';
import { dataSchemas, engagementTypes, isEngagementType } from '../../events/engagement';
import type { FieldTest } from '../core/condition';
import { retraction } from '../core/recorded';
import { fieldCode } from './scalars';

export const fieldTest = z.union(
  [
    fieldCode,
    z
      .array(fieldCode)
      .min(1)
      .transform((oneOf) => ({ oneOf })),
    z.strictObject({ oneOf: z.array(fieldCode).min(1) }),
    z.strictObject({ atLeast: z.number() }),
    z.strictObject({ atMost: z.number() }),
    z.strictObject({ startsWith: z.string().min(1) }),
  ],
  'must be a value, a list of values, { atLeast }, { atMost } or { startsWith }',
);

/** Spread into whatever looks at an event; `knowsItsFields` judges the two together. */
export const eventShape = {
  on: z.string().refine((on) => isEngagementType(on) && on !== retraction, {
    error: `must be an event: ${Object.keys(dataSchemas)
      .filter((type) => type !== retraction)
      .join(', ')}`,
  }),
  where: z.record(z.string(), fieldTest).optional(),
};

type Looking = { readonly on: string; readonly where?: Readonly<Record<string, FieldTest>> | undefined };

export function knowsItsFields({ on, where = {} }: Looking, context: z.RefinementCtx): void {
  if (!isEngagementType(on)) return;
  const known: readonly string[] = Object.keys(engagementTypes[on]);
  for (const field of Object.keys(where))
    if (!known.includes(field))
      context.addIssue({
        code: 'custom',
        path: ['where', field],
        message: `is no field of ${on}; it has ${known.length === 0 ? 'none' : known.join(', ')}`,
      });
}
