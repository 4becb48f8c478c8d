/** `ripen handoff`: what sales has on its table, and what reps say about it. */
import { fold, initial } from '../../workflows/core';
import type { HandOffRow } from '../../events/requests';
import { findLead, repNames } from '../people-at-hand';
import type { Context, Outcome } from '../ports';
import { blocks, count, date, section, table } from '../print';
import { failed, wrongUsage } from '../refusal';
import { tell, toldOutcome } from '../say';
import { addHandOffBrake } from './handoff-brake';
import { authored, authorOf, family, verb, wholeNumber } from '../verb';
import type { Authored, Cli } from '../verb';

type RepWord = 'accept' | 'contacted' | 'reject' | 'won' | 'lost';
type Listing = { readonly all?: boolean; readonly rep?: string };
type Reps = { readonly add?: string; readonly email?: string; readonly by?: string };
type Worded = Authored & { readonly number?: string };

const words: Readonly<Record<RepWord, readonly [does: string, because: string]>> = {
  accept: ['Say that the rep takes the person over.', ''],
  contacted: ['Say that the rep reached the person.', ' --because "called, wants a quote"'],
  reject: ['Give the person back to nurture.', ' --because "student, no budget"'],
  won: ['Say that the person became a customer.', ''],
  lost: ['Say that the deal was lost; the person goes back to nurture.', ' --because "chose another tool"'],
};

export function addHandOff(cli: Cli): void {
  const parent = family(cli, 'handoff', 'Hand-offs to sales: list, accept, contacted, reject, won, lost, held, release, drop, reps.');
  verb<Listing>(
    cli,
    { usage: 'list', does: 'Hand-offs that are open, with their clocks.', examples: ['handoff list', 'handoff list --rep maya'] },
    (command) => command.option('--all', 'closed ones, too').option('--rep <name>', 'of one rep: a part of the name, or the id'),
    list,
    parent,
  );
  for (const [word, [does, because]] of Object.entries(words) as [RepWord, readonly [string, string]][])
    verb<Worded>(
      cli,
      { usage: `${word} <lead>`, does, examples: [`handoff ${word} asha@example.com${because}`] },
      (command) => authored(command.option('--number <number>', 'which hand-off of this person; the open one if not given')),
      (context, options, who) => repSays(context, word, options, who),
      parent,
    );
  addHandOffBrake(cli, parent);
  verb<Reps>(
    cli,
    {
      usage: 'reps',
      does: 'The sales reps who take hand-offs in turn; --add makes one more.',
      examples: ['handoff reps', 'handoff reps --add "Maya Okafor" --email maya@sales.example'],
    },
    (command) =>
      command
        .option('--add <name>', 'a new rep')
        .option('--email <address>', 'where the new rep gets hand-offs')
        .option('--by <name>', 'who does this; your user name if not given'),
    reps,
    parent,
  );
}

async function list(context: Context, { all, rep }: Listing): Promise<Outcome> {
  const { handOffs } = await context.people('handOffs', all === true ? {} : { open: true });
  const wanted = rep?.toLowerCase();
  const shown = handOffs.filter((row) => wanted === undefined || row.rep === rep || row.repName.toLowerCase().includes(wanted));
  const now = context.toEngine(context.now());
  const rows = shown.map((row) => [row.leadId, row.name ?? row.email, row.repName, row.status, clockOf(row, now)]);
  return {
    says:
      shown.length === 0
        ? `No ${all === true ? '' : 'open '}hand-off${rep === undefined ? '' : ` of ${rep}`}.`
        : section(count(shown.length, 'hand-off'), table(['lead', 'who', 'rep', 'is', { title: 'clock', flexible: true }], rows)),
    json: { ok: true, handOffs: shown },
  };
}

function clockOf({ status, acceptBy, contactBy }: HandOffRow, now: number): string {
  const late = (at: number): string => (at < now ? ' (late)' : '');
  if (status === 'offered' && acceptBy !== undefined)
    return `accept by ${date(acceptBy)}${late(acceptBy)}, contact by ${date(contactBy)}${late(contactBy)}`;
  return status === 'offered' || status === 'accepted' ? `contact by ${date(contactBy)}${late(contactBy)}` : '';
}

async function repSays(context: Context, word: RepWord, options: Worded, who: string | undefined): Promise<Outcome> {
  const found = await findLead(context, who);
  const handOff = options.number === undefined ? await openHandOff(context, found.leadId) : wholeNumber(options.number, '--number');
  if (handOff === undefined) throw failed(`${who} has no open hand-off. See \`ripen handoff list\`.`);
  const said = await tell(context, found.leadId, { word, handOff }, options);
  const says = said.answer.says.includes('rep') ? (await repNames(context)).in(said.answer.says) : said.answer.says;
  return toldOutcome(found, { ...said, answer: { ...said.answer, says } });
}

/** The lead's own facts are the authority. */
async function openHandOff(context: Context, leadId: string): Promise<number | undefined> {
  return fold(initial(leadId), await context.facts(leadId)).handOff?.number;
}

async function reps(context: Context, options: Reps): Promise<Outcome> {
  const { add, email } = options;
  if ((add === undefined) !== (email === undefined))
    throw wrongUsage('A new rep needs a name and an address: --add "Maya Okafor" --email maya@sales.example.');
  const added =
    add === undefined || email === undefined
      ? undefined
      : await context.people('addRep', { name: add, email, by: authorOf(context, options) });
  const known = (await context.people('reps', {})).reps;
  const rows = known.map(({ id, name, email: address, active, open }) => [name, address, active ? 'yes' : 'no', open, id]);
  return {
    says: blocks(
      added === undefined ? undefined : `${add} takes hand-offs from now on.`,
      known.length === 0
        ? 'There is no sales rep yet. Add one: ripen handoff reps --add NAME --email ADDRESS'
        : table(['rep', 'address', 'active', { title: 'open', align: 'right' }, 'id'], rows),
    ),
    json: { ok: true, reps: known, ...(added === undefined ? {} : { added: added.id }) },
  };
}
