/** `ripen score retract`: an event of a lead's history counts no more; without an event, what there is to take back. */
import type { Command } from 'commander';
import { decide, fold, initial } from '../../workflows/core';
import type { Fact, FactOf } from '../../workflows/core';
import { takenBack } from '../../workflows/core/recorded';
import { ledgersOf } from '../ledger';
import { readLead } from '../lead-at-hand';
import type { LeadAtHand } from '../lead-at-hand';
import { findLead, nameOfPerson } from '../people-at-hand';
import type { Context, Outcome } from '../ports';
import { blocks, count, date, points, table, wrapped } from '../print';
import { failed, noSuchThing, wrongUsage } from '../refusal';
import { tell } from '../say';
import { authored, authorOf, commandId, verb } from '../verb';
import type { Authored, Cli } from '../verb';
import { factWord } from '../../workflows/speech/fact-words';
import { eventWord } from '../../workflows/speech/words';

type Options = Authored & { readonly dryRun?: boolean; readonly all?: boolean };

export const addScoreRetract = (cli: Cli, parent: Command): void =>
  verb<Options>(
    cli,
    {
      usage: 'retract <lead> [event]',
      does: "Take back an event as if it had not been: a machine's click, a mistake. Without an event: which there are.",
      examples: [
        'score retract asha@example.com',
        'score retract asha@example.com q3Zr0aVx1Lk --dry-run',
        'score retract asha@example.com q3Zr0aVx1Lk --because "clicked by their mail gateway"',
      ],
      more:
        'Its points go on its own day, with caps and age judged anew. A hand-off that rested on it is withdrawn while it is pending;\n' +
        'a rep who accepted one is told. What was sent, and phases that were entered, stay. It cannot be undone.',
    },
    (command) =>
      authored(
        command
          .option('--dry-run', 'say what would follow, and change nothing')
          .option('--all', 'without an event: every one, however old'),
      ),
    retract,
    parent,
  );

async function retract(context: Context, options: Options, who?: string, event?: string): Promise<Outcome> {
  const found = await findLead(context, who);
  const lead = await readLead(context, found);
  if (event === undefined) return listed(lead, options.all === true);
  const told = toldIn(lead.facts, event);
  if (told === undefined)
    throw noSuchThing(
      `Nothing of the id ${event} is in the history of ${nameOfPerson(found)}. Without an id the command lists what there is.`,
    );
  if (options.dryRun === true) return tried(context, lead, told, options);
  if ((options.because ?? '').trim() === '') throw wrongUsage('Say why with --because: it is kept in the history, and a rep may be told.');
  const { answer } = await tell(
    context,
    found.leadId,
    { word: 'retract', event },
    { by: authorOf(context, options), because: options.because ?? '', id: commandId(options) },
  );
  return {
    says: wrapped(answer.says),
    json: { ok: answer.ok, lead: found.leadId, event, was: told.event, says: answer.says },
    exit: answer.ok ? 0 : 1,
  };
}

const toldIn = (facts: readonly Fact[], id: string): FactOf<'EngagementRecorded'> | undefined =>
  facts.find((fact): fact is FactOf<'EngagementRecorded'> => fact.type === 'EngagementRecorded' && fact.id === id);

const mostListed = 40;

/** Newest last, with what each counts today. */
function listed(lead: LeadAtHand, all: boolean): Outcome {
  const taken = takenBack(lead.facts);
  const counted = new Map<string, number>();
  for (const { entries } of ledgersOf(lead.facts, lead.state).slice(0, 1))
    for (const entry of entries) if (entry.event !== undefined) counted.set(entry.event, (counted.get(entry.event) ?? 0) + entry.counted);
  const events = lead.facts.flatMap((fact) =>
    fact.type === 'EngagementRecorded' && fact.event !== 'engagement.retracted'
      ? [
          {
            at: fact.occurredAt,
            event: fact.id,
            type: fact.event,
            what: eventWord(fact.event, fact.data),
            counted: counted.get(fact.id) ?? 0,
            takenBack: taken.has(fact.id),
          },
        ]
      : [],
  );
  const shown = events.slice(all ? 0 : -mostListed);
  return {
    says: blocks(
      `${nameOfPerson(lead.found)}, lead ${lead.found.leadId}`,
      events.length === 0
        ? 'There is no event to take back.'
        : table(
            ['when', 'event', { title: 'what', flexible: true }, { title: 'counted', align: 'right' }, ''],
            shown.map((one) => [date(one.at), one.event, one.what, points(one.counted, true), one.takenBack ? 'taken back' : '']),
          ),
      shown.length < events.length ? `${count(events.length - shown.length, 'older event')} left out; --all shows them.` : undefined,
    ),
    json: { ok: true, lead: lead.found.leadId, events },
  };
}

/** As the lead itself would decide now. */
function tried(context: Context, lead: LeadAtHand, told: FactOf<'EngagementRecorded'>, options: Options): Outcome {
  if (lead.published === undefined) throw failed('What would follow cannot be said without what is published.');
  const { found, facts } = lead;
  const id = 'on-the-side';
  const input = {
    kind: 'command',
    id,
    command: { word: 'retract', event: told.id },
    by: authorOf(context, options),
    because: options.because ?? '',
  } as const;
  const now = Math.max(context.toEngine(context.now()), lead.state.at);
  const concluded = decide(lead.published, fold(initial(found.leadId), facts), [input], now, () => facts);
  const answer = concluded.find((fact) => fact.type === 'CommandRecorded' && fact.id === id);
  const says = answer?.type === 'CommandRecorded' ? answer.answer.says : 'The lead takes no words any more.';
  const ok = answer?.type === 'CommandRecorded' && answer.answer.ok;
  const follows = concluded.flatMap((fact) =>
    fact.type === 'CommandRecorded' || fact.type === 'EffectDecided'
      ? []
      : [lead.reps.in(factWord(fact, { rep: lead.reps.of, date, points: (thousandths) => points(thousandths, true) }))],
  );
  return {
    says: blocks(
      wrapped(says),
      ok ? follows.map((one) => wrapped(`- ${one}`)).join('\n') : undefined,
      'This was a dry run: nothing was changed.',
    ),
    json: { ok, dryRun: true, lead: found.leadId, event: told.id, was: told.event, says, follows },
    exit: ok ? 0 : 1,
  };
}
