/** `ripen score predict`: a probability for each lead of a list, with the answers that raise and lower it. */
import type { Command } from 'commander';
import { bandOf, scorerOf } from '../../workflows/core/predict';
import type { PredictiveModel, Scored } from '../../workflows/core/predict';
import { csvLine } from '../csv-rows';
import type { Context, Outcome } from '../ports';
import { blocks, count } from '../print';
import { wrongUsage } from '../refusal';
import { checkPlace, readListModel, writeWhole } from '../score-file';
import { oneColumn, readingNotes, readScoreList, underNames } from '../score-list';
import { daysText, noteLines, reasonsText } from '../score-words';
import { verb } from '../verb';
import type { Cli } from '../verb';
import { missingColumns, missingNote, usedColumns } from './score-evaluate';

type Options = { readonly model: string; readonly from: string; readonly out: string; readonly id?: string };

export const addScorePredict = (cli: Cli, parent: Command): void =>
  verb<Options>(
    cli,
    {
      usage: 'predict',
      does: 'Write the probability that each lead of a list converts, with the answers that raise it and those that lower it.',
      examples: ['score predict --model model.json --from new-leads.csv --out predicted.csv'],
    },
    (command) =>
      command
        .requiredOption('--model <file>', 'the model, from `ripen score train`')
        .requiredOption('--from <file>', 'the list; its columns are found by their names')
        .requiredOption('--out <file>', 'where to write the result, a CSV with one row a lead')
        .option('--id <column>', 'the column that names the lead, if it is not the one of training'),
    predict,
    parent,
  );

async function predict(context: Context, options: Options): Promise<Outcome> {
  const model = readListModel(options.model);
  checkPlace(options.out);
  const { scored } = scorerOf(model);
  const list: { columns: readonly string[] } = { columns: [] };
  const lines: string[] = [];
  let expected = 0;
  const read = await readScoreList(context, options.from, `Scoring ${options.from}`, (columns) => {
    const id = idColumn(columns, options, model);
    list.columns = columns;
    lines.push(csvLine(headOf(id, model)));
    const renamed = underNames(columns, usedColumns(model));
    return (fields, row) => {
      const lead = scored(renamed(fields));
      expected += lead.probability;
      lines.push(csvLine(cellsOf(row, id === undefined ? undefined : (fields[id] ?? ''), lead, model)));
    };
  });
  writeWhole(options.out, `\ufeff${lines.join('')}`);
  const missing = missingColumns(model, list.columns);
  const notes = [
    ...readingNotes(read, list.columns),
    ...missingNote(missing),
    ...(model.mayDecide ? [] : ['the model was trained on too few leads to replace points: take the probabilities as a hint']),
  ];
  const likely = `about ${count(Math.round(expected), 'conversion')} to be expected`;
  return {
    says: blocks(`Scored ${count(read.rows, 'lead')} into ${options.out}; ${likely}.`, noteLines(notes)),
    json: {
      ok: true,
      out: options.out,
      n: read.rows,
      expectedConversions: Math.round(expected * 10) / 10,
      missingColumns: missing,
      badRows: read.badCount,
      notes,
    },
  };
}

const headOf = (id: string | undefined, { when }: PredictiveModel): readonly string[] => [
  'row',
  ...(id === undefined ? [] : [id]),
  'probability',
  ...(when.as === 'range' ? ['when, if at all'] : []),
  'raised by',
  'lowered by',
];

function cellsOf(row: number, id: string | undefined, lead: Scored, model: PredictiveModel): readonly (string | number)[] {
  const band = bandOf(model, lead.probability);
  return [
    row,
    ...(id === undefined ? [] : [unarmed(id)]),
    lead.probability.toFixed(4),
    ...(band === undefined ? [] : [daysText(band)]),
    unarmed(reasonsText(lead, 'raises')),
    unarmed(reasonsText(lead, 'lowers')),
  ];
}

function idColumn(columns: readonly string[], { id, from }: Options, model: PredictiveModel): string | undefined {
  const named = id === undefined ? undefined : oneColumn(columns, id, '--id', from);
  if (missingColumns(model, columns).length === usedColumns(model).length)
    throw wrongUsage(`"${from}" has none of the columns that the model reads: ${usedColumns(model).join(', ')}.`);
  return named ?? (model.id !== undefined && columns.includes(model.id) ? model.id : undefined);
}

/** A cell that a spreadsheet would run as a formula becomes text. */
const unarmed = (cell: string): string => (/^[=+\-@\t]/.test(cell) ? `'${cell}` : cell);
