/** The lifecycle as marketing and sales write it in a settings file: every word with its meaning and the signs of it. Knows no file. */
import { z } from 'zod';
import { qualifications } from '../../events/stripped';
import type { Lifecycle } from '../core/lifecycle';
import { eventShape, knowsItsFields } from './event-schema';
import { code, span } from './scalars';

const sign = z
  .strictObject({
    id: code,
    says: z.string().min(1, 'is empty; say in words what the person did').max(120, 'is longer than 120 characters'),
    ...eventShape,
    grade: z.enum(['A', 'B', 'C', 'D'], 'must be A, B, C or D').optional(),
    after: span.optional(),
  })
  .superRefine(knowsItsFields);
const says = z.string().min(1, 'is empty; say in a sentence what the word means');
const meaning = z.strictObject({ says, signs: z.array(sign).optional() });

export const lifecycleSchema = z
  .strictObject({
    suspect: z.strictObject({ says }),
    lead: meaning,
    mql: meaning,
    sql: meaning,
    accepted: meaning,
    opportunity: meaning,
    customer: meaning,
    recycled: meaning,
    disqualified: meaning,
  })
  .superRefine((lifecycle, context) => {
    const seen = new Set<string>();
    for (const word of qualifications) {
      const signs: readonly { readonly id: string }[] = word === 'suspect' ? [] : (lifecycle[word].signs ?? []);
      signs.forEach(({ id }, at) => {
        if (seen.has(id))
          context.addIssue({
            code: 'custom',
            path: [word, 'signs', at, 'id'],
            message: `"${id}" is there twice; history tells them by it`,
          });
        seen.add(id);
      });
    }
  }) satisfies z.ZodType<Lifecycle>;
