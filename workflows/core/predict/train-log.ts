/** A model from the engine's own log: one for each age, judged on the leads that came later, then learnt from all. Pure: knows no log and no clock. */
import { knownColumns, readFor } from './engine-record';
import type { LogAge } from './engine-record';
import type { Example } from './examples';
import { judge } from './metrics';
import type { Metrics } from './metrics';
import { modelKind, modelVersion } from './model';
import type { AgedModel, PredictiveModel } from './model';
import { scorerOf } from './probability';
import type { LeadRecord } from './probability';
import { grouped } from './say';
import { buildTable } from './table';
import { rounded } from './terms';
import { gate, trainModel, unfitBecause } from './train';

export type LogAsk = {
  /** Youngest age first. */
  readonly ages: readonly { readonly age: LogAge; readonly examples: readonly Example[] }[];
  readonly withinDays: number;
  /** Event types that are the purchase itself. */
  readonly goals: readonly string[];
  readonly without: readonly string[];
  /** Train below the least numbers, too. */
  readonly anyway: boolean;
  readonly dataDigest: string;
  /** Epoch ms. */
  readonly createdAt: number;
  readonly step?: (done: number) => void;
};
export type LogAnswer =
  | { readonly as: 'model'; readonly model: PredictiveModel; readonly notes: readonly string[] }
  | { readonly as: 'refused'; readonly says: string };

const target = 'became a customer';
const daysColumn = 'days until they became a customer';
const idColumn = 'lead';
/** Of the leads by arrival, the last are held back to judge by. */
const judgedShare = 0.25;
/** Conversions and others that a judgement needs on the later leads. */
const leastJudged = 10;

type Learnt = { readonly age: LogAge; readonly aged: AgedModel; readonly whole: PredictiveModel; readonly unfit: string | undefined };

/** An age at which too little can be learnt is left out and said; without any the answer is a refusal. */
export function trainFromLog(ask: LogAsk): LogAnswer {
  const learnt: Learnt[] = [];
  const notes: string[] = [];
  ask.ages.forEach(({ age, examples }, at) => {
    const found = learnAt(ask, age, examples);
    if (typeof found === 'string') notes.push(`${ageWords[age]}: ${found}`);
    else {
      learnt.push(found);
      if (found.unfit !== undefined) notes.push(`${ageWords[age]}: ${found.unfit}; at this age the model may not replace points`);
    }
    ask.step?.(at + 1);
  });
  const [first] = learnt;
  if (first === undefined) return { as: 'refused', says: notes.join('; ') };
  const seen = new Set<string>();
  const once = <T extends { readonly column: string }>(of: (model: PredictiveModel) => readonly T[]): readonly T[] => {
    seen.clear();
    return learnt.flatMap(({ whole }) => of(whole)).filter(({ column }) => !seen.has(column) && seen.add(column) !== undefined);
  };
  const columns = once(({ columns: read }) => read);
  const model: PredictiveModel = {
    ...first.whole,
    kind: modelKind,
    v: modelVersion,
    createdAt: ask.createdAt,
    dataDigest: ask.dataDigest,
    withinDays: ask.withinDays,
    mayDecide: learnt.every(({ unfit }) => unfit === undefined),
    models: learnt.map(({ aged }) => aged),
    columns,
    leftOut: once(({ leftOut }) => leftOut).filter(
      ({ column }) => !columns.some((each) => each.column === column) && column !== daysColumn && column !== idColumn,
    ),
  };
  return { as: 'model', model, notes };
}

export const ageWords: Readonly<Record<AgedModel['age'], string>> = {
  listed: 'as listed',
  arrival: 'on arrival',
  '7 days': 'after 7 days',
  '30 days': 'after 30 days',
};

/** A sentence where nothing can be learnt at that age. */
function learnAt(ask: LogAsk, age: LogAge, examples: readonly Example[]): Learnt | string {
  const ordered = examples.toSorted((a, b) => a.arrivedAt - b.arrivedAt || (a.leadId < b.leadId ? -1 : 1));
  const conversions = boughtIn(ordered);
  if (!ask.anyway && (ordered.length < gate.leads || conversions < gate.conversions))
    return `${fewWords(ordered.length, conversions)} are below ${grouped(gate.leads)} leads or ${gate.conversions} conversions, too few to trust a model with deciding: stay on points; --anyway trains one that may only stand beside them`;
  const cut = Math.floor((1 - judgedShare) * ordered.length);
  const [earlier, later] = [ordered.slice(0, cut), ordered.slice(cut)];
  const held = boughtIn(later);
  if (held < leastJudged || later.length - held < leastJudged)
    return `of the ${grouped(later.length)} leads that came last ${held} converted: too few to judge a model by`;
  const columns = knownColumns(
    ordered.map(({ known }) => known),
    ask.goals,
  );
  const before = train(ask, columns, earlier);
  if (typeof before === 'string') return before;
  const whole = train(ask, columns, ordered);
  if (typeof whole === 'string') return whole;
  const [aged] = whole.models;
  if (aged === undefined) return 'nothing was learnt';
  const metrics = judgeOn(before, columns, later);
  return { age, whole, aged: { ...aged, age, metrics }, unfit: unfitBecause(ordered.length, conversions, metrics) };
}

const boughtIn = (examples: readonly Example[]): number => examples.reduce((sum, { days }) => sum + (days === undefined ? 0 : 1), 0);
const fewWords = (leads: number, conversions: number): string => `${grouped(leads)} leads with ${grouped(conversions)} conversions`;

const cellsOf = (columns: readonly string[], known: LeadRecord): LeadRecord =>
  Object.fromEntries(columns.map((column) => [column, readFor(known, column)]));

function train(ask: LogAsk, columns: readonly string[], examples: readonly Example[]): PredictiveModel | string {
  const table = buildTable([idColumn, ...columns, target, daysColumn]);
  for (const { leadId, known, days } of examples) {
    const row: Record<string, LeadRecord[string]> = {
      ...cellsOf(columns, known),
      [idColumn]: leadId,
      [target]: days === undefined ? 'no' : 'yes',
      [daysColumn]: days,
    };
    table.add((column) => {
      const value = row[column];
      return value === undefined || value === null ? '' : String(value);
    });
  }
  const answer = trainModel({
    table: table.end(),
    target,
    id: idColumn,
    daysColumn,
    knownBefore: true,
    keep: [],
    without: ask.without.filter((column) => columns.includes(column)),
    anyway: true,
    dataDigest: ask.dataDigest,
    createdAt: ask.createdAt,
  });
  return answer.as === 'refused' ? answer.says : answer.model;
}

function judgeOn(model: PredictiveModel, columns: readonly string[], later: readonly Example[]): Metrics {
  const { probability } = scorerOf(model);
  const metrics = judge(
    Float64Array.from(later, ({ known }) => probability(cellsOf(columns, known))),
    Uint8Array.from(later, ({ days }) => (days === undefined ? 0 : 1)),
  );
  return Object.fromEntries(Object.entries(metrics).map(([name, value]) => [name, rounded(value)])) as Metrics;
}
