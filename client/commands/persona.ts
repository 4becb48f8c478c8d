/** `ripen persona suggest`: what customers are more often than everybody else, and a persona drafted from it for the settings. Changes nothing. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import type { Reply } from '../../events/requests';
import { compared, draftOf, tooFew, traitsThatStandOut } from '../../workflows/foresight/persona';
import type { Compared, Draft, Trait } from '../../workflows/foresight/persona';
import type * as CatalogueModule from '../../workflows/catalogue';
import type { Context, Outcome } from '../ports';
import { blocks, count, section, table, wrapped } from '../print';
import { failed, noSuchThing, wrongUsage } from '../refusal';
import { checkPlace, writeWhole } from '../score-file';
import { collect, family, verb, wholeNumber } from '../verb';
import type { Cli } from '../verb';

type Options = {
  readonly among?: Readonly<Record<string, string>>;
  readonly out?: string;
  readonly settings?: string;
  readonly top: string;
};
type Counts = Reply<'traitCounts'>;
type Among = Readonly<Record<string, readonly string[]>>;

export function addPersona(cli: Cli): void {
  const parent = family(cli, 'persona', 'Who typically buys: drafted from the customers there are.');
  verb<Options>(
    cli,
    {
      usage: 'suggest [name]',
      does: 'What customers are much more often than everybody known, and a persona drafted from it. Changes nothing.',
      examples: [
        'persona suggest',
        'persona suggest quick-buyer --out my-settings.yaml',
        'persona suggest --among seniority=manager,specialist',
      ],
      more:
        'It compares industry, seniority, department, size, country, language and your own fields (imports.fields), among the people of whom they are known.\n' +
        'A value stands out where chance is ruled out to 99.9 %; below 30 customers nothing is drafted. It says who bought, not why.\n' +
        'With --out a copy of the settings is written that holds it: say there who this is, with needs and pains, then `ripen settings diff FILE`\n' +
        'and `ripen settings apply FILE`.',
    },
    (command) =>
      command
        .option('--among <field=values>', 'only people with one of these values (a,b); may be repeated', collect)
        .option('--out <file>', 'where to write the settings with the persona in them')
        .option('--settings <file>', 'the settings to add it to; those of this installation if not given')
        .option('--top <number>', 'how many values to show', '15'),
    (context, options, name) => suggest(context, options, name),
    parent,
  );
}

async function suggest(context: Context, options: Options, name = 'from-customers'): Promise<Outcome> {
  if (!/^[a-z][a-z0-9-]{0,63}$/.test(name))
    throw wrongUsage(`"${name}" is no name for a persona: write small letters, digits and -, such as quick-buyer.`);
  if (options.settings !== undefined && options.out === undefined) throw wrongUsage('--settings needs --out: where to write the copy.');
  if (options.out !== undefined) checkPlace(options.out);
  const top = wholeNumber(options.top, '--top');
  const among = amongOf(options.among ?? {});
  const counts = await context.people('traitCounts', { among });
  const rows = compared(counts);
  const traits = traitsThatStandOut(rows);
  const drafted = tooFew(counts) === undefined && traits.length > 0 ? await draft(context, counts, among, traits) : undefined;
  const written =
    drafted === undefined || options.out === undefined ? undefined : write(context, options.out, options.settings, name, drafted.draft);
  return told({ name, counts, rows, top, drafted, out: options.out, written });
}

function amongOf(given: Readonly<Record<string, string>>): Among {
  return Object.fromEntries(
    Object.entries(given).map(([field, text]) => {
      const values = text.split(',').map((value) => value.trim());
      if (values.some((value) => value === ''))
        throw wrongUsage(`--among "${field}=${text}" should name values, for example seniority=manager,owner.`);
      return [field, values];
    }),
  );
}

type Drafted = { readonly draft: Draft; readonly meets: { readonly people: number; readonly won: number } };

/** What stands out is asked for as long as at least half of the customers still meet it together. */
async function draft(context: Context, counts: Counts, among: Among, traits: readonly Trait[]): Promise<Drafted> {
  const wonBy = ({ field, values }: Trait): number =>
    counts.values.reduce((sum, one) => sum + (one.field === field && values.includes(one.value) ? one.won : 0), 0);
  const half = counts.won / 2;
  const first = traits.find((trait) => wonBy(trait) >= half) ?? traits.reduce((best, one) => (wonBy(one) > wonBy(best) ? one : best));
  const narrowed = (when: readonly Trait[]): Promise<Counts> =>
    context.people('traitCounts', { among: { ...among, ...Object.fromEntries(when.map(({ field, values }) => [field, values])) } });
  let when: readonly Trait[] = [first];
  let meets = await narrowed(when);
  for (const trait of traits) {
    if (trait === first) continue;
    const next = await narrowed([...when, trait]);
    if (next.won >= half) [when, meets] = [[...when, trait], next];
  }
  const given = Object.entries(among).flatMap(([field, values]) =>
    when.some((trait) => trait.field === field) ? [] : [{ field, values, weight: first.weight }],
  );
  const channels = compared(counts, (field) => field === 'source').filter(({ standing }) => standing === 'stands-out');
  return {
    draft: draftOf(
      [...given, ...when],
      [...given, ...traits],
      channels.map(({ value }) => value),
    ),
    meets: { people: meets.people, won: meets.won },
  };
}

function write(context: Context, out: string, settings: string | undefined, name: string, made: Draft): true {
  const { withPersona } = require('../../workflows/catalogue') as typeof CatalogueModule;
  const from = settings ?? context.shipped('workflows', 'settings', 'workspace.yaml');
  if (!existsSync(from)) throw noSuchThing(`There is no file "${from}".`);
  if (!statSync(from).isFile()) throw wrongUsage(`"${from}" is no file.`);
  const edited = withPersona(readFileSync(from, 'utf8'), name, made);
  if ('says' in edited) throw failed(`"${from}" ${edited.says}.`);
  writeWhole(out, edited.text);
  return true;
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;
/** What is said of all need not be said of each. */
const standingOf = ({ standing, says }: Compared, few: string | undefined): string =>
  ({
    'stands-out': 'stands out',
    rarer: 'rarer among customers',
    'may-be-chance': 'may be chance',
    'too-little-data': few === undefined ? `too little data: ${says ?? ''}` : 'too little data',
  })[standing];

type Told = {
  readonly name: string;
  readonly counts: Counts;
  readonly rows: readonly Compared[];
  readonly top: number;
  readonly drafted: Drafted | undefined;
  readonly out: string | undefined;
  readonly written: true | undefined;
};

function told({ name, counts, rows, top, drafted, out, written }: Told): Outcome {
  const few = tooFew(counts);
  const right = (title: string) => ({ title, align: 'right' as const });
  return {
    says: blocks(
      `${count(counts.people, 'person', 'people')} known, ${counts.won.toLocaleString('en')} of them customers.`,
      few === undefined ? undefined : wrapped(`Too little data: ${few}. Nothing is drafted.`),
      rows.length === 0
        ? 'Nothing is known of them that could be compared.'
        : table(
            [
              'field',
              { title: 'value', flexible: true },
              right('customers'),
              right('all'),
              right('times as common'),
              { title: '', flexible: true },
            ],
            rows
              .slice(0, top)
              .map((one) => [
                one.field,
                one.value,
                `${one.won} (${percent(one.shareOfWon)})`,
                `${one.people} (${percent(one.shareOfAll)})`,
                one.times.toFixed(1),
                standingOf(one, few),
              ]),
          ),
      rows.length > top ? `${rows.length - top} more are left out; see --top.` : undefined,
      drafted === undefined
        ? few === undefined
          ? 'Nothing stands out, so nothing is drafted.'
          : undefined
        : draftText(name, counts, drafted),
      written === undefined
        ? undefined
        : wrapped(
            `Written to ${out ?? ''}. Say there in your own words who this is, with needs and pains; then: ripen settings diff ${out ?? ''}`,
          ),
      out !== undefined && written === undefined ? `Nothing was written to ${out}.` : undefined,
    ),
    json: {
      ok: true,
      people: counts.people,
      customers: counts.won,
      ...(few === undefined ? {} : { tooLittle: few }),
      values: rows,
      ...(drafted === undefined ? {} : { persona: { [name]: drafted.draft }, meets: drafted.meets }),
      ...(written === undefined ? {} : { out }),
    },
  };
}

function draftText(name: string, { people, won }: Counts, { draft: made, meets }: Drafted): string {
  const { personaText } = require('../../workflows/catalogue') as typeof CatalogueModule;
  const times = meets.won / won / Math.max(1 / people, meets.people / people);
  return blocks(
    section('Drafted, as it would stand under "personas:" in the settings', personaText(name, made)),
    wrapped(
      `${meets.won} of ${won} customers (${percent(meets.won / won)}) meet its "when", and ${meets.people} of all ${people} (${percent(meets.people / people)}): ${times.toFixed(1)} times as common among customers. What the sources under "channels" say is how customers came, not how they are best reached.`,
    ),
  );
}
