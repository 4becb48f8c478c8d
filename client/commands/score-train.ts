/** `ripen score train`: a predictive model from a list whose outcomes are known. */
import type { Command } from 'commander';
import { buildTable, trainModel, trainSteps } from '../../workflows/core/predict';
import type { PredictiveModel } from '../../workflows/core/predict';
import type { Context, Outcome } from '../ports';
import { blocks } from '../print';
import { failed, wrongUsage } from '../refusal';
import { checkPlace, writeWhole } from '../score-file';
import { titleOf, trainOnLog } from '../score-log';
import type { FromLog } from '../score-log';
import { calledIn, oneColumn, readingNotes, readScoreList } from '../score-list';
import type { ReadList } from '../score-list';
import { figuresOf, figuresTable, leftOutTable, noteLines, usedTable, whenText } from '../score-words';
import { verb } from '../verb';
import type { Cli } from '../verb';

type Options = FromLog & {
  readonly from?: string;
  readonly fromLog?: boolean;
  readonly target?: string;
  readonly out: string;
  readonly id?: string;
  readonly positive?: string;
  readonly keep?: readonly string[];
  readonly daysColumn?: string;
};

const named = (name: string, before: readonly string[] = []): readonly string[] => [...before, name];

export const addScoreTrain = (cli: Cli, parent: Command): void =>
  verb<Options>(
    cli,
    {
      usage: 'train',
      does: 'Train a model on a list of leads whose outcome is known, or on the leads of this engine. Columns that give the answer away, name the rows or may not be used are found, said and left out.',
      examples: [
        'score train --from won-and-lost.csv --target Converted --out model.json',
        'score train --from export.csv --target Status --positive "Closed won" --id "Lead ID" --out model.json',
        "score train --from-log --within '60 days' --out model.json",
      ],
      more: `Any columns of any name will do: answers, numbers, dates, empty cells, "Select" and "n/a" are read as they are meant.
The model is judged on leads that had no part in it (a fifth of them; up to 5,000 leads each fifth in turn), then learns
from all of them.
From the log (--from-log) three models are learnt: of what was known of a lead on arrival, after 7 days and after 30;
each is judged on the quarter of the leads that came last. Who became a customer within --within counts as converted;
leads that have not been here that long are left out. Such a model can be taken into the workspace: \`ripen score adopt\`.
Below 1,000 leads or 120 conversions nothing is trained unless you say --anyway, and such a model never replaces points.`,
    },
    (command) =>
      command
        .option('--from <file>', 'the list, CSV of any common dialect; its first line names the columns')
        .option('--from-log', 'learn from the leads of this engine instead of a list')
        .option('--age <age>', 'with --from-log: arrival, day-7 or day-30; all three if not given')
        .option('--within <span>', "with --from-log: a purchase within this time of arrival counts; '90 days' if not given")
        .option('--target <column>', 'the column that says whether the lead converted: 1/0, yes/no, won/lost, ...')
        .requiredOption('--out <file>', 'where to write the model')
        .option('--id <column>', 'the column that names the lead; never scored by, and rows of one lead stay together')
        .option('--positive <answer>', 'which answer of the target means converted, where that is not clear')
        .option('--keep <column>', 'use this column though it looks like giving the answer away; may be repeated', named)
        .option('--without <column>', 'leave this column out; may be repeated', named)
        .option('--days-column <column>', 'the days from arrival to conversion, to say when as well as whether')
        .option('--anyway', 'train below 1,000 leads or 120 conversions; the model may not replace points'),
    train,
    parent,
  );

async function train(context: Context, options: Options): Promise<Outcome> {
  checkPlace(options.out);
  const { from, target } = options;
  if (options.fromLog === true) return fromLog(context, options);
  if (from === undefined) throw wrongUsage('Say what to learn from: --from FILE with --target COLUMN, or --from-log.');
  if (target === undefined) throw wrongUsage('Say which column tells whether the lead converted: --target COLUMN.');
  const strange = (['age', 'within'] as const).find((name) => options[name] !== undefined);
  if (strange !== undefined) throw wrongUsage(`--${strange} goes with --from-log; a list tells of each lead what it tells.`);
  return fromList(context, { ...options, from, target });
}

async function fromLog(context: Context, options: Options): Promise<Outcome> {
  const strange = (['from', 'target', 'id', 'positive', 'keep', 'daysColumn'] as const).find((name) => options[name] !== undefined);
  if (strange !== undefined)
    throw wrongUsage(
      `--${strange === 'daysColumn' ? 'days-column' : strange} goes with a list (--from); the log has its own columns and outcome.`,
    );
  const { model, notes } = await trainOnLog(context, options);
  writeWhole(options.out, `${JSON.stringify(model, undefined, 1)}\n`);
  return { says: report(options.out, model, notes), json: closing(options.out, model, notes) };
}

type OnList = Options & { readonly from: string; readonly target: string };

async function fromList(context: Context, options: OnList): Promise<Outcome> {
  const list: { table?: ReturnType<typeof buildTable>; columns: readonly string[] } = { columns: [] };
  const asked = { target: options.target, id: options.id };
  const read = await readScoreList(context, options.from, `Reading ${options.from}`, (columns) => {
    asked.target = oneColumn(columns, options.target, '--target', options.from);
    if (options.id !== undefined) asked.id = oneColumn(columns, options.id, '--id', options.from);
    const table = buildTable(columns);
    Object.assign(list, { table, columns });
    return (fields) => table.add((column) => fields[column]);
  });
  const progress = context.progress('Learning', trainSteps);
  const written = (name: string): string => calledIn(list.columns, name) ?? name;
  const answer = trainModel({
    table: list.table?.end() ?? buildTable([]).end(),
    target: asked.target,
    ...(asked.id === undefined ? {} : { id: asked.id }),
    ...(options.positive === undefined ? {} : { positive: options.positive }),
    keep: (options.keep ?? []).map(written),
    without: (options.without ?? []).map(written),
    ...(options.daysColumn === undefined ? {} : { daysColumn: written(options.daysColumn) }),
    anyway: options.anyway === true,
    dataDigest: read.surveyed.digest,
    createdAt: context.now(),
    step: progress.at,
  });
  progress.end();
  if (answer.as === 'refused')
    throw (answer.because === 'usage' ? wrongUsage : failed)(`Nothing was trained from "${options.from}": ${answer.says}.`);
  writeWhole(options.out, `${JSON.stringify(answer.model, undefined, 1)}\n`);
  const notes = [...readingNotes(read, list.columns), ...answer.notes];
  return { says: report(options.out, answer.model, notes), json: closing(options.out, answer.model, notes, read) };
}

const closing = (out: string, model: PredictiveModel, notes: readonly string[], read?: ReadList): Outcome['json'] => ({
  ok: true,
  model: out,
  ...figuresOf(model.models[0]?.metrics),
  leads: model.leads,
  conversions: model.conversions,
  mayDecide: model.mayDecide,
  leftOut: model.leftOut,
  columns: model.columns,
  when: model.when,
  notes,
  ...(read === undefined
    ? { ages: model.models.map(({ age, metrics }) => ({ age, ...figuresOf(metrics) })), withinDays: model.withinDays }
    : { badRows: read.badCount, repairedRows: read.repaired }),
});

function report(out: string, model: PredictiveModel, notes: readonly string[]): string {
  return blocks(
    `Trained on ${model.leads.toLocaleString('en')} leads, of whom ${model.conversions.toLocaleString('en')} converted; the model is in ${out}.`,
    noteLines(notes),
    ...model.models.map((aged) => figuresTable(titleOf(aged), aged.metrics)),
    leftOutTable(model.leftOut),
    usedTable(model.columns),
    whenText(model.when),
  );
}
