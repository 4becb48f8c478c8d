/** The order in which stages and lifecycle stages are shown; the compiler sees that none is missing. */
import type { Qualification, Stage } from '../../../events/stripped';

const stageOrder = { awareness: 0, consideration: 1, decision: 2, customer: 3 } satisfies Record<Stage, number>;
export const stages = Object.keys(stageOrder) as readonly Stage[];

const qualificationOrder = {
  lead: 0,
  mql: 1,
  sql: 2,
  accepted: 3,
  opportunity: 4,
  customer: 5,
  recycled: 6,
  disqualified: 7,
} satisfies Record<Exclude<Qualification, 'suspect'>, number>;
export const qualifications = Object.keys(qualificationOrder) as readonly Qualification[];
