/** What a settings file may hold; every fault with its path and a sentence. Knows no file. */
import { z } from 'zod';
import type { Condition, Settings } from '../core/plan';
import { campaignSchema } from './campaign-schema';
import { conditionSchema } from './condition-schema';
import { importSchema } from './import-schema';
import { lifecycleSchema } from './lifecycle-schema';
import { code, span, version, whole } from './scalars';

const hour = whole.min(0, 'must be an hour from 0 to 24').max(24, 'must be an hour from 0 to 24');
const zone = z.string().refine(isZone, 'must be a time zone such as Europe/Berlin');

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

const sentence = z.string().min(1, 'is empty; say in a sentence who this is');
const segment = { says: sentence, when: conditionSchema };
const items = z.array(z.string().min(1)).optional();
/** Fit is closeness to a persona, so no persona can ask for it. */
const asksFit = (condition: Condition): boolean =>
  condition.kind === 'fit' ||
  (condition.kind === 'not' && asksFit(condition.of)) ||
  ((condition.kind === 'all' || condition.kind === 'any') && condition.of.some(asksFit));
const ofPersona = conditionSchema.refine((condition) => !asksFit(condition), 'asks for fit, which is closeness to the personas themselves');
const likeness = z.strictObject({ weight: whole.min(1, 'must be at least 1'), when: ofPersona });
const persona = z.strictObject({
  ...segment,
  when: ofPersona,
  like: z.array(likeness).min(1, 'needs at least one wish').optional(),
  needs: items,
  pains: items,
  channels: items,
});

export const settingsSchema = z.strictObject({
  id: code,
  version,
  model: code,
  beside: z.array(code).max(5, 'holds more than 5 models').optional(),
  cap: z.strictObject({ touches: whole.min(1, 'must be at least 1'), per: span }),
  quietHours: z.strictObject({ from: hour, to: hour, zone }),
  restAfter: span,
  unavailable: z.strictObject({ retryAfter: span, attempts: whole.min(1, 'must be at least 1').max(100, 'must be at most 100') }),
  handOffBrake: z.strictObject({ times: z.number().min(1, 'must be at least 1'), atLeast: whole.min(1, 'must be at least 1') }).optional(),
  lifecycle: lifecycleSchema.optional(),
  segments: z.record(code, z.strictObject(segment)).optional(),
  personas: z.record(code, persona).optional(),
  imports: importSchema.optional(),
  campaigns: campaignSchema.optional(),
}) satisfies z.ZodType<Settings>;
