/** `ripen vendor`: who sells lists, how they got the addresses, and what their lists were worth. */
import type { Context, Outcome } from '../ports';
import { table } from '../print';
import { wrongUsage } from '../refusal';
import { family, verb } from '../verb';
import type { Cli } from '../verb';

type Adding = {
  readonly exclusive?: boolean;
  readonly shared?: boolean;
  readonly reference?: string;
  readonly evidence?: string;
  readonly by?: string;
};

export function addVendor(cli: Cli): void {
  const parent = family(cli, 'vendor', 'Who sells lists, and how they got the addresses.');
  verb<Adding>(
    cli,
    {
      usage: 'add <name>',
      does: 'Put a vendor on record, or add to what is known of one.',
      examples: [
        'vendor add "List Mart" --shared --reference "Ann Berg, Looms Ltd" --evidence "double opt-in on planning.example, log of 2026-10"',
      ],
      more: 'A list of a source that needs evidence is refused until its vendor has some. What the lists were worth: ripen import list --vendor NAME',
    },
    (command) =>
      command
        .option('--exclusive', 'the list is sold to us alone')
        .option('--shared', 'the list is sold to others, too')
        .option('--reference <text>', 'who speaks for them')
        .option('--evidence <text>', 'how the people agreed to be written to, and what shows it')
        .option('--by <name>', 'who does this; your user name if not given'),
    add,
    parent,
  );
  verb(cli, { usage: 'list', does: 'Vendors on record.', examples: ['vendor list'] }, (command) => command, list, parent);
}

async function add(context: Context, { exclusive, shared, reference, evidence, by = context.user }: Adding, name = ''): Promise<Outcome> {
  if (exclusive === true && shared === true) throw wrongUsage('A list is --exclusive or --shared, not both.');
  const { id } = await context.people('addVendor', {
    name,
    by,
    ...(exclusive === true ? { exclusive } : shared === true ? { exclusive: false } : {}),
    ...(reference === undefined ? {} : { reference }),
    ...(evidence === undefined ? {} : { evidence }),
  });
  return { says: `${name} is on record.`, json: { ok: true, id } };
}

async function list(context: Context): Promise<Outcome> {
  const { vendors } = await context.people('vendors', {});
  const soldTo = (exclusive: boolean | undefined): string => (exclusive === undefined ? '' : exclusive ? 'us alone' : 'others, too');
  return {
    says:
      vendors.length === 0
        ? 'No vendor is on record. Add one: ripen vendor add NAME --evidence TEXT'
        : table(
            ['vendor', 'sold to', 'reference', { title: 'evidence', flexible: true }],
            vendors.map((one) => [one.name, soldTo(one.exclusive), one.reference, one.evidence]),
          ),
    json: { ok: true, vendors },
  };
}
