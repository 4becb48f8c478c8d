/** What the settings may say of imports: the rules of each source, and which word counts when two lists differ. Knows no file. */
import { z } from 'zod';
import type { ImportRules } from '../../events/list/rules';
import { code } from './scalars';

const choice = <const T extends readonly [string, ...string[]]>(...words: T) => z.enum(words, `must be ${words.join(' or ')}`);

const rules = {
  consent: choice('needed', 'not-needed'),
  roleAddresses: choice('refuse', 'unattended', 'take'),
  disposable: choice('refuse', 'take'),
  evidence: choice('needed', 'not-needed'),
};

export const importSchema = z.strictObject({
  all: z.strictObject(rules),
  sources: z.record(code, z.strictObject(rules).partial()).default({}),
}) satisfies z.ZodType<ImportRules>;
