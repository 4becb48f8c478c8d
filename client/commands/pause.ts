/** `ripen pause` and `ripen resume`: hold a lead at once, in the send ledger and in its workflow. */
import { awayCode } from '../away';
import { findLead, nameOfPerson } from '../people-at-hand';
import type { Context, Outcome } from '../ports';
import { Refusal } from '../refusal';
import { tell, toldOutcome } from '../say';
import { authored, authorOf, verb } from '../verb';
import type { Authored, Cli } from '../verb';

export function addPause(cli: Cli): void {
  verb<Authored>(
    cli,
    {
      usage: 'pause <lead>',
      does: 'Send a person nothing more until you resume. Works at once.',
      examples: ['pause asha@example.com --because "on parental leave until May"'],
    },
    authored,
    (context, options, who) => hold(context, options, who, true),
  );
  verb<Authored>(
    cli,
    { usage: 'resume <lead>', does: 'Go on with a person who was paused.', examples: ['resume asha@example.com'] },
    authored,
    (context, options, who) => hold(context, options, who, false),
  );
}

/** The ledger first, because it acts whatever becomes of the workflow; the workflow even when the ledger cannot be reached. */
async function hold(context: Context, options: Authored, who: string | undefined, held: boolean): Promise<Outcome> {
  const found = await findLead(context, who);
  let inLedger = false;
  try {
    await context.people('hold', { leadId: found.leadId, held, by: authorOf(context, options) });
    inLedger = true;
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== awayCode) throw error;
    context.warn(`${error.message} The lead's workflow is told all the same.`);
  }
  try {
    return toldOutcome(found, await tell(context, found.leadId, { word: held ? 'pause' : 'resume' }, options));
  } catch (error) {
    if (!(error instanceof Refusal) || !inLedger) throw error;
    const done = held ? 'Nothing is sent any more' : 'Sending is free again';
    throw new Refusal(`${nameOfPerson(found)}: ${done}, but the lead's history was not told: ${error.message}`, 1, error.code);
  }
}
