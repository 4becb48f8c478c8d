/** `ripen score evaluate`: how good a model is on a list whose outcomes are known. */
import type { Command } from 'commander';
import { closest, meant } from '../../events/closest';
import { findOutcome, judge, labelsOf, noLabel, buildTable, columnNamed, scorerOf } from '../../workflows/core/predict';
import type { PredictiveModel } from '../../workflows/core/predict';
import type { Context, Outcome } from '../ports';
import { blocks, count } from '../print';
import { failed, wrongUsage } from '../refusal';
import { readListModel } from '../score-file';
import { calledIn, oneColumn, readingNotes, readScoreList, underNames } from '../score-list';
import type { ReadList } from '../score-list';
import { figuresOf, figuresTable, leftOutTable, noteLines } from '../score-words';
import { verb } from '../verb';
import type { Cli } from '../verb';

type Options = { readonly model: string; readonly from: string; readonly target?: string; readonly positive?: string };

export const addScoreEvaluate = (cli: Cli, parent: Command): void =>
  verb<Options>(
    cli,
    {
      usage: 'evaluate',
      does: 'Judge a model on a list of leads whose outcome is known, best one that it was not trained on.',
      examples: ['score evaluate --model model.json --from last-quarter.csv'],
    },
    (command) =>
      command
        .requiredOption('--model <file>', 'the model, from `ripen score train`')
        .requiredOption('--from <file>', 'the list; its columns are found by their names')
        .option('--target <column>', 'the column with the outcome, where it is not called as in training')
        .option('--positive <answer>', 'which answer of that column means converted, where it is not as in training'),
    evaluate,
    parent,
  );

async function evaluate(context: Context, options: Options): Promise<Outcome> {
  const model = readListModel(options.model);
  const wanted = options.target ?? model.outcome.column;
  const { probability } = scorerOf(model);
  const chances: number[] = [];
  const list: { columns: readonly string[]; target: string; outcomes?: ReturnType<typeof buildTable> } = { columns: [], target: wanted };
  const read = await readScoreList(context, options.from, `Judging ${options.from}`, (columns) => {
    const target = outcomeColumn(columns, wanted, options, model);
    const outcomes = buildTable([target]);
    Object.assign(list, { columns, target, outcomes });
    const renamed = underNames(columns, usedColumns(model));
    return (fields) => {
      chances.push(probability(renamed(fields)));
      outcomes.add((column) => fields[column]);
    };
  });
  const { target } = list;
  const labels = labelled(list.outcomes?.end() ?? buildTable([]).end(), target, options, model);
  const rows = Uint32Array.from(labels.keys()).filter((row) => labels[row] !== noLabel);
  const known = Uint8Array.from(rows, (row) => labels[row] ?? noLabel);
  checkBothOutcomes(known, options.from, target);
  const metrics = judge(
    Float64Array.from(rows, (row) => chances[row] ?? 0),
    known,
  );
  const missing = missingColumns(model, list.columns);
  const notes = notesOf(read, list.columns, missing, labels.length - known.length, target, model);
  return {
    says: blocks(figuresTable(`On ${options.from}`, metrics), noteLines(notes), leftOutTable(model.leftOut)),
    json: {
      ok: true,
      ...figuresOf(metrics),
      leftOut: model.leftOut,
      mayDecide: model.mayDecide,
      missingColumns: missing,
      withoutOutcome: labels.length - known.length,
      badRows: read.badCount,
      repairedRows: read.repaired,
      notes,
    },
  };
}

/** The column with the outcome, as the list writes it. */
function outcomeColumn(columns: readonly string[], wanted: string, { from }: Options, model: PredictiveModel): string {
  if (calledIn(columns, wanted) === undefined)
    throw wrongUsage(
      `"${from}" has no column "${wanted}", which holds the outcome the model was trained for${meant(closest(wanted, columns))} Name it with --target. The columns are: ${columns.join(', ')}.`,
    );
  const target = oneColumn(columns, wanted, '--target', from);
  if (missingColumns(model, columns).length === usedColumns(model).length)
    throw wrongUsage(`"${from}" has none of the columns that the model reads: ${usedColumns(model).join(', ')}.`);
  return target;
}

export const usedColumns = ({ models }: PredictiveModel): readonly string[] => [
  ...new Set(
    models.flatMap(({ terms }) => terms.flatMap(({ source }) => [source.column, ...(source.since === undefined ? [] : [source.since])])),
  ),
];
export const missingColumns = (model: PredictiveModel, columns: readonly string[]): readonly string[] =>
  usedColumns(model).filter((name) => calledIn(columns, name) === undefined);

export const missingNote = (missing: readonly string[]): readonly string[] =>
  missing.length === 0
    ? []
    : [`the list lacks ${missing.map((name) => `"${name}"`).join(', ')}, which the model reads; they count as not filled in`];

/** As in training, unless the user says otherwise. */
function labelled(
  table: ReturnType<ReturnType<typeof buildTable>['end']>,
  target: string,
  options: Options,
  model: PredictiveModel,
): Uint8Array {
  const column = columnNamed(table, target);
  if (column === undefined) throw failed(`"${options.from}" lost its column "${target}" while it was read.`);
  if (options.positive === undefined && options.target === undefined) return labelsOf(column, model.outcome);
  const found = findOutcome(column, options.positive);
  if (found.as === 'refused')
    throw (found.because === 'unclear' ? wrongUsage : failed)(`"${options.from}" cannot be judged: ${found.says}.`);
  return labelsOf(column, found.words);
}

function checkBothOutcomes(known: Uint8Array, from: string, target: string): void {
  const converted = known.reduce((sum, label) => sum + label, 0);
  if (known.length === 0)
    throw failed(`No row of "${from}" says in "${target}" whether the lead converted, so there is nothing to judge by.`);
  if (converted > 0 && converted < known.length) return;
  throw failed(
    `${converted === 0 ? 'None' : 'All'} of the ${count(known.length, 'lead')} in "${from}" converted by "${target}": a model is judged on leads that did and leads that did not.`,
  );
}

function notesOf(
  read: ReadList,
  columns: readonly string[],
  missing: readonly string[],
  unlabelled: number,
  target: string,
  model: PredictiveModel,
): readonly string[] {
  return [
    ...readingNotes(read, columns),
    ...missingNote(missing),
    ...(unlabelled === 0
      ? []
      : [
          `${count(unlabelled, 'row')} ${unlabelled === 1 ? 'says' : 'say'} neither yes nor no in "${target}" and ${unlabelled === 1 ? 'was' : 'were'} left out`,
        ]),
    ...(model.mayDecide ? [] : ['the model was trained on too few leads to replace points']),
  ];
}
