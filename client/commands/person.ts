/** `ripen person`: what is held about somebody, given to them whole; and somebody taken out of every store for good. */
import { writeFile } from 'node:fs/promises';
import { findLead, findLeadOrId, nameOfPerson } from '../people-at-hand';
import type { Found } from '../people-at-hand';
import { walkMessages } from '../person-messages';
import type { Context, Outcome } from '../ports';
import { count } from '../print';
import { failed, messageOf, Refusal, sentence, wrongUsage } from '../refusal';
import { tell } from '../say';
import { authorOf, family, verb } from '../verb';
import type { Cli } from '../verb';

type Erasing = { readonly yes?: boolean; readonly dryRun?: boolean; readonly by?: string };

export function addPerson(cli: Cli): void {
  const parent = family(cli, 'person', 'What is held about somebody: export it, erase it.');
  verb<{ readonly out?: string }>(
    cli,
    {
      usage: 'export <lead>',
      does: 'Everything held about a person, as JSON: profile, consent, messages, history, events.',
      examples: ['person export asha@example.com --out asha.json'],
    },
    (command) => command.option('--out <file>', 'write it to this file; only its owner may read it'),
    exported,
    parent,
  );
  verb<Erasing>(
    cli,
    {
      usage: 'erase <lead>',
      does: 'Erase a person for good. Their wish to be left alone stays, as a hash that tells nobody who it was.',
      examples: ['person erase asha@example.com --dry-run', 'person erase asha@example.com --yes'],
      more: `Profile, addresses and consent are deleted, their messages in the streams are overwritten, their workflow ends.
Repeating the command is harmless and finishes what broke off (then by lead id). Backups and exported files are yours to find.`,
    },
    (command) =>
      command
        .option('--dry-run', 'say what would go and change nothing')
        .option('--yes', 'yes, for good: it cannot be taken back')
        .option('--by <name>', 'who does this; your user name if not given'),
    erase,
    parent,
  );
}

async function exported(context: Context, { out }: { readonly out?: string }, who?: string): Promise<Outcome> {
  const found = await findLead(context, who);
  const { leadId } = found;
  const { held, visitsLeftOut } = await context.people('record', { leadId });
  const { shown } = await walkMessages(context, leadId, 'show');
  const record = {
    lead: leadId,
    exportedAt: new Date(context.now()).toISOString(),
    store: held,
    ...(visitsLeftOut === 0 ? {} : { visitsLeftOut }),
    events: shown.ENGAGEMENT,
    rejected: shown.REJECTED,
    history: await context.facts(leadId),
  };
  if (visitsLeftOut > 0) context.warn(`${count(visitsLeftOut, 'older visit')} of theirs from before they were known are left out.`);
  if (out === undefined) return { says: JSON.stringify(record, undefined, 2), json: { ok: true, ...record } };
  await writeFile(out, `${JSON.stringify(record, undefined, 2)}\n`, { mode: 0o600 }).catch((error: unknown) => {
    throw failed(`${out} cannot be written: ${messageOf(error)}.`);
  });
  return { says: `Everything held about ${nameOfPerson(found)} is in ${out}.`, json: { ok: true, lead: leadId, file: out } };
}

async function erase(context: Context, options: Erasing, who?: string): Promise<Outcome> {
  if ((options.yes === true) === (options.dryRun === true))
    throw wrongUsage('This cannot be taken back. Look first with --dry-run, then say --yes.');
  const found = await findLeadOrId(context, who);
  return options.yes === true ? erased(context, options, found) : wouldErase(context, found);
}

async function wouldErase(context: Context, found: Found): Promise<Outcome> {
  const { leadId } = found;
  const { held } = await context.people('record', { leadId });
  const { found: messages } = await walkMessages(context, leadId, 'count');
  const rows = Object.fromEntries(Object.entries(held).map(([table, of]) => [table, of.length]));
  const says = [
    `${nameOfPerson(found)} would be erased: profile, ${count(rows['identity'] ?? 0, 'address or number', 'addresses and numbers')}, consent and lists;`,
    `${count(messages.ENGAGEMENT, 'event')} and ${count(messages.REJECTED, 'rejected message')} would be overwritten, the workflow ended. Nothing was changed.`,
  ];
  return { says: says.join('\n'), json: { ok: true, dryRun: true, lead: leadId, rows, messages } };
}

/** No reason of the operator's own: it would stay in the history and might name the person. */
async function endHistory(context: Context, leadId: string, by: string): Promise<void> {
  const isEnded = async (): Promise<boolean> => (await context.facts(leadId)).at(-1)?.type === 'LeadErased';
  if (await isEnded()) return;
  const { answer } = await tell(context, leadId, { word: 'erase' }, { by, because: 'the person asked' });
  if (!(await isEnded())) throw failed(`The history of ${leadId} could not be ended: ${answer.says}`);
}

/**
 * Sends stop first. Messages are looked for while the person's addresses are still known; then the lead's history ends, and only then the
 * store forgets who it was. What arrived meanwhile is found by the tombstone.
 */
async function erased(context: Context, options: Erasing, found: Found): Promise<Outcome> {
  const { leadId } = found;
  const by = authorOf(context, options);
  const steps: string[] = [];
  try {
    await context.people('hold', { leadId, held: true, by });
    steps.push('nothing is sent any more');
    const first = await walkMessages(context, leadId, 'erase');
    steps.push('their messages are overwritten');
    await endHistory(context, leadId, by);
    steps.push('their workflow is ended');
    await context.people('erase', { leadId, by });
    steps.push('the people store has forgotten them');
    const late = await walkMessages(context, leadId, 'erase', first.nextSeq);
    const messages = {
      ENGAGEMENT: first.found.ENGAGEMENT + late.found.ENGAGEMENT,
      REJECTED: first.found.REJECTED + late.found.REJECTED,
    };
    const says = `Lead ${leadId} is erased: ${count(messages.ENGAGEMENT, 'event')} and ${count(messages.REJECTED, 'rejected message')} overwritten, the workflow ended, the people store knows only that it must not contact them.`;
    return { says, json: { ok: true, lead: leadId, messages } };
  } catch (error) {
    if (!(error instanceof Refusal) || steps.length === 0) throw error;
    throw new Refusal(
      `${sentence(error.message)} So far: ${steps.join(', ')}. Repeat the command to finish: ripen person erase ${leadId} --yes`,
      error.exit,
      error.code,
    );
  }
}
