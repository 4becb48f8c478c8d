/** `ripen import`: a list of people from a CSV file, each row with an outcome and a reason. */
import type { Command } from 'commander';
import { basename } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { CsvList } from '../csv-rows';
import { LineTooLong } from '../csv-text';
import { look, openList, outcomesTo, rejectionsTo, sampleOf } from '../import-file';
import { importReport } from '../import-report';
import { batchPrefix, emptyAccount, importRows } from '../import-run';
import type { ImportTerms } from '../import-run';
import { checkConsent, mapped, moneyOf } from '../import-words';
import { mappingFor, renamed } from '../list-columns';
import type { Context, Outcome } from '../ports';
import { failed, wrongUsage } from '../refusal';
import { earlierRows } from '../same-people';
import { momentOf, verb, wholeNumber } from '../verb';
import type { Cli } from '../verb';
import { addImportCheck } from './import-check';
import { addImportList } from './import-list';
import { addImportUndo } from './import-undo';

type Options = {
  readonly source?: string;
  readonly list?: string;
  readonly consent?: string;
  readonly obtained?: string;
  readonly sequence?: string;
  readonly campaign?: string;
  readonly map?: Readonly<Record<string, string>>;
  readonly vendor?: string;
  readonly cost?: string;
  readonly sample?: string;
  readonly dryRun?: boolean;
  readonly rejects?: string;
  readonly outcomes?: string;
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
        'import check leads.csv',
        'import leads.csv --source trade-show --dry-run',
        'import leads.csv --source trade-show --consent "ticked at the stand" --obtained 2026-11-02 --sequence buyers-journey --rejects bad.csv',
        'import export.csv --source partner --map email=Mail,company=Firm',
        'import bought.csv --source bought-list --vendor "List Mart" --cost 1200EUR --sample 200',
      ],
      more: 'The file may be in UTF-8, UTF-16 or Latin-1, with comma, semicolon, tab or | between the cells; one of its first lines names the columns.',
    },
    (command) =>
      (parent.command = command)
        // What stands behind `check` belongs to check.
        .enablePositionalOptions()
        .option('--source <name>', 'where the list comes from: trade-show, webinar, partner, bought-list, ...')
        .option('--list <name>', 'a name for the list; everybody in it becomes a member')
        .option('--consent <text>', 'what the people agreed to, in the words they saw; needs --obtained')
        .option('--obtained <date>', 'when they agreed, for example 2026-11-02')
        .option('--sequence <id>', 'put everybody who was taken into this sequence, where what is known of them says they stand')
        .option('--campaign <name>', 'the campaign this belongs to')
        .option('--map <field=Column,...>', 'which column holds a field, where its name does not say so; kept for the source', mapped)
        .option('--vendor <name>', 'who sold the list; see `ripen vendor -h`')
        .option('--cost <amount>', 'what the list cost, for example 1200EUR')
        .option('--sample <rows>', 'import so many rows from all over the list, to see what it is worth before the rest')
        .option('--dry-run', 'say what would happen and change nothing')
        .option('--rejects <file>', 'write rejected rows to this file, each with its number and reason; mend it and import it')
        .option('--outcomes <file>', 'write how each row ended to this file, with the lead and the reason')
        .option('--batch <id>', 'a name of your own for this import, instead of one made from the file')
        .option('--by <name>', 'who does this; your user name if not given'),
    importFile,
  );
  if (parent.command === undefined) return;
  addImportCheck(cli, parent.command);
  addImportList(cli, parent.command);
  addImportUndo(cli, parent.command);
}

async function importFile(context: Context, options: Options, file = ''): Promise<Outcome> {
  const terms = termsOf(context, options, file);
  const sample = options.sample === undefined ? undefined : wholeNumber(options.sample, '--sample');
  const surveyed = await look(file);
  const dryRun = options.dryRun === true;
  // A dry run reads the list once before, to know who stands in it more than once.
  const ahead = dryRun ? surveyed.bytes : 0;
  const progress = context.progress(`Importing ${file}`, ahead + surveyed.bytes);
  const sampled = async (rows: CsvList['rows']) => (sample === undefined ? rows : await sampleOf(file, surveyed, rows, sample));
  const account = emptyAccount();
  const rejections = rejectionsTo(options.rejects);
  const outcomes = outcomesTo(options.outcomes);
  let id = options.batch ?? '';
  try {
    const { columns, rows: all } = await openList(file, surveyed, (read) => progress.at(ahead + read));
    const map = await mappingFor(context, { source: terms.source, by: terms.by, given: options.map, columns });
    const names = renamed(columns, map);
    rejections.open(columns);
    const earlier = dryRun ? await earlierRows(await sampled((await openList(file, surveyed, progress.at)).rows), names) : undefined;
    const rows = await sampled(all);
    id = options.batch ?? batchPrefix(surveyed.digest, terms, map, sample);
    await importRows(
      context,
      {
        rows,
        names,
        prefix: id,
        terms,
        onRejected: rejections.add,
        onOutcome: outcomes.add,
        ...(earlier === undefined ? {} : { earlier }),
        wait: (ms) => wait(ms),
      },
      account,
    );
    if (options.map !== undefined && !dryRun) await context.people('mapping', { source: terms.source, map, by: terms.by });
  } catch (error) {
    if (error instanceof LineTooLong) throw failed(`${file} is no list: ${error.message}.`);
    throw error;
  } finally {
    progress.end();
    rejections.end();
    outcomes.end();
  }
  return {
    says: importReport(file, { ...options, id, dryRun }, account, rejections.examples),
    json: {
      ...(dryRun ? {} : { import: id }),
      ...account,
      dryRun,
      encoding: surveyed.encoding,
      ...(options.rejects === undefined ? {} : { rejects: options.rejects }),
    },
  };
}

function termsOf(context: Context, options: Options, file: string): ImportTerms {
  const { source, list, consent, obtained, sequence, campaign, vendor, cost, sample, by = context.user, dryRun } = options;
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
    ...(vendor === undefined ? {} : { vendor }),
    ...(cost === undefined ? {} : { cost: moneyOf(cost) }),
    ...(sample === undefined ? {} : { sample: true }),
    name: basename(file),
    ...(dryRun === true ? { dryRun } : {}),
  };
}
