/** From a list with its outcomes to a model: columns found, leaks left out, judged on leads held back, then learnt from all. Pure: digest and moment are given. */
import { oddsOf } from './calibration';
import { kindsOf } from './columns';
import type { Kinds, Wanted } from './columns';
import { chooseModel, fitModel, readAll } from './fit';
import type { Chosen, Given } from './fit';
import { foldsOf } from './folds';
import { judge } from './metrics';
import type { Metrics } from './metrics';
import { modelKind, modelVersion } from './model';
import type { AgedModel, PredictiveModel } from './model';
import { findOutcome, labelsOf, noLabel } from './outcome';
import type { Labels } from './outcome';
import { logistic, scoreRow } from './logistic';
import { decimalOf } from './numbers';
import { grouped, quoted } from './say';
import { reportColumns, selectColumns } from './select';
import { cellAt, columnNamed, onlyRows } from './table';
import type { Table } from './table';
import { rounded, termsOf } from './terms';
import { findDays, namedDays, whenOf } from './when';
import type { Days } from './when';

export type TrainAsk = {
  readonly table: Table;
  readonly target: string;
  /** Rows with the same id are one lead and are never on both sides of a split. */
  readonly id?: string;
  /** The answer of the target that means converted. */
  readonly positive?: string;
  /** Counted whatever they look like. */
  readonly keep: readonly string[];
  readonly without: readonly string[];
  readonly daysColumn?: string;
  /** All that the columns hold was known before the outcome: nothing there can give it away. */
  readonly knownBefore?: true;
  /** Train below the least numbers, too. */
  readonly anyway: boolean;
  readonly dataDigest: string;
  /** Epoch ms. */
  readonly createdAt: number;
  /** Told after each of `trainSteps` parts of the work, for whoever waits. */
  readonly step?: (done: number) => void;
};
export const trainSteps = 4;
export type TrainAnswer =
  | { readonly as: 'model'; readonly model: PredictiveModel; /** Sentences worth hearing. */ readonly notes: readonly string[] }
  | { readonly as: 'refused'; readonly because: 'usage' | 'data'; readonly says: string };

/** Below these a model may not replace points (the gate that Salesforce Einstein sets, too). */
export const gate = { leads: 1_000, conversions: 120 } as const;
/** Below these nothing can be learnt at all. */
const floor = 20;
const foldCount = 5;

export function trainModel(ask: TrainAsk): TrainAnswer {
  const faults = missing(ask);
  if (faults !== undefined) return faults;
  const target = columnNamed(ask.table, ask.target);
  if (target === undefined) return refused('usage', `there is no column "${ask.target}"`);
  const outcome = findOutcome(target, ask.positive);
  if (outcome.as === 'refused') return refused(outcome.because === 'unclear' ? 'usage' : 'data', outcome.says);
  const all = labelsOf(target, outcome.words);
  const known = Uint32Array.from(all.keys()).filter((row) => all[row] !== noLabel);
  const table = known.length === ask.table.rows ? ask.table : onlyRows(ask.table, known);
  const labels = all.filter((label) => label !== noLabel);
  const conversions = labels.reduce((sum, label) => sum + label, 0);
  const tooFew = fewness(labels.length, conversions, ask.anyway);
  if (tooFew !== undefined) return refused('data', tooFew);
  const learnt = learn(ask, table, labels);
  if (learnt.as === 'refused') return learnt;
  const { aged, when, columns, leftOut } = learnt;
  const unfit = unfitBecause(labels.length, conversions, aged.metrics);
  return {
    as: 'model',
    model: {
      kind: modelKind,
      v: modelVersion,
      createdAt: ask.createdAt,
      dataDigest: ask.dataDigest,
      outcome: outcome.words,
      ...(ask.id === undefined ? {} : { id: ask.id }),
      mayDecide: unfit === undefined,
      leads: labels.length,
      conversions,
      models: [aged],
      when,
      columns,
      leftOut,
    },
    notes: notesOf(ask, outcome.says, labels.length, unfit),
  };
}

/** Why a model may not replace points; `undefined`: it may. */
export function unfitBecause(leads: number, conversions: number, { logLoss, baseLogLoss }: Metrics): string | undefined {
  if (leads < gate.leads || conversions < gate.conversions) return gateSays(leads, conversions);
  return logLoss < baseLogLoss ? undefined : 'on leads held back it tells no more than the base rate does';
}

function notesOf(ask: TrainAsk, outcomeSays: string | undefined, leads: number, unfit: string | undefined): readonly string[] {
  const unlabelled = ask.table.rows - leads;
  return [
    ...(outcomeSays === undefined ? [] : [outcomeSays]),
    ...(unlabelled === 0 ? [] : [`${grouped(unlabelled)} rows say neither yes nor no in "${ask.target}" and were left out`]),
    ...(unfit === undefined ? [] : [`${unfit}: this model may not replace points`]),
  ];
}

const refused = (because: 'usage' | 'data', says: string): Extract<TrainAnswer, { as: 'refused' }> => ({ as: 'refused', because, says });

/** Columns that the user named and the list has not. */
function missing({ table, target, id, keep, without, daysColumn }: TrainAsk): TrainAnswer | undefined {
  if (table.rows === 0) return refused('data', 'the list holds no rows');
  if (id === target) return refused('usage', `column "${target}" cannot both name the lead and say whether it converted`);
  const names = [target, ...(id === undefined ? [] : [id]), ...keep, ...without, ...(daysColumn === undefined ? [] : [daysColumn])];
  const unknown = [...new Set(names)].filter((name) => columnNamed(table, name) === undefined);
  return unknown.length === 0
    ? undefined
    : refused('usage', `there is no column ${quoted(unknown)}; the columns are ${table.columns.map(({ name }) => name).join(', ')}`);
}

const gateSays = (leads: number, conversions: number): string =>
  `${grouped(leads)} leads with ${grouped(conversions)} conversions are below ${grouped(gate.leads)} leads or ${gate.conversions} conversions`;

function fewness(leads: number, conversions: number, anyway: boolean): string | undefined {
  if (conversions < floor || leads - conversions < floor)
    return `${grouped(leads)} leads with ${grouped(conversions)} conversions are too few to learn anything: at least ${floor} that converted and ${floor} that did not are needed`;
  if (anyway || (leads >= gate.leads && conversions >= gate.conversions)) return undefined;
  return `${gateSays(leads, conversions)}, too few to trust a model with deciding: stay on points; --anyway trains one that may only stand beside them`;
}

type Learnt =
  | ({
      readonly as: 'learnt';
      readonly aged: AgedModel;
    } & Pick<PredictiveModel, 'when' | 'columns' | 'leftOut'>)
  | Extract<TrainAnswer, { as: 'refused' }>;

function learn(ask: TrainAsk, table: Table, labels: Labels): Learnt {
  const rows = Uint32Array.from(labels.keys());
  const ignored = [ask.target, ...(ask.id === undefined ? [] : [ask.id])];
  const found = kindsOf(table, ignored, ask.keep, ask.without);
  const days = daysOf(ask, table, found, labels);
  if (days === 'no-numbers')
    return refused(
      'data',
      `column "${ask.daysColumn}" holds text where days should be: it needs a number of days for each lead that converted`,
    );
  const idColumn = ask.id === undefined ? undefined : columnNamed(table, ask.id);
  const key = (row: number): string => (idColumn === undefined || cellAt(idColumn, row) === '' ? `row ${row}` : cellAt(idColumn, row));
  const folds = foldsOf(labels, key, foldCount, 'fold');
  const given = { table, labels, rows, folds, foldCount };
  const { wanted, leftOut: others, verdicts } = selectColumns(given, found, days, ask);
  ask.step?.(1);
  const leftOut = ask.id === undefined ? others : [{ column: ask.id, because: 'names the lead' }, ...others];
  if (wanted.length === 0)
    return refused('data', `no column is left to learn from: ${leftOut.map(({ column, because }) => `"${column}" ${because}`).join('; ')}`);
  const { chosen, metrics } = judgeHeldBack(given, wanted, key, ask.step);
  const fitted = fitModel(given, wanted, readAll(given, wanted), chosen);
  ask.step?.(4);
  return {
    as: 'learnt',
    aged: { age: 'listed', ...termsOf(fitted, rows), metrics },
    when: whenOf(days, fitted.crossFitted, labels),
    ...reportColumns(found, verdicts, fitted.readings, wanted, ask.keep, leftOut),
  };
}

function daysOf(ask: TrainAsk, table: Table, { kinds }: Kinds, labels: Labels): Days | undefined | 'no-numbers' {
  const column = ask.daysColumn === undefined ? undefined : columnNamed(table, ask.daysColumn);
  if (column === undefined) return findDays(table, kinds, labels);
  return namedDays(column, decimalOf(column.values)) ?? 'no-numbers';
}

/** Leads up to which every fifth is held back in turn, since one fifth alone would judge by too few conversions. */
const judgedInTurn = 5_000;

/** Leads are held back; answers, knots, ridge, pairs, weights and calibration are learnt from the others. */
function judgeHeldBack(
  all: Given,
  wanted: readonly Wanted[],
  key: (row: number) => string,
  step: TrainAsk['step'],
): { readonly chosen: Chosen; readonly metrics: Metrics } {
  const { labels } = all;
  const parts = foldsOf(labels, key, foldCount, 'held back');
  const folds = foldsOf(labels, key, foldCount, 'fold within');
  const turns = labels.length <= judgedInTurn ? foldCount : 1;
  const held = all.rows.filter((row) => (parts[row] ?? 0) < turns);
  const chances = new Float64Array(labels.length);
  const choices: Chosen[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    const given = { ...all, rows: all.rows.filter((row) => parts[row] !== turn), folds };
    const readings = readAll(given, wanted);
    const chosen = chooseModel(given, readings);
    choices.push(chosen);
    if (turn === 0) step?.(2);
    const { design, fit, calibration } = fitModel(given, wanted, readings, chosen);
    for (const row of held) if (parts[row] === turn) chances[row] = logistic(oddsOf(calibration, scoreRow(design, fit, row)));
  }
  const metrics = judge(
    Float64Array.from(held, (row) => chances[row] ?? 0),
    Uint8Array.from(held, (row) => labels[row] ?? 0),
  );
  step?.(3);
  const [chosen = { ridge: 6, pairs: [] }] = choices;
  return { chosen, metrics: Object.fromEntries(Object.entries(metrics).map(([name, value]) => [name, rounded(value)])) as Metrics };
}
