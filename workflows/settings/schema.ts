/** What a settings file or a scoring model may hold; every fault with its path and a sentence. Knows no file. */
import { z } from 'zod';
import type { Condition, Model, Settings } from '../core/plan';
import { conditionSchema } from './condition-schema';
import { specialCategory } from '../core/predict/special';
import { importSchema } from './import-schema';
import { lifecycleSchema } from './lifecycle-schema';
import { eventShape, knowsItsFields } from './event-schema';
import { code, span, version, whole } from './scalars';

const percent = whole.min(0, 'must be 0 to 100').max(100, 'must be 0 to 100');
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
  cap: z.strictObject({ touches: whole.min(1, 'must be at least 1'), per: span }),
  quietHours: z.strictObject({ from: hour, to: hour, zone }),
  restAfter: span,
  unavailable: z.strictObject({ retryAfter: span, attempts: whole.min(1, 'must be at least 1').max(100, 'must be at most 100') }),
  handOffBrake: z.strictObject({ times: z.number().min(1, 'must be at least 1'), atLeast: whole.min(1, 'must be at least 1') }).optional(),
  lifecycle: lifecycleSchema.optional(),
  segments: z.record(code, z.strictObject(segment)).optional(),
  personas: z.record(code, persona).optional(),
  imports: importSchema.optional(),
}) satisfies z.ZodType<Settings>;

const pointRule = z
  .strictObject({
    id: code,
    ...eventShape,
    points: whole,
    perDay: whole.min(1, 'must be at least 1').optional(),
    total: whole.min(1, 'must be at least 1').optional(),
    group: code.optional(),
  })
  .superRefine(knowsItsFields);

const fitTable = z
  .record(z.string(), whole)
  .refine((table) => Object.hasOwn(table, '_other') && Object.hasOwn(table, '_unknown'), 'needs points for _other and for _unknown');

export const modelSchema = z
  .strictObject({
    id: code,
    version,
    rules: z.array(pointRule).min(1, 'needs at least one rule'),
    groups: z.record(code, z.strictObject({ total: whole.min(1, 'must be at least 1') })).optional(),
    starting: z.record(z.string(), whole).optional(),
    decay: z.array(z.strictObject({ afterDays: whole.min(1, 'must be at least 1'), percent })),
    fit: z.record(z.string(), fitTable),
    grades: z.strictObject({ A: whole, B: whole, C: whole }),
    bands: z.strictObject({ hot: whole, warm: whole }),
    mqlAt: whole.min(1, 'must be 1 to 100').max(100, 'must be 1 to 100'),
  })
  .superRefine((model, context) => {
    const fault = (path: (string | number)[], message: string): void => context.addIssue({ code: 'custom', path, message });
    const { rules, groups = {}, decay, grades, bands, fit } = model;
    rules.forEach(({ group }, at) => {
      if (group !== undefined && groups[group] === undefined)
        fault(['rules', at, 'group'], `there is no group "${group}"; groups has ${Object.keys(groups).join(', ') || 'none'}`);
    });
    for (const trait of Object.keys(fit)) {
      const about = specialCategory(trait);
      if (about !== undefined) fault(['fit', trait], `is about ${about}: nobody is scored by that (GDPR, article 9)`);
    }
    rules.forEach(({ id }, at) => {
      if (rules.findIndex((rule) => rule.id === id) !== at)
        fault(['rules', at, 'id'], `"${id}" is there twice; the points of each rule are summed apart`);
    });
    decay.forEach((step, at) => {
      const before = decay[at - 1];
      if (before === undefined) return;
      if (step.afterDays <= before.afterDays) fault(['decay', at, 'afterDays'], 'must be later than the step before');
      if (step.percent > before.percent) fault(['decay', at, 'percent'], 'must not be more than the step before');
    });
    if (!(grades.A > grades.B && grades.B > grades.C)) fault(['grades'], 'must fall from A to C');
    if (bands.hot <= bands.warm) fault(['bands'], 'hot must be above warm');
  }) satisfies z.ZodType<Model>;
