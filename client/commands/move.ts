/** `ripen move`, `ripen end` and `ripen nudge`: an operator's hand on one lead's sequences. */
import { findLead } from '../people-at-hand';
import { tell, toldOutcome } from '../say';
import { authored, verb } from '../verb';
import type { Authored, Cli } from '../verb';

type Placed = Authored & { readonly enrolment: string; readonly phase: string };

export function addMove(cli: Cli): void {
  verb<Placed>(
    cli,
    {
      usage: 'move <lead>',
      does: 'Move a person to another phase of a sequence they are in, forwards or back.',
      examples: ['move asha@example.com --enrolment buyers-journey --phase decision --because "asked for prices at the fair"'],
    },
    (command) =>
      authored(
        command
          .requiredOption('--enrolment <id>', 'the sequence, or the number `ripen status` shows (e1)')
          .requiredOption('--phase <name>', 'the phase to go to'),
      ),
    async (context, options, who) => {
      const found = await findLead(context, who);
      return toldOutcome(
        found,
        await tell(context, found.leadId, { word: 'move', enrolment: options.enrolment, phase: options.phase }, options),
      );
    },
  );
  verb<Placed>(
    cli,
    {
      usage: 'end <lead>',
      does: 'Take a person out of a sequence.',
      examples: ['end asha@example.com --enrolment buyers-journey --because "wrong list"'],
    },
    (command) => authored(command.requiredOption('--enrolment <id>', 'the sequence, or the number `ripen status` shows (e1)')),
    async (context, options, who) => {
      const found = await findLead(context, who);
      return toldOutcome(found, await tell(context, found.leadId, { word: 'end', enrolment: options.enrolment }, options));
    },
  );
  verb<Authored>(
    cli,
    {
      usage: 'nudge <lead>',
      does: 'Look at one lead again now. Changes nothing by itself; wakes a lead that is overdue.',
      examples: ['nudge asha@example.com'],
    },
    authored,
    async (context, options, who) => {
      const found = await findLead(context, who);
      return toldOutcome(found, await tell(context, found.leadId, { word: 'nudge' }, options));
    },
  );
}
