/** Says one word to a lead and reports its answer; shared by every command that changes a lead. Knows no words of its own. */
import type { Answer, Command } from '../workflows/core';
import type { Context, Outcome } from './ports';
import { nameOfPerson } from './people-at-hand';
import type { Found } from './people-at-hand';
import { sentence } from './refusal';
import { authorOf, commandId } from './verb';
import type { Authored } from './verb';

export type Said = { readonly id: string; readonly answer: Answer };

export async function tell(context: Context, leadId: string, command: Command, options: Authored): Promise<Said> {
  const id = commandId(options);
  const leads = await context.leads();
  const answer = await leads.command(leadId, {
    kind: 'command',
    id,
    command,
    by: authorOf(context, options),
    because: options.because ?? '',
  });
  return { id, answer };
}

/** Exit 1 where the lead said no. */
export function toldOutcome(found: Found, { id, answer }: Said, before?: string): Outcome {
  const says = [before, sentence(answer.says)].filter((part) => part !== undefined).join(' ');
  return {
    says: `${nameOfPerson(found)}: ${says}`,
    json: { ok: answer.ok, lead: found.leadId, id, says },
    exit: answer.ok ? 0 : 1,
  };
}
