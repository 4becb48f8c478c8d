/** `ripen import list`: what was imported, and what became of the people: mailed, bounced, engaged, bought. */
import type { Command } from 'commander';
import type { Reply } from '../../events/requests';
import { moneyText } from '../import-words';
import type { Context, Outcome } from '../ports';
import { count, date, section, table, blocks } from '../print';
import { noSuchThing } from '../refusal';
import { verb } from '../verb';
import type { Cli } from '../verb';

type Import = Reply<'imports'>['imports'][number];

export const addImportList = (cli: Cli, parent: Command): void =>
  verb<{ readonly vendor?: string }>(
    cli,
    {
      usage: 'list [id]',
      does: 'Imports, newest first, and what became of the people they brought: mailed, bounced, engaged, bought.',
      examples: ['import list', 'import list --vendor "List Mart"', 'import list 3f9c2a7e10b44d21'],
    },
    (command) => command.option('--vendor <name>', 'only lists this vendor sold'),
    list,
    parent,
  );

async function list(context: Context, { vendor }: { readonly vendor?: string }, id?: string): Promise<Outcome> {
  const { imports } = await context.people('imports', { ...(vendor === undefined ? {} : { vendor }), ...(id === undefined ? {} : { id }) });
  const [only] = imports;
  if (id !== undefined && only === undefined) throw noSuchThing(`There is no import "${id}". See \`ripen import list\`.`);
  if (only === undefined) return { says: 'Nothing was imported yet.', json: { ok: true, imports } };
  return { says: id === undefined ? shown(imports) : oneShown(only), json: { ok: true, imports } };
}

const made = ({ outcomes }: Import): number => outcomes['created'] ?? 0;
const share = (part: number, whole: number): string => (whole === 0 ? '' : `${Math.round((100 * part) / whole)}%`);
const rowsOf = ({ outcomes }: Import): number => Object.values(outcomes).reduce((sum, rows) => sum + rows, 0);

const shown = (imports: readonly Import[]): string =>
  table(
    [
      'import',
      'when',
      { title: 'source', flexible: true },
      { title: 'new', align: 'right' },
      { title: 'bounced', align: 'right' },
      { title: 'engaged', align: 'right' },
      { title: 'bought', align: 'right' },
    ],
    imports.map((one) => [
      one.id,
      one.undoneAt === undefined ? date(one.beganAt) : 'taken back',
      [one.source, one.vendor, one.sample ? 'sample' : undefined].filter((part) => part !== undefined).join(', '),
      made(one),
      one.since.bounced,
      one.since.engaged,
      one.since.customers,
    ]),
  );

function oneShown(one: Import): string {
  const { since } = one;
  const price = one.cost === undefined ? undefined : { ...one.cost, cents: Math.round(one.cost.cents / Math.max(1, made(one))) };
  const rows = Object.entries(one.outcomes).map(([outcome, number]) => [outcome, number, share(number, rowsOf(one))] as const);
  const people = [
    ['mailed', since.mailed, share(since.mailed, made(one))],
    ['  bounced', since.bounced, share(since.bounced, since.mailed)],
    ['engaged', since.engaged, share(since.engaged, made(one))],
    ['bought', since.customers, share(since.customers, made(one))],
  ] as const;
  return blocks(
    [
      `${one.file ?? one.id}, ${one.source}${one.vendor === undefined ? '' : `, sold by ${one.vendor}`}, ${date(one.beganAt)} by ${one.by}.`,
      one.undoneAt === undefined ? '' : ` Taken back ${date(one.undoneAt)}.`,
      one.cost === undefined || price === undefined ? '' : ` It cost ${moneyText(one.cost)}, ${moneyText(price)} a new lead.`,
    ].join(''),
    section('Rows so far', table(['outcome', { title: 'rows', align: 'right' }, { title: '', align: 'right' }], rows)),
    section(
      `Of the ${count(made(one), 'new person', 'new people')} since`,
      table(['', { title: 'people', align: 'right' }, { title: '', align: 'right' }], people),
    ),
  );
}
