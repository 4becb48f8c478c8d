/** A trained model as the scoring model of a workspace: where its grades, temperatures and the word of marketing begin. Knows no store. */
import type { PredictiveScoring } from '../model';
import type { PredictiveModel } from './model';

/** What a trained model is called in a workspace where nobody calls it otherwise; it has no file. */
export const trainedModel = 'predicted';

/** How many times the odds of everybody a lead needs; the percent is whole, and each above the one below. */
const timesTheOdds = { hot: 8, warm: 3 } as const;

/** `version`: of the scoring model in the workspace; it has nothing to do with the artefact's own. */
export function scoringOf(artefact: PredictiveModel, id: string, version: number): PredictiveScoring {
  const rate = artefact.models.reduce((sum, { metrics }) => sum + metrics.baseRate, 0) / Math.max(1, artefact.models.length);
  const usual = within(1, rate * 100, 97);
  const warm = within(usual + 1, percentAt(rate, timesTheOdds.warm), 98);
  const hot = within(warm + 1, percentAt(rate, timesTheOdds.hot), 99);
  return { id, version, kind: 'predictive', artefact, grades: { A: hot, B: warm, C: usual }, bands: { hot, warm }, mqlAt: hot };
}

const percentAt = (rate: number, times: number): number => (100 * times * rate) / (1 - rate + times * rate);
const within = (low: number, value: number, high: number): number => Math.max(low, Math.min(high, Math.round(value)));
