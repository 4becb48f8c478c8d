/** `ripen timeline`: what happened to one lead, in words, newest last. */
import { readLead } from '../lead-at-hand';
import { restatedFrom } from '../ledger';
import { factWord, quietFacts } from '../../workflows/speech/fact-words';
import { findLead, nameOfPerson } from '../people-at-hand';
import type { Context, Outcome } from '../ports';
import { blocks, count, date, inLocalTime, points, table } from '../print';
import { verb, wholeNumber } from '../verb';
import type { Cli } from '../verb';

type Options = { readonly all?: boolean; readonly last?: string };

export const addTimeline = (cli: Cli): void =>
  verb<Options>(
    cli,
    {
      usage: 'timeline <lead>',
      does: 'What happened to a person and what the engine did, newest last.',
      examples: ['timeline asha@example.com', 'timeline asha@example.com --last 20', 'timeline asha@example.com --json'],
    },
    (command) => command.option('--all', "the engine's bookkeeping, too").option('--last <number>', 'only so many of the newest'),
    timeline,
  );

async function timeline(context: Context, { all, last }: Options, who?: string): Promise<Outcome> {
  const most = last === undefined ? Infinity : wholeNumber(last, '--last');
  const found = await findLead(context, who);
  const { facts, reps } = await readLead(context, found);
  const speech = { rep: reps.of, date, points: (thousandths: number) => points(thousandths, true) };
  const told = restatedFrom(facts).filter((fact) => all === true || !quietFacts.has(fact.type));
  const shown = told.slice(-Math.min(most, told.length));
  const rows = shown.map((fact) => [date(fact.occurredAt), reps.in(inLocalTime(factWord(fact, speech)))]);
  const head = `${nameOfPerson(found)}, lead ${found.leadId}`;
  return {
    says:
      told.length === 0
        ? `${head}: nothing has happened yet.`
        : blocks(
            head,
            table(['when', { title: 'what', flexible: true }], rows),
            shown.length < told.length ? `${count(told.length - shown.length, 'older entry', 'older entries')} left out.` : undefined,
          ),
    json: { ok: true, lead: found.leadId, facts },
  };
}
