/** What a stored predictive model must look like when it is read from a file or a message. Knows no scoring. */
import { z } from 'zod';
import type { PredictiveModel } from '../workflows/core/predict';

const weight = z.number();
const source = z.object({
  name: z.string(),
  column: z.string(),
  take: z.enum(['cell', 'filled', 'weekday', 'hour', 'days-since', 'days-before']),
  since: z.string().optional(),
  until: z.number().optional(),
  dayFirst: z.tuple([z.boolean(), z.boolean()]).optional(),
});
const points = z.array(z.object({ at: z.number(), weight }));
const term = z.discriminatedUnion('as', [
  z.object({
    as: z.literal('answers'),
    source,
    levels: z.array(z.object({ key: z.string(), shown: z.string(), weight })),
    rare: weight,
    empty: weight,
    placeholder: weight,
  }),
  z.object({ as: z.literal('number'), source, decimal: z.enum(['.', ',']), spikes: points, knots: points, empty: weight, text: weight }),
]);
const place = z.number().int().nonnegative();
const pair = z.object({
  of: z.tuple([place, place]),
  groups: z.tuple([z.array(place), z.array(place)]),
  weights: z.array(z.array(weight)),
});
const metrics = z.object({
  n: z.number(),
  positives: z.number(),
  baseRate: z.number(),
  auc: z.number(),
  logLoss: z.number(),
  baseLogLoss: z.number(),
  ece: z.number(),
  precisionTopFifth: z.number(),
});
const aged = z
  .object({
    age: z.enum(['listed', 'arrival', '7 days', '30 days']),
    intercept: weight,
    terms: z.array(term).min(1),
    pairs: z.array(pair),
    calibration: z.object({ shift: z.number(), stretch: z.number().nonnegative(), bends: points.optional() }),
    metrics,
  })
  .refine(({ terms, pairs }) => pairs.every(({ of }) => of.every((at) => at < terms.length)), 'a pair names a term that is not there');
const when = z.discriminatedUnion('as', [
  z.object({
    as: z.literal('range'),
    from: z.string(),
    bands: z
      .array(z.object({ from: z.number(), below: z.number(), leads: z.number(), days: z.tuple([z.number(), z.number(), z.number()]) }))
      .min(1),
  }),
  z.object({ as: z.literal('unknown'), because: z.string() }),
]);

export const predictiveModelVersion = 1;
export const predictiveModelSchema = z.object({
  kind: z.literal('ripen-predictive-model'),
  v: z.literal(predictiveModelVersion),
  createdAt: z.number(),
  dataDigest: z.string(),
  outcome: z.object({ column: z.string(), yes: z.array(z.string()).min(1), no: z.array(z.string()).optional() }),
  id: z.string().optional(),
  withinDays: z.number().positive().optional(),
  mayDecide: z.boolean(),
  leads: z.number(),
  conversions: z.number(),
  models: z.array(aged).min(1),
  when,
  columns: z.array(z.object({ column: z.string(), read: z.string(), note: z.string().optional() })),
  leftOut: z.array(z.object({ column: z.string(), because: z.string() })),
}) satisfies z.ZodType<PredictiveModel>;

export type ReadModel = { readonly as: 'model'; readonly model: PredictiveModel } | { readonly as: 'refused'; readonly says: string };

/** `raw`: parsed JSON. */
export function readPredictiveModel(raw: unknown): ReadModel {
  const head = z.object({ kind: z.string(), v: z.unknown() }).safeParse(raw);
  if (!head.success || head.data.kind !== 'ripen-predictive-model') return { as: 'refused', says: 'is no predictive model of ripen' };
  if (head.data.v !== predictiveModelVersion)
    return {
      as: 'refused',
      says: `is a model of version ${JSON.stringify(head.data.v)}, and this ripen reads version ${predictiveModelVersion}: train it anew`,
    };
  const read = predictiveModelSchema.safeParse(raw);
  if (read.success) return { as: 'model', model: read.data };
  const [first] = read.error.issues;
  return { as: 'refused', says: `is a damaged model: at ${first?.path.join('.') ?? 'its top'} ${first?.message ?? 'something is wrong'}` };
}
