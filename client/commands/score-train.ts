/** `ripen score train`: a predictive model from a list whose outcomes are known. */
import type { Command } from 'commander';
import { buildTable, trainModel, trainSteps } from '../../workflows/core/predict';
import type { PredictiveModel } from '../../workflows/core/predict';
import type { Context, Outcome } from '../ports';
import { blocks } from '../print';
import { failed, wrongUsage } from '../refusal';
import { checkPlace, writeWhole } from '../score-file';
import { oneColumn, readingNotes, readScoreList } from '../score-list';
import type { ReadList } from '../score-list';
import { figuresOf, figuresTable, leftOutTable, noteLines, usedTable, whenText } from '../score-words';
import { verb } from '../verb';
import type { Cli } from '../verb';

type Options = {
  readonly from: string;
  readonly target: string;
  readonly out: string;
  readonly id?: string;
  readonly positive?: string;
  readonly keep?: readonly string[];
  readonly without?: readonly string[];
  readonly daysColumn?: string;
  readonly anyway?: boolean;
};

const named = (name: string, before: readonly string[] = []): readonly string[] => [...before, name];

export const addScoreTrain = (cli: Cli, parent: Command): void =>
  verb<Options>(
    cli,
    {
      usage: 'train',
      does: 'Train a model on a list of leads whose outcome is known. Columns that give the answer away, name the rows or may not be used are found, said and left out.',
      examples: [
        'score train --from won-and-lost.csv --target Converted --out model.json',
        'score train --from export.csv --target Status --positive "Closed won" --id "Lead ID" --out model.json',
      ],
      more: `Any columns of any name will do: answers, numbers, dates, empty cells, "Select" and "n/a" are read as they are meant.
The model is judged on leads that had no part in it (a fifth of them; up to 5,000 leads each fifth in turn), then learns
from all of them.
Below 1,000 leads or 120 conversions nothing is trained unless you say --anyway, and such a model never replaces points.`,
    },
    (command) =>
      command
        .requiredOption('--from <file>', 'the list, CSV of any common dialect; its first line names the columns')
        .requiredOption('--target <column>', 'the column that says whether the lead converted: 1/0, yes/no, won/lost, ...')
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
  const list: { table?: ReturnType<typeof buildTable>; columns: readonly string[] } = { columns: [] };
  const read = await readScoreList(context, options.from, `Reading ${options.from}`, (columns) => {
    oneColumn(columns, options.target, '--target', options.from);
    if (options.id !== undefined) oneColumn(columns, options.id, '--id', options.from);
    const table = buildTable(columns);
    Object.assign(list, { table, columns });
    return (fields) => table.add((column) => fields[column]);
  });
  const progress = context.progress('Learning', trainSteps);
  const answer = trainModel({
    table: list.table?.end() ?? buildTable([]).end(),
    target: options.target,
    ...(options.id === undefined ? {} : { id: options.id }),
    ...(options.positive === undefined ? {} : { positive: options.positive }),
    keep: options.keep ?? [],
    without: options.without ?? [],
    ...(options.daysColumn === undefined ? {} : { daysColumn: options.daysColumn }),
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

const closing = (out: string, model: PredictiveModel, notes: readonly string[], { badCount, repaired }: ReadList): Outcome['json'] => ({
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
  badRows: badCount,
  repairedRows: repaired,
});

function report(out: string, model: PredictiveModel, notes: readonly string[]): string {
  return blocks(
    `Trained on ${model.leads.toLocaleString('en')} leads, of whom ${model.conversions.toLocaleString('en')} converted; the model is in ${out}.`,
    noteLines(notes),
    figuresTable('On leads held back from learning', model.models[0]?.metrics),
    leftOutTable(model.leftOut),
    usedTable(model.columns),
    whenText(model.when),
  );
}
