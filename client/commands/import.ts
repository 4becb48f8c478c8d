/** `ripen import`: a list of people from a CSV file, each row with an outcome and a reason. */
import type { Command } from 'commander';
import { setTimeout as wait } from 'node:timers/promises';
import { LineTooLong } from '../csv-text';
import { look, openList, rejectionsTo, renamed } from '../import-file';
import { batchPrefix, batchSize, emptyAccount, importRows } from '../import-run';
import type { ImportAccount, ImportTerms, Rejection } from '../import-run';
import { checkConsent, mapped, reasonTable } from '../import-words';
import type { Context, Outcome } from '../ports';
import { blocks, count, section, table } from '../print';
import { failed, wrongUsage } from '../refusal';
import { momentOf, verb } from '../verb';
import type { Cli } from '../verb';
import { addImportCheck } from './import-check';

type Options = {
  readonly source?: string;
  readonly list?: string;
  readonly consent?: string;
  readonly obtained?: string;
  readonly sequence?: string;
  readonly campaign?: string;
  readonly map?: Readonly<Record<string, string>>;
  readonly dryRun?: boolean;
  readonly rejects?: string;
  readonly batch?: string;
  readonly by?: string;
};

export function addImport(cli: Cli): void {
  const parent: { command?: Command } = {};
  verb<Options>(
    cli,
    {
      usage: 'import <file>',
      does: 'Import people from a CSV file. Each row ends as created, updated, duplicate, customer, suppressed or rejected, with its reason. Importing the same file again imports nobody twice.',
      examples: [
        'import leads.csv --source trade-show --dry-run',
        'import leads.csv --source trade-show --consent "ticked at the stand" --obtained 2026-11-02 --sequence buyers-journey --rejects bad.csv',
        'import export.csv --source partner --map email=Mail,company=Firm',
      ],
      more: 'The file may be in UTF-8, UTF-16 or Latin-1, with comma, semicolon, tab or | between the cells; its first line names the columns.',
    },
    (command) =>
      (parent.command = command)
        // What stands behind `check` belongs to check.
        .enablePositionalOptions()
        .option('--source <name>', 'where the list comes from: trade-show, webinar, partner, bought-list, ...')
        .option('--list <name>', 'a name for the list; everybody in it becomes a member')
        .option('--consent <text>', 'what the people agreed to, in the words they saw; needs --obtained')
        .option('--obtained <date>', 'when they agreed, for example 2026-11-02')
        .option('--sequence <id>', 'put everybody who was taken into this sequence')
        .option('--campaign <name>', 'the campaign this belongs to')
        .option('--map <field=Column,...>', 'which column holds a field, where its name does not say so', mapped)
        .option('--dry-run', 'say what would happen and change nothing')
        .option('--rejects <file>', 'write rejected rows to this file, each with its number and reason')
        .option('--batch <id>', 'a name of your own for this import, instead of one made from the file')
        .option('--by <name>', 'who does this; your user name if not given'),
    importFile,
  );
  if (parent.command !== undefined) addImportCheck(cli, parent.command);
}

async function importFile(context: Context, options: Options, file = ''): Promise<Outcome> {
  const terms = termsOf(context, options);
  const map = options.map ?? {};
  const surveyed = await look(file);
  const progress = context.progress(`Importing ${file}`, surveyed.bytes);
  const account = emptyAccount();
  const rejections = rejectionsTo(options.rejects);
  try {
    const list = await openList(file, surveyed, progress.at);
    rejections.open(list.columns);
    const prefix = options.batch ?? batchPrefix(surveyed.digest, terms, map);
    await importRows(context, list.rows, renamed(list.columns, map), prefix, terms, account, rejections.add, (ms) => wait(ms));
  } catch (error) {
    if (error instanceof LineTooLong) throw failed(`${file} is no list: ${error.message}.`);
    throw error;
  } finally {
    progress.end();
    rejections.end();
  }
  const dryRun = options.dryRun === true;
  return {
    says: report(file, options, account, rejections.examples),
    json: { ...account, dryRun, encoding: surveyed.encoding, ...(options.rejects === undefined ? {} : { rejects: options.rejects }) },
  };
}

function termsOf(context: Context, options: Options): ImportTerms {
  const { source, list, consent, obtained, sequence, campaign, by = context.user, dryRun } = options;
  if (source === undefined) throw wrongUsage('Say where the list comes from: --source trade-show, webinar, partner, bought-list, ...');
  checkConsent(options);
  return {
    source,
    by,
    ...(list === undefined ? {} : { list }),
    ...(consent === undefined || obtained === undefined
      ? {}
      : { consent: { text: consent, obtainedAt: momentOf(obtained, '--obtained') } }),
    ...(sequence === undefined ? {} : { sequence }),
    ...(campaign === undefined ? {} : { campaign }),
    ...(dryRun === true ? { dryRun } : {}),
  };
}

function report(
  file: string,
  { dryRun, sequence, rejects }: Options,
  account: ImportAccount,
  examples: ReadonlyMap<string, Rejection>,
): string {
  const { created, updated, duplicates, customers, suppressed, rejected, repaired, byReason } = account;
  const outcomes = Object.entries({
    created,
    updated,
    duplicate: duplicates,
    'customer already': customers,
    'must not be contacted': suppressed,
    rejected,
  });
  const notes = [
    repaired === 0
      ? undefined
      : `${count(repaired, 'row')} ${repaired === 1 ? 'was' : 'were'} repaired: quotation marks or letters that the export had spoiled.`,
    sequence === undefined || created + updated === 0
      ? undefined
      : `${dryRun === true ? 'Would be' : 'Soon'} in sequence ${sequence}: ${created + updated}.`,
    rejected > 0 && rejects !== undefined
      ? `Rejected rows are in ${rejects}.`
      : rejected > 0
        ? 'Add --rejects bad.csv to get the rejected rows as a file.'
        : undefined,
    dryRun === true ? 'This was a dry run: nothing was changed.' : undefined,
    dryRun === true && account.rows > batchSize
      ? `A person twice in the list is found here only within ${batchSize} rows; the import itself finds all.`
      : undefined,
  ].filter((note) => note !== undefined);
  return blocks(
    section(
      `${count(account.rows, 'row')} in ${file}`,
      table(
        ['outcome', { title: 'rows', align: 'right' }],
        outcomes.map(([name, number]) => [name, number]),
      ),
    ),
    reasonTable(byReason, examples),
    notes.join('\n'),
  );
}
