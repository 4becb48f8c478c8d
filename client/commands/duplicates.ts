/** `ripen duplicates`: people who look alike, each pair with a likelihood, for a person to judge. Merges nobody by itself. */
import { likelyPairs, type LikelyPair } from '../../events/list/likeness';
import { compareBy } from '../../events/list/likeness/people';
import { csvFile } from '../csv-file';
import { idsOf, ofFile, ofStore, ownOf, type Compared } from '../compared-people';
import { mapped } from '../import-words';
import { findLead, nameOfPerson } from '../people-at-hand';
import type { Context, Outcome } from '../ports';
import { blocks, count, section, table } from '../print';
import { wrongUsage } from '../refusal';
import { authorOf, verb } from '../verb';
import type { Cli } from '../verb';

type Options = {
  readonly map?: Readonly<Record<string, string>>;
  readonly least?: string;
  readonly out?: string;
  readonly not?: boolean;
  readonly by?: string;
};

export const addDuplicates = (cli: Cli): void =>
  verb<Options>(
    cli,
    {
      usage: 'duplicates [what...]',
      does: 'People who may be one: a short list with likelihoods, of everybody known or of a file. Nobody is merged.',
      examples: ['duplicates', 'duplicates leads.csv --out pairs.csv', 'duplicates --not asha@example.com asha.rao@example.com'],
      more: 'The same address, number or outside id makes one person when it is imported; this is about other spellings. What an agreement is worth is learned from the list itself.',
    },
    (command) =>
      command
        .option('--map <field=Column,...>', 'for a file: which column holds a field, where its name does not say so', mapped)
        .option('--least <likelihood>', 'show pairs from this likelihood on', '0.5')
        .option('--out <file>', 'write all pairs to this file')
        .option('--not', 'the two people named are two: do not show them again')
        .option('--by <name>', 'who says so; your user name if not given'),
    duplicates,
  );

async function duplicates(context: Context, options: Options, ...what: (string | undefined)[]): Promise<Outcome> {
  const named = what.filter((word) => word !== undefined);
  if (options.not === true) return areTwo(context, options, named);
  if (named.length > 1) throw wrongUsage('Name one file, or none for everybody known.');
  const least = Number(options.least);
  if (!(least > 0 && least <= 1)) throw wrongUsage(`--least "${options.least}" should be a likelihood from 0 to 1, for example 0.8.`);
  const [file] = named;
  const compared = file === undefined ? await ofStore(context) : await ofFile(context, file, options.map ?? {});
  const { fields, valuesOf } = compareBy(compared.columns);
  const two = new Set(
    file === undefined ? (await context.people('notDuplicates', { by: authorOf(context, options) })).pairs.map((pair) => pair.join()) : [],
  );
  const pairs = likelyPairs(fields, compared.rows.map(valuesOf), least).filter(
    ({ pair }) => !two.has(idsOf(compared, pair).toSorted().join()),
  );
  if (options.out !== undefined) write(options.out, compared, pairs);
  return outcomeOf(compared, pairs, options.out);
}

async function areTwo(context: Context, options: Options, named: readonly string[]): Promise<Outcome> {
  const [one, other] = named;
  if (one === undefined || other === undefined || named.length > 2) throw wrongUsage('Name the two people who are not one.');
  const [first, second] = [await findLead(context, one), await findLead(context, other)];
  await context.people('notDuplicates', { pair: [first.leadId, second.leadId], by: authorOf(context, options) });
  return {
    says: `${nameOfPerson(first)} and ${nameOfPerson(second)} are two; they are not shown again.`,
    json: { ok: true, pair: [first.leadId, second.leadId] },
  };
}

const percent = (likelihood: number): string => `${Math.min(99.9, Math.floor(likelihood * 1_000) / 10)}%`;

function write(file: string, compared: Compared, pairs: readonly LikelyPair[]): void {
  const out = csvFile(file, ['likelihood', 'one', 'other', 'one is', 'other is', 'same', 'close', 'differ']);
  for (const { pair, likelihood, same, close, differ } of pairs)
    out.add([
      likelihood.toFixed(4),
      ...idsOf(compared, pair),
      compared.shown[pair[0]]?.name ?? '',
      compared.shown[pair[1]]?.name ?? '',
      same.join(' '),
      close.join(' '),
      differ.join(' '),
    ]);
  out.end();
}

const mostShown = 30;

function outcomeOf(compared: Compared, pairs: readonly LikelyPair[], out: string | undefined): Outcome {
  const rows = pairs.slice(0, mostShown).map(({ pair, likelihood, differ }) => {
    const [one, other] = idsOf(compared, pair);
    return [
      percent(likelihood),
      `${one}: ${compared.shown[pair[0]]?.name ?? ''}`,
      `${other}: ${compared.shown[pair[1]]?.name ?? ''}`,
      differ.join(', '),
    ];
  });
  return {
    says: blocks(
      pairs.length === 0
        ? `Nobody of ${count(compared.rows.length, 'person', 'people')} looks like another.`
        : section(
            `${count(pairs.length, 'pair')} among ${count(compared.rows.length, 'person', 'people')} may be one`,
            table(
              [{ title: 'likely', align: 'right' }, { title: 'one', flexible: true }, { title: 'other', flexible: true }, 'differs in'],
              rows,
            ),
          ),
      pairs.length > mostShown && out === undefined ? `The ${mostShown} likeliest are shown; --out pairs.csv writes them all.` : undefined,
    ),
    json: {
      ok: true,
      people: compared.rows.length,
      pairs: pairs.map(({ pair, likelihood, same, close, differ }) => ({
        pair: idsOf(compared, pair),
        ...ownOf(compared, pair),
        likelihood: Math.round(likelihood * 1e4) / 1e4,
        same,
        close,
        differ,
      })),
      ...(out === undefined ? {} : { out }),
    },
  };
}
