/** The person of a preview: from a file, from options, or nobody in particular. Knows no command. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { messageOf, wrongUsage } from './refusal';
import { codeOf } from './verb';

const code = z.union([z.string(), z.number(), z.boolean()]);
const personSchema = z.strictObject({
  traits: z.record(z.string(), code).default({}),
  consent: z.enum(['granted', 'withdrawn', 'none']).default('granted'),
});

export type ImaginedPerson = Readonly<z.infer<typeof personSchema>>;

/** `traits` stand above those of the file. Throws `Refusal`. */
export function imaginedPerson(file: string | undefined, traits: Readonly<Record<string, string>> = {}): ImaginedPerson {
  const person = file === undefined ? personSchema.parse({}) : readPerson(file);
  return {
    ...person,
    traits: { ...person.traits, ...Object.fromEntries(Object.entries(traits).map(([name, value]) => [name, codeOf(value)])) },
  };
}

function readPerson(file: string): ImaginedPerson {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw wrongUsage(`--lead ${file} cannot be read as JSON: ${messageOf(error)}.`);
  }
  const parsed = personSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw wrongUsage(
    `--lead ${file}: ${issue === undefined || issue.path.length === 0 ? '' : `${issue.path.join('.')}: `}${issue?.message ?? 'is no person'}.`,
  );
}
