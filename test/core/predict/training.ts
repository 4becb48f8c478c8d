/** Trains on made-up lists and looks at what came of the columns. */
import { trainModel } from '../../../workflows/core/predict';
import type { PredictiveModel, TrainAsk } from '../../../workflows/core/predict';
import { tableOf } from './lists';
import type { MadeRow } from './lists';

export const ask = (rows: readonly MadeRow[], target: string, more: Partial<TrainAsk> = {}): TrainAsk => ({
  table: tableOf(rows),
  target,
  keep: [],
  without: [],
  anyway: false,
  dataDigest: 'd',
  createdAt: 1,
  ...more,
});
export function trained(rows: readonly MadeRow[], target: string, more: Partial<TrainAsk> = {}): PredictiveModel {
  const answer = trainModel(ask(rows, target, more));
  if (answer.as === 'refused') throw new Error(answer.says);
  return answer.model;
}
export const out = ({ leftOut }: PredictiveModel): readonly string[] => leftOut.map(({ column }) => column);
export const reason = ({ leftOut }: PredictiveModel, column: string): string =>
  leftOut.find((each) => each.column === column)?.because ?? '';
