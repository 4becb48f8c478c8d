/** Order of the stages. */
import type { Stage } from '../../events/stripped';

const rank: Readonly<Record<Stage, number>> = { awareness: 1, consideration: 2, decision: 3, customer: 4 };

export const stageAtLeast = (stage: Stage | undefined, least: Stage): boolean => stage !== undefined && rank[stage] >= rank[least];

export const furthest = (a: Stage | undefined, b: Stage | undefined): Stage | undefined => {
  if (a === undefined || b === undefined) return a ?? b;
  return rank[a] >= rank[b] ? a : b;
};
