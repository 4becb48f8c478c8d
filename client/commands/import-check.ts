/** `ripen import check`: what an import would make of a list, without a server and without changing anything. */
import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { understood } from '../../events/list/row';
import type { OwnFields } from '../../events/list/own-fields';
import { rulesFor, type SourceRules } from '../../events/list/rules';
import { readImportRules } from '../../workflows/catalogue';
import { checkList, type Checked } from '../check-list';
import type { CsvList } from '../csv-rows';
import { LineTooLong } from '../csv-text';
import type { Survey } from '../csv-text';
import { look, openList, rejectionsTo } from '../import-file';
import { checkConsent, mapped, reasonTable } from '../import-words';
import { renamed } from '../list-columns';
import type { Again } from '../known-people';
import type { Context, Outcome } from '../ports';
import { blocks, count, section, table, wrapped } from '../print';
import { failed, noSuchThing, wrongUsage } from '../refusal';
import { verb } from '../verb';
import type { Cli } from '../verb';

type Options = {
  readonly source?: string;
  readonly map?: Readonly<Record<string, string>>;
  readonly rejects?: string;
  readonly consent?: string;
  readonly obtained?: string;
  readonly vendor?: string;
  readonly settings?: string;
};

export const addImportCheck = (cli: Cli, parent: Command): void =>
  verb<Options>(
    cli,
    {
      usage: 'check <file>',
      does: 'Say what an import would make of a CSV file: which rows are fit, which are not and why. Needs nothing that runs and changes nothing.',
      examples: ['import check leads.csv', 'import check leads.csv --source bought-list --rejects bad.csv --map email=Mail,company=Firm'],
      more:
        'Every row is accepted or rejected. Of the accepted some are repaired, name somebody an earlier row names (duplicates), or are customers\n' +
        'or people who want no mail. Who is known from before only the import itself can tell.',
    },
    (command) =>
      command
        .option('--source <name>', 'the rules of this source: trade-show, webinar, bought-list, ...')
        .option('--map <field=Column,...>', 'which column holds a field, where its name does not say so', mapped)
        .option('--rejects <file>', 'write rejected rows to this file, each with its number and reason; mend it and import it')
        .option('--consent <text>', 'what the people agreed to; needs --obtained')
        .option('--obtained <date>', 'when they agreed, for example 2026-11-02')
        .option('--vendor <name>', 'who sold the list')
        .option('--settings <file>', 'a settings file to try instead of the shipped one'),
    check,
    parent,
  );

async function check(context: Context, options: Options, file = ''): Promise<Outcome> {
  checkConsent(options);
  const { rules, fields } = rulesOf(context, options);
  const surveyed = await look(file);
  const progress = context.progress(`Checking ${file}`, surveyed.bytes);
  const rejections = rejectionsTo(options.rejects);
  try {
    const list = await openList(file, surveyed, progress.at);
    const names = renamed(list.columns, options.map ?? {});
    rejections.open(list.columns);
    const terms = { consent: options.consent !== undefined, evidence: options.vendor !== undefined };
    const { checked, examples } = await checkList(list, { names, rules, terms, fields, onRejected: rejections.add });
    rejections.end();
    return outcomeOf(file, options, checked, {
      list,
      surveyed,
      names,
      again: examples,
      reasons: reasonTable(checked.byReason, rejections.examples),
    });
  } catch (error) {
    if (error instanceof LineTooLong) throw failed(`${file} is no list: ${error.message}.`);
    throw error;
  } finally {
    progress.end();
    rejections.end();
  }
}

function rulesOf(context: Context, { settings, source }: Options): { readonly rules: Required<SourceRules>; readonly fields: OwnFields } {
  if (settings !== undefined && !existsSync(settings)) throw noSuchThing(`There is no file "${settings}".`);
  const { rules, faults } = readImportRules(context.shipped('workflows'), settings);
  if (faults.length > 0) throw wrongUsage(`The settings are faulty:\n${faults.join('\n')}`);
  return { rules: rulesFor(rules, source), fields: rules.fields ?? {} };
}

type Seen = {
  readonly list: CsvList;
  readonly surveyed: Survey;
  readonly names: readonly (string | undefined)[];
  readonly again: readonly Again[];
  readonly reasons: string | undefined;
};

function outcomeOf(file: string, { rejects }: Options, checked: Checked, { list, surveyed, names, again, reasons }: Seen): Outcome {
  const { fields, own } = understood(names.filter((name) => name !== undefined));
  const { encoding } = surveyed;
  const { delimiter } = list;
  return {
    says: blocks(
      section(`${count(checked.rows, 'row')} in ${file}`, table(['', { title: 'rows', align: 'right' }], countsOf(checked))),
      reasons,
      wrapped(notesOf(checked, again, rejects).join('\n')),
      section('Columns', wrapped(columnText(fields, own))),
    ),
    json: { ok: true, ...checked, encoding, delimiter, columns: fields, own, ...(rejects === undefined ? {} : { rejects }) },
  };
}

const countsOf = ({ accepted, rejected, repaired, duplicates, customers, suppressed, withoutMail }: Checked): [string, number][] =>
  [
    ['accepted', accepted],
    ['  repaired', repaired],
    ['  again somebody of the list', duplicates],
    ['  customers already', customers],
    ['  want no mail', suppressed],
    ['  without an e-mail address', withoutMail],
    ['rejected', rejected],
  ].filter(([name, number]) => number !== 0 || name === 'accepted' || name === 'rejected') as [string, number][];

const repairs: Readonly<Record<string, string>> = {
  'whole-row-quoted': 'stood in quotation marks as a whole',
  'stray-quotes': 'held quotation marks that nobody had doubled',
  'wrong-bytes': 'were written in another encoding than the rest',
  'garbled-letters': 'held letters that were read in a wrong encoding and written again',
};

const notesOf = ({ byRepair, rejected }: Checked, again: readonly Again[], rejects: string | undefined): readonly string[] => [
  ...Object.entries(byRepair).map(([repair, number]) => `Repaired: ${count(number, 'row')} ${repairs[repair] ?? repair}.`),
  ...(again.length === 0 ? [] : [`For example ${again.map(({ row, of }) => `row ${row} is row ${of}`).join(', ')}.`]),
  ...(rejected === 0
    ? []
    : [rejects === undefined ? 'Add --rejects bad.csv to get the rejected rows as a file.' : `Rejected rows are in ${rejects}.`]),
];

function columnText(fields: Readonly<Record<string, string>>, own: readonly string[]): string {
  const taken = Object.entries(fields).map(([field, column]) => `${column} is ${field}`);
  return [
    taken.length === 0 ? 'No column was understood; say which is which with --map email=COLUMN.' : `Understood: ${taken.join(', ')}.`,
    ...(own.length === 0 ? [] : [`Kept under their own names: ${own.join(', ')}.`]),
  ].join('\n');
}
