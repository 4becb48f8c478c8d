/** Conditions over a person as marketing writes them in a settings file, read as the data the core asks: one wish a line, or `all`, `any`, `not` of them. Knows no file. */
import { z } from 'zod';
import { channels, qualifications, stages } from '../../events/stripped';
import type { Condition, FieldTest } from '../core/condition';
import { code, fieldCode, span, whole } from './scalars';

const percent = whole.min(1, 'must be 1 to 99').max(99, 'must be 1 to 99');

/** `field: industry` beside one of these says what it must be; beside none of them, that it is known. */
const tests = {
  is: fieldCode.optional(),
  oneOf: z.array(fieldCode).min(1, 'needs at least one value').optional(),
  atLeast: z.number().optional(),
  atMost: z.number().optional(),
  startsWith: z.string().min(1).optional(),
};

const wishes = {
  field: z
    .string()
    .regex(/^\p{L}[\p{L}\p{N} _-]{0,63}$/u, 'must be a field of the profile, such as industry')
    .optional(),
  ...tests,
  score: whole.min(1, 'must be 1 to 100').max(100, 'must be 1 to 100').optional(),
  gained: whole.min(1, 'must be at least 1').optional(),
  within: span.optional(),
  pain: z.number().min(1, 'must be 1 to 10').max(10, 'must be 1 to 10').optional(),
  fit: z.number().min(0, 'must be 0 to 10').max(10, 'must be 0 to 10').optional(),
  grade: z.enum(['A', 'B', 'C', 'D'], 'must be A, B, C or D').optional(),
  temperature: z.enum(['hot', 'warm', 'cold'], 'must be hot, warm or cold').optional(),
  stage: z.enum(stages, `must be one of ${stages.join(', ')}`).optional(),
  qualification: z.enum(qualifications, `must be one of ${qualifications.join(', ')}`).optional(),
  consent: z.enum(channels, `must be one of ${channels.join(', ')}`).optional(),
  silentFor: span.optional(),
  cohort: code.optional(),
  percent: percent.optional(),
};
const several = z.array(z.lazy((): z.ZodType<Condition> => conditionSchema)).min(1, 'needs at least one condition');

const written = z.strictObject({
  ...wishes,
  all: several.optional(),
  any: several.optional(),
  not: z.lazy((): z.ZodType<Condition> => conditionSchema).optional(),
});
type Written = z.output<typeof written>;

/** What each leading word makes; `undefined` where it, or what it needs beside it, is not there. */
const readers = {
  field: (wish) => given(wish.field, (field) => ({ kind: 'field', field, ...testOf(wish) })),
  score: (wish) => given(wish.score, (atLeast) => ({ kind: 'score', atLeast })),
  gained: ({ gained, within }) => given(gained, (points) => given(within, (length) => ({ kind: 'gained', points, within: length }))),
  pain: (wish) => given(wish.pain, (atLeast) => ({ kind: 'pain', atLeast })),
  fit: (wish) => given(wish.fit, (atLeast) => ({ kind: 'fit', atLeast })),
  grade: (wish) => given(wish.grade, (atLeast) => ({ kind: 'grade', atLeast })),
  temperature: (wish) => given(wish.temperature, (is) => ({ kind: 'temperature', is })),
  stage: (wish) => given(wish.stage, (atLeast) => ({ kind: 'stage', atLeast })),
  qualification: (wish) => given(wish.qualification, (is) => ({ kind: 'qualification', is })),
  consent: (wish) => given(wish.consent, (channel) => ({ kind: 'consent', channel })),
  silentFor: (wish) => given(wish.silentFor, (length) => ({ kind: 'silentFor', span: length })),
  cohort: ({ cohort, percent: share }) => given(cohort, (name) => given(share, (of) => ({ kind: 'cohort', name, percent: of }))),
  all: (wish) => given(wish.all, (of) => ({ kind: 'all', of })),
  any: (wish) => given(wish.any, (of) => ({ kind: 'any', of })),
  not: (wish) => given(wish.not, (of) => ({ kind: 'not', of })),
} satisfies Readonly<Record<string, (wish: Written) => Condition | undefined>>;

type Leading = keyof typeof readers;
const leading = Object.keys(readers) as readonly Leading[];
/** What may stand beside a leading word; alone where it is not listed. */
const beside: Readonly<Partial<Record<Leading, readonly (keyof Written)[]>>> = {
  field: ['is', 'oneOf', 'atLeast', 'atMost', 'startsWith'],
  gained: ['within'],
  cohort: ['percent'],
};

/** One condition; its fault is a sentence at the place it stands. */
export const conditionSchema: z.ZodType<Condition> = written.transform((wish, context): Condition => {
  const said = (Object.keys(wish) as (keyof Written)[]).filter((key) => wish[key] !== undefined);
  const made = readOne(wish, said);
  if (typeof made !== 'string') return made;
  context.addIssue({ code: 'custom', message: made });
  return z.NEVER;
});

/** The condition, or what is wrong with it. */
function readOne(wish: Written, said: readonly (keyof Written)[]): Condition | string {
  const [word, ...more] = leading.filter((one) => said.includes(one));
  if (word === undefined) return `says nothing to ask; write one of ${leading.join(', ')}`;
  if (more.length > 0) return `says ${[word, ...more].join(' and ')}; join several with all or any`;
  const others = said.filter((key) => key !== word);
  const stray = others.find((key) => !(beside[word] ?? []).includes(key));
  if (stray !== undefined) return `"${stray}" says nothing beside "${word}"`;
  if (word === 'field' && others.length > 1) return `tests the field in ${others.length} ways; write one of ${others.join(', ')}`;
  return readers[word](wish) ?? `"${word}" needs "${beside[word]?.join(', ') ?? ''}" beside it`;
}

function given<T>(value: T | undefined, make: (value: T) => Condition | undefined): Condition | undefined {
  return value === undefined ? undefined : make(value);
}

function testOf({ is, oneOf, atLeast, atMost, startsWith }: Written): { readonly test?: FieldTest } {
  if (is !== undefined) return { test: is };
  if (oneOf !== undefined) return { test: { oneOf } };
  if (atLeast !== undefined) return { test: { atLeast } };
  if (atMost !== undefined) return { test: { atMost } };
  return startsWith === undefined ? {} : { test: { startsWith } };
}
