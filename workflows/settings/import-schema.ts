/** What the settings may say of imports: the rules of each source, and which word counts when two lists differ. Knows no file. */
import { z } from 'zod';
import { ownTypes } from '../../events/list/own-fields';
import { textNames } from '../../events/list/profile';
import type { ImportRules } from '../../events/list/rules';
import { code } from './scalars';

const choice = <const T extends readonly [string, ...string[]]>(...words: T) => z.enum(words, `must be ${words.join(' or ')}`);

const rules = {
  consent: choice('needed', 'not-needed'),
  roleAddresses: choice('refuse', 'unattended', 'take'),
  disposable: choice('refuse', 'take'),
  evidence: choice('needed', 'not-needed'),
};
const fields = z.enum([...textNames, 'other', 'own'], { error: `must be a field: ${textNames.join(', ')}, own or other` });
const overwrite = z.partialRecord(fields, choice('replace', 'fill'));

export const importSchema = z.strictObject({
  all: z.strictObject({ ...rules, overwrite: overwrite.default({}) }),
  sources: z.record(code, z.strictObject({ ...rules, overwrite }).partial()).default({}),
  entry: z
    .array(z.strictObject({ stage: choice('awareness', 'consideration', 'decision'), words: z.array(z.string().min(1)).min(1) }))
    .optional(),
  fields: z
    .record(z.string(), z.union([z.enum(ownTypes), z.array(code).min(1)], `must be ${ownTypes.join(', ')} or a list of values`))
    .optional(),
}) satisfies z.ZodType<ImportRules>;
