/** What zod finds in a file, as paths and sentences for people. Knows no schema. */
import type { z } from 'zod';
import type { Fault } from '../core/definition-error';

/** `file`: its name, the beginning of every path. */
export const faultsIn = (file: string, issues: readonly z.core.$ZodIssue[]): readonly Fault[] =>
  issues.map((issue) => ({ path: pathOf(file, issue.path), says: sentence(issue) }));

const pathOf = (file: string, path: readonly PropertyKey[]): string =>
  path.reduce<string>((text, step) => (typeof step === 'number' ? `${text}[${step}]` : `${text}.${String(step)}`), file);

const sentence = (issue: z.core.$ZodIssue): string => {
  if (issue.code === 'unrecognized_keys') return `does not know ${issue.keys.map((key) => `"${key}"`).join(', ')}`;
  return issue.message.startsWith('Invalid input: expected') ? issue.message.replace('Invalid input: expected', 'must be') : issue.message;
};
