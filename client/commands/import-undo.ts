/** `ripen import undo`: takes back the people an import made and what it changed, ends their sequences, and lists what was sent already. */
import type { Command } from 'commander';
import type { Reply } from '../../events/requests';
import type { Fact } from '../../workflows/core';
import { inParallel } from '../in-parallel';
import type { Context, Outcome } from '../ports';
import { blocks, count, section, table, wrapped } from '../print';
import { failed, wrongUsage } from '../refusal';
import { tell } from '../say';
import { authorOf, verb } from '../verb';
import type { Cli } from '../verb';

type Options = { readonly dryRun?: boolean; readonly yes?: boolean; readonly by?: string; readonly because?: string };
type Lead = Reply<'importLeads'>['leads'][number];

export const addImportUndo = (cli: Cli, parent: Command): void =>
  verb<Options>(
    cli,
    {
      usage: 'undo <id>',
      does: 'Take an import back: people it made go, profiles it changed are as before, their sequences end. Says what was sent to them already.',
      examples: ['import undo 3f9c2a7e10b44d21 --dry-run', 'import undo 3f9c2a7e10b44d21 --yes --because "wrong file"'],
      more:
        'Somebody whom another import names too, whom sales has, or who has been active since stays, without the sequence. Who goes may be imported again.\n' +
        'If it breaks off, repeat it.',
    },
    (command) =>
      command
        .option('--dry-run', 'say what would be taken back and change nothing')
        .option('--yes', 'yes, take it back')
        .option('--because <text>', 'why; kept with the import')
        .option('--by <name>', 'who does this; your user name if not given'),
    undo,
    parent,
  );

type Done = { gone: number; restored: number; ended: number; readonly kept: Record<string, number>; readonly sent: Map<string, number> };

async function undo(context: Context, options: Options, id = ''): Promise<Outcome> {
  if ((options.yes === true) === (options.dryRun === true)) throw wrongUsage('Look first with --dry-run, then say --yes.');
  const dryRun = options.dryRun === true;
  const by = authorOf(context, options);
  const because = options.because ?? 'the import was taken back';
  const done: Done = { gone: 0, restored: 0, ended: 0, kept: {}, sent: new Map() };
  const progress = context.progress(`Taking back ${id}`);
  let seen = 0;
  for (let after: string | undefined, more = true; more;) {
    const { leads, next } = await context.people('importLeads', { id, ...(after === undefined ? {} : { after }) });
    for (const lead of leads) note(done, lead);
    if (!dryRun) await takeBack(context, id, leads, done, { by, because });
    progress.at((seen += leads.length));
    after = next;
    more = next !== undefined;
  }
  progress.end();
  if (!dryRun) await context.people('endUndo', { id, by, because });
  return outcomeOf(id, dryRun, done);
}

function note(done: Done, { made, kept, sent }: Lead): void {
  if (made && kept === undefined) done.gone += 1;
  else done.restored += 1;
  if (kept !== undefined) done.kept[kept] = (done.kept[kept] ?? 0) + 1;
  for (const content of sent) done.sent.set(content, (done.sent.get(content) ?? 0) + 1);
}

type Why = { readonly by: string; readonly because: string };
const atOnce = 8;

/** Sends stop first; then the workflows are told, and only then does the store forget. */
async function takeBack(context: Context, id: string, leads: readonly Lead[], done: Done, why: Why): Promise<void> {
  const gone = leads.filter(({ made, kept }) => made && kept === undefined);
  const stay = leads.filter((lead) => !gone.includes(lead));
  await inParallel(gone, atOnce, async ({ leadId }) => {
    await context.people('hold', { leadId, held: true, by: why.by });
    await erase(context, leadId, why);
  });
  const ended = await inParallel(stay, atOnce, (lead) => endEnrolment(context, lead, why));
  done.ended += ended.filter(Boolean).length;
  for (const [some, forgotten] of [
    [gone, true],
    [stay, false],
  ] as const)
    if (some.length > 0) await context.people('takeBack', { id, leadIds: some.map(({ leadId }) => leadId), gone: forgotten });
}

const isErased = (facts: readonly Fact[]): boolean => facts.at(-1)?.type === 'LeadErased';

async function erase(context: Context, leadId: string, { by, because }: Why): Promise<void> {
  if (isErased(await context.facts(leadId))) return;
  const { answer } = await tell(context, leadId, { word: 'erase' }, { by, because });
  if (!isErased(await context.facts(leadId)))
    throw failed(`The history of ${leadId} could not be ended: ${answer.says} Repeat the command.`);
}

/** True where the import had put them on a sequence and they are still on it. */
async function endEnrolment(context: Context, { leadId, command }: Lead, { by, because }: Why): Promise<boolean> {
  if (command === undefined) return false;
  const facts = await context.facts(leadId);
  const asked = facts.findIndex((fact) => fact.type === 'CommandRecorded' && fact.id === command && fact.answer.ok);
  const enrolled = asked === -1 ? undefined : facts.slice(asked).find((fact) => fact.type === 'Enrolled');
  if (enrolled?.type !== 'Enrolled') return false;
  const { enrolment } = enrolled;
  if (facts.some((fact) => fact.type === 'EnrolmentEnded' && fact.enrolment === enrolment)) return false;
  return (await tell(context, leadId, { word: 'end', enrolment }, { by, because })).answer.ok;
}

function outcomeOf(id: string, dryRun: boolean, { gone, restored, ended, kept, sent }: Done): Outcome {
  const mails = [...sent].sort(([, a], [, b]) => b - a);
  const total = mails.reduce((sum, [, number]) => sum + number, 0);
  const verbs = dryRun ? 'would be' : 'are';
  return {
    says: blocks(
      wrapped(
        [
          `${count(gone, 'person', 'people')} whom import ${id} made ${verbs} taken back; ${count(restored, 'other')} ${verbs} as before it.`,
          ...Object.entries(kept).map(
            ([why, number]) => `${count(number, 'person', 'people')} it made ${number === 1 ? 'stays' : 'stay'}: ${why}.`,
          ),
          ...(ended === 0 ? [] : [`${count(ended, 'sequence')} of theirs ${ended === 1 ? 'was' : 'were'} ended.`]),
          ...(dryRun ? ['This was a dry run: nothing was changed.'] : []),
        ].join('\n'),
      ),
      total === 0
        ? 'Nothing had been sent to them.'
        : section(`Sent to them already: ${count(total, 'message')}`, table(['content', { title: 'messages', align: 'right' }], mails)),
    ),
    json: { ok: true, import: id, dryRun, gone, restored, ended, kept, sent: Object.fromEntries(mails) },
  };
}
