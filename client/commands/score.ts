/** `ripen score`: models that predict who converts, and what the points of the model in force rest on. */
import { family } from '../verb';
import type { Cli } from '../verb';
import { addScoreAdopt } from './score-adopt';
import { addScoreEvaluate } from './score-evaluate';
import { addScoreApply } from './score-apply';
import { addScoreWhatIf } from './score-what-if';
import { addScoreEvidence } from './score-evidence';
import { addScoreMatrix } from './score-matrix';
import { addScorePredict } from './score-predict';
import { addScoreRetract } from './score-retract';
import { addScoreTrain } from './score-train';

export function addScore(cli: Cli): void {
  const parent = family(
    cli,
    'score',
    'Predict who converts from a list, and see what points rest on: train, evaluate, predict, adopt, matrix, evidence, what-if, apply, retract.',
  );
  addScoreTrain(cli, parent);
  addScoreEvaluate(cli, parent);
  addScorePredict(cli, parent);
  addScoreAdopt(cli, parent);
  addScoreEvidence(cli, parent);
  addScoreWhatIf(cli, parent);
  addScoreApply(cli, parent);
  addScoreMatrix(cli, parent);
  addScoreRetract(cli, parent);
}
