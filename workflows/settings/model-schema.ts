/** What a scoring model's file may hold, one schema a kind; every fault with its path and a sentence. Knows no file. */
import { z } from 'zod';
import type { MerodioModel, Model, PointsModel, PredictiveScoring, QuestionsModel } from '../core/model';
import { dayMs, parseSpan } from '../core/time';
import { predictiveModelSchema } from '../../events/predictive-model';
import { specialCategory } from '../core/predict/special';
import { eventShape, knowsItsFields } from './event-schema';
import { code, span, version, whole } from './scalars';

const percent = whole.min(0, 'must be 0 to 100').max(100, 'must be 0 to 100');
const least = whole.min(1, 'must be at least 1');
type Grades = { readonly A: number; readonly B: number; readonly C: number };
const falls = ({ A, B, C }: Grades): boolean => A > B && B > C;
const grades = (grade: z.ZodNumber | z.ZodInt) => z.strictObject({ A: grade, B: grade, C: grade }).refine(falls, 'must fall from A to C');
const byScore = {
  bands: z.strictObject({ hot: whole, warm: whole }).refine(({ hot, warm }) => hot > warm, 'hot must be above warm'),
  mqlAt: whole.min(1, 'must be 1 to 100').max(100, 'must be 1 to 100'),
};
type Fault = (path: (string | number)[], message: string) => void;
const faultOf =
  (context: z.RefinementCtx): Fault =>
  (path, message) =>
    context.addIssue({ code: 'custom', path, message });

/** Days of the same length everywhere. */
function isDays(value: unknown): boolean {
  const ms = typeof value === 'string' ? parseSpan(value) : undefined;
  return ms === undefined || (ms >= dayMs && ms % dayMs === 0);
}

const pointRule = z
  .strictObject({
    id: code,
    ...eventShape,
    points: whole,
    perDay: least.optional(),
    total: least.optional(),
    group: code.optional(),
    recent: z.strictObject({ days: least.max(730, 'must be at most 730'), percent: least.max(1_000, 'must be at most 1000') }).optional(),
    times: whole.min(2, 'must be at least 2').max(1_000, 'must be at most 1000').optional(),
    per: span.refine(isDays, "must be whole days, such as '7 days'").optional(),
  })
  .superRefine(knowsItsFields)
  .superRefine(({ times, per }, context) => {
    if (times !== undefined && per === undefined)
      context.addIssue({ code: 'custom', path: ['times'], message: 'needs a span beside it, such as per: 7 days' });
    if (per !== undefined && times === undefined)
      context.addIssue({ code: 'custom', path: ['per'], message: 'says nothing without times, such as times: 3' });
  });

const fitTable = z
  .record(z.string(), whole)
  .refine((table) => Object.hasOwn(table, '_other') && Object.hasOwn(table, '_unknown'), 'needs points for _other and for _unknown');

/** A file without a kind. */
export const modelSchema = z
  .strictObject({
    id: code,
    version,
    rules: z.array(pointRule).min(1, 'needs at least one rule'),
    groups: z.record(code, z.strictObject({ total: least })).optional(),
    total: least.optional(),
    starting: z.record(z.string(), whole).optional(),
    startingByStage: z.strictObject({ awareness: whole, consideration: whole, decision: whole, customer: whole }).partial().optional(),
    decay: z.array(z.strictObject({ afterDays: least, percent })),
    fit: z.record(z.string(), fitTable),
    grades: grades(whole),
    ...byScore,
  })
  .superRefine((model, context) => {
    const fault = faultOf(context);
    const { rules, groups = {}, decay, fit } = model;
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
  }) satisfies z.ZodType<PointsModel>;

const axis = (from: number) => z.number().min(from, `must be ${from} to 10`).max(10, `must be ${from} to 10`);
const saying = z.string().min(1, 'is empty; say in words what becomes of who is there').max(60, 'is longer than 60 characters');

export const merodioSchema = z.strictObject({
  id: code,
  version,
  kind: z.literal('merodio'),
  high: z.strictObject({ pain: axis(1), fit: axis(0) }),
  quadrants: z.strictObject({ both: saying, pain: saying, fit: saying, neither: saying }).partial().optional(),
  grades: grades(axis(0)),
}) satisfies z.ZodType<MerodioModel>;

/** In a file `51-200` and `1` are what they look like. */
const answer = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const question = z.strictObject({
  id: code,
  says: z.string().min(1, 'is empty; write the question').max(80, 'is longer than 80 characters'),
  trait: z.string().min(1),
  best: z.array(answer).min(1, 'needs at least one answer'),
  others: z.record(z.string(), whole).default({}),
});

export const questionsSchema = z
  .strictObject({
    id: code,
    version,
    kind: z.literal('questions'),
    best: least,
    questions: z.array(question).min(1, 'needs at least one question').max(20, 'has more than 20 questions'),
    grades: grades(whole),
    ...byScore,
  })
  .superRefine(({ best, questions }, context) => {
    const fault = faultOf(context);
    questions.forEach(({ id, best: wanted, others }, at) => {
      if (id === 'pain' || id === 'fit')
        fault(['questions', at, 'id'], `"${id}" is an axis of the other matrix; call the question otherwise`);
      if (questions.findIndex((other) => other.id === id) !== at) fault(['questions', at, 'id'], `"${id}" is there twice`);
      for (const [value, points] of Object.entries(others)) {
        if (wanted.includes(value)) fault(['questions', at, 'others', value], 'is among the best answers, too');
        if (points >= best) fault(['questions', at, 'others', value], `must be less than the best answer's ${best}`);
      }
    });
  }) satisfies z.ZodType<QuestionsModel>;

/** Not written by hand: `ripen score adopt` makes it. */
export const predictiveSchema = z.strictObject({
  id: code,
  version,
  kind: z.literal('predictive'),
  artefact: predictiveModelSchema.refine(
    ({ models }) => models.some(({ age }) => age !== 'listed'),
    'was trained on a list and reads columns that no lead has',
  ),
  grades: grades(whole),
  ...byScore,
}) satisfies z.ZodType<PredictiveScoring>;

const kinds = { merodio: merodioSchema, questions: questionsSchema, predictive: predictiveSchema } as const;

/** The schema for what a file says its kind is; one that names no kind, or one there is not, is judged as points. */
export function schemaOf(document: unknown): z.ZodType<Model> {
  const { kind } = (document ?? {}) as { readonly kind?: unknown };
  if (kind === undefined) return modelSchema;
  if (typeof kind === 'string' && Object.hasOwn(kinds, kind)) return kinds[kind as keyof typeof kinds];
  const there = Object.keys(kinds)
    .join(', ')
    .replace(/, (?!.*, )/, ' or ');
  const none = z.looseObject({ kind: z.custom<never>(() => false, `must be ${there}; without a kind it is a model of points`) });
  return none as unknown as z.ZodType<Model>;
}
