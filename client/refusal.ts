/** What the command line says when it cannot do what was asked: one sentence and an exit code, never a stack trace. Knows no command. */
import { problems } from '../events/problems';
import type { ProblemCode } from '../events/problems';

/** 0 done, 1 failed, 2 wrong usage, 3 no such thing. */
export type ExitCode = 0 | 1 | 2 | 3;

export class Refusal extends Error {
  override name = 'Refusal';
  constructor(
    says: string,
    readonly exit: ExitCode,
    /** From `events/problems.ts` where the problem has a name. */
    readonly code?: string,
  ) {
    super(says);
  }
}

/** Names of what is not there; the command line answers them with 3. */
const unknownThings: ReadonlySet<string> = new Set([
  'lead-unknown',
  'sequence-unknown',
  'phase-unknown',
  'import-unknown',
  'campaign-unknown',
  'audience-unknown',
  'access-unknown',
]);

/** What was asked has no meaning; asking again the same way never has. */
const wrongUses: ReadonlySet<string> = new Set(['ask-malformed', 'query-wrong']);

/** A named problem as a refusal: what happened and what to do about it. */
export function refusalOf(code: string, says: string): Refusal {
  const todo = Object.hasOwn(problems, code) ? ` ${problems[code as ProblemCode].todo}` : '';
  return new Refusal(
    `${sentence(says)}${says.includes(todo.trim()) ? '' : todo}`,
    unknownThings.has(code) ? 3 : wrongUses.has(code) ? 2 : 1,
    code,
  );
}

export const wrongUsage = (says: string): Refusal => new Refusal(says, 2);
export const noSuchThing = (says: string): Refusal => new Refusal(says, 3);
export const failed = (says: string): Refusal => new Refusal(says, 1);

/** With a capital and a full stop; an id at the beginning (`e1`) stays as it is. */
export function sentence(says: string): string {
  const text = says.trim();
  const capital = /^\p{L}+(?![\p{L}\d._-]*\d)/u.test(text) ? `${text.slice(0, 1).toUpperCase()}${text.slice(1)}` : text;
  return /[.!?:]$/.test(capital) ? capital : `${capital}.`;
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
