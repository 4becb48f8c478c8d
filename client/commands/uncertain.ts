/** `ripen uncertain`: messages of which nobody knows whether they arrived, and settling them by hand. */
import { findLead, nameOfPerson } from '../people-at-hand';
import type { Context, Outcome } from '../ports';
import { blocks, count, date, section, table } from '../print';
import { noSuchThing, wrongUsage } from '../refusal';
import { tell, toldOutcome } from '../say';
import { authored, authorOf, family, verb } from '../verb';
import type { Authored, Cli } from '../verb';
import { spoken, versionOf } from '../../workflows/speech/words';

type Settling = Authored & { readonly sent?: boolean; readonly notSent?: boolean };

export function addUncertain(cli: Cli): void {
  const parent = family(cli, 'uncertain', 'Messages whose delivery is unknown: list, settle.');
  verb(
    cli,
    { usage: 'list', does: 'Messages that the mail server may or may not have.', examples: ['uncertain list'] },
    (command) => command,
    list,
    parent,
  );
  verb<Settling>(
    cli,
    {
      usage: 'settle <lead> [message]',
      does: 'Say what became of a message whose delivery is unknown. One that was not sent may be sent again.',
      examples: [
        'uncertain settle asha@example.com e1.start.pricing.1 --sent',
        'uncertain settle lead-7f3a/e1.start.pricing.1 --not-sent --because "not in the provider\'s log"',
      ],
    },
    (command) => authored(command.option('--sent', 'the person has it').option('--not-sent', 'it never arrived')),
    settle,
    parent,
  );
}

async function list(context: Context): Promise<Outcome> {
  const { sends } = await context.people('uncertain', {});
  const rows = sends.map(({ leadId, effect, content, name, sinceAt, because }) => [
    leadId,
    name,
    effect,
    versionOf(content),
    date(sinceAt),
    spoken(because),
  ]);
  return {
    says:
      sends.length === 0
        ? 'No delivery is unknown.'
        : blocks(
            section(
              `Delivery unknown: ${count(sends.length, 'message')}`,
              table(['lead', 'who', 'message', 'content', 'since', { title: 'why', flexible: true }], rows),
            ),
            'Ask the mail provider, then: ripen uncertain settle LEAD MESSAGE --sent or --not-sent',
          ),
    json: { ok: true, sends },
  };
}

/** The ledger first: it decides whether the message may ever be called again. */
async function settle(context: Context, options: Settling, who = '', message?: string): Promise<Outcome> {
  if ((options.sent === true) === (options.notSent === true)) throw wrongUsage('Say what became of it: --sent or --not-sent.');
  const [name, effect] = message === undefined ? splitOf(who) : [who, message];
  const found = await findLead(context, name);
  const sent = options.sent === true;
  const { settled } = await context.people('settle', { leadId: found.leadId, effect, sent, by: authorOf(context, options) });
  const said = await tell(context, found.leadId, { word: 'settle', effect, sent }, options);
  if (!settled && !said.answer.ok)
    throw noSuchThing(`No message "${effect}" of ${nameOfPerson(found)} waits to be settled. See \`ripen uncertain list\`.`);
  return toldOutcome(found, said);
}

function splitOf(text: string): readonly [string, string] {
  const at = text.indexOf('/');
  if (at < 1) throw wrongUsage('Name the lead and the message: ripen uncertain settle LEAD MESSAGE --sent.');
  return [text.slice(0, at), text.slice(at + 1)];
}
