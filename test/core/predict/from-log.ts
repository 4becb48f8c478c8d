/** A model trained from the made-up log, once a test file. */
import { exampleOf, scoringOf, trainFromLog } from '../../../workflows/core/predict';
import type { PredictiveModel } from '../../../workflows/core/predict';
import type { PredictiveScoring } from '../../../workflows/core/plan';
import { madeLog } from './log';

const day = 86_400_000;

export function artefactFromLog(size = 2_400, anyway = false): PredictiveModel {
  const { leads, until } = madeLog(5, size);
  const look = { within: 60 * day, until };
  const answer = trainFromLog({
    ages: (['arrival', '7 days'] as const).map((age) => ({
      age,
      examples: leads.flatMap(({ leadId, facts }) => exampleOf(leadId, facts, age, look) ?? []),
    })),
    withinDays: 60,
    goals: ['subscription.started'],
    without: [],
    anyway,
    dataDigest: 'abcdef0123456789abcdef0123456789',
    createdAt: 1_767_607_200_000,
  });
  if (answer.as === 'refused') throw new Error(answer.says);
  return answer.model;
}
export const predicted = (): PredictiveScoring => scoringOf(artefactFromLog(), 'predicted', 1);
