/** `ripen score`: train, evaluate and use a model that predicts who converts. Needs nothing that runs. */
import { family } from '../verb';
import type { Cli } from '../verb';
import { addScoreEvaluate } from './score-evaluate';
import { addScorePredict } from './score-predict';
import { addScoreTrain } from './score-train';

export function addScore(cli: Cli): void {
  const parent = family(cli, 'score', 'Predict who converts: train a model on a list with known outcomes, judge it, and use it.');
  addScoreTrain(cli, parent);
  addScoreEvaluate(cli, parent);
  addScorePredict(cli, parent);
}
