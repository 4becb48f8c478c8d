/** `ripen lead add`: one person, as an import of one row. */
import { randomUUID } from 'node:crypto';
import type { RowOutcome } from '../../events/requests';
import type { Context, Outcome } from '../ports';
import { failed, sentence, wrongUsage } from '../refusal';
import { family, momentOf, verb } from '../verb';
import type { Cli } from '../verb';

const fields = {
  email: 'Email',
  firstName: 'First Name',
  lastName: 'Last Name',
  company: 'Company',
  title: 'Job Title',
  phone: 'Phone',
  country: 'Country',
  industry: 'Industry',
  employees: 'Employees',
  zone: 'Time Zone',
  street: 'Street',
  postalCode: 'Postal Code',
  city: 'City',
  region: 'State',
  interest: 'Product Interest',
  purchase: 'Expected Purchase',
  referredBy: 'Referred By',
} as const;
type Field = keyof typeof fields;
type Options = { readonly [F in Field]?: string } & {
  readonly source: string;
  readonly sequence?: string;
  readonly campaign?: string;
  readonly consent?: string;
  readonly obtained?: string;
  readonly by?: string;
};

export const addLead = (cli: Cli): void =>
  verb<Options>(
    cli,
    {
      usage: 'add',
      does: 'Add one person. Somebody who is known already is brought up to date.',
      examples: [
        'lead add --email asha@example.com --first-name Asha --company "Orchard Ltd" --source walk-in --consent "asked for news at the desk" --sequence buyers-journey',
      ],
    },
    (command) =>
      command
        .option('--email <address>', 'e-mail address')
        .option('--first-name <name>', 'first name')
        .option('--last-name <name>', 'last name')
        .option('--company <name>', 'company')
        .option('--title <title>', 'job title')
        .option('--phone <number>', 'phone number, best with its country: +44 20 7946 0110')
        .option('--country <name>', 'country, as a name or two letters')
        .option('--industry <name>', 'industry of the company')
        .option('--employees <number>', 'size of the company')
        .option('--zone <zone>', 'time zone, for example Europe/London')
        .option('--street <text>', 'street and number')
        .option('--postal-code <code>', 'postal code')
        .option('--city <name>', 'city')
        .option('--region <name>', 'state or region')
        .option('--interest <text>', 'the product they ask about')
        .option('--purchase <text>', 'when they expect to buy')
        .option('--referred-by <lead>', 'who sent them: an address or lead id')
        .option('--source <name>', 'where the person comes from', 'cli')
        .option('--sequence <id>', 'put the person into this sequence')
        .option('--campaign <name>', 'the campaign this belongs to')
        .option('--consent <text>', 'what the person agreed to; without it nothing marketing is sent')
        .option('--obtained <date>', 'when they agreed; now if not given')
        .option('--by <name>', 'who does this; your user name if not given'),
    add,
    family(cli, 'lead', 'Add one person.'),
  );

async function add(context: Context, options: Options): Promise<Outcome> {
  const { source, sequence, campaign, consent, obtained, by = context.user } = options;
  const given = (Object.keys(fields) as Field[]).flatMap((field) =>
    options[field] === undefined ? [] : [[fields[field], options[field]] as const],
  );
  if (options.email === undefined && options.phone === undefined)
    throw wrongUsage('A person needs an address or a number: give --email or --phone.');
  const obtainedAt = obtained === undefined ? context.toEngine(context.now()) : momentOf(obtained, '--obtained');
  const { outcomes } = await context.people('import', {
    batch: `one-${randomUUID()}`,
    source,
    by,
    rows: [{ row: 1, fields: Object.fromEntries(given) }],
    ...(sequence === undefined ? {} : { sequence }),
    ...(campaign === undefined ? {} : { campaign }),
    ...(consent === undefined ? {} : { consent: { text: consent, obtainedAt } }),
  });
  const outcome = outcomes[0];
  if (outcome === undefined) throw failed('The people store gave no answer about this person. Try again.');
  return reported(outcome, options.email ?? options.phone ?? '', sequence, consent !== undefined);
}

function reported(outcome: RowOutcome, who: string, sequence: string | undefined, consented: boolean): Outcome {
  const { row: _, ...json } = outcome;
  if (outcome.as === 'rejected') return { says: `${who} was not added: ${sentence(outcome.says)}`, json: { ok: false, ...json }, exit: 1 };
  if (outcome.as === 'suppressed')
    return { says: `${who} was not added: ${sentence(outcome.says)}`, json: { ok: false, ...json }, exit: 1 };
  if (outcome.as === 'duplicate' || outcome.as === 'customer')
    return { says: `${who}: ${sentence(outcome.says)}`, json: { ok: true, ...json } };
  const says = [
    `${who} is ${outcome.as === 'created' ? 'a new lead' : 'up to date'}: ${outcome.leadId}.`,
    sequence === undefined ? undefined : `Soon in sequence ${sequence}.`,
    consented ? undefined : 'No consent was given here, so nothing marketing is sent unless it is known from before.',
  ];
  return { says: says.filter((part) => part !== undefined).join(' '), json: { ok: true, ...json } };
}
