/**
 * Where marketing and sales have the person. Known by profile or enrolled -> lead; the workspace's score at `mqlAt` -> mql; hand-off requested -> sql;
 * accepted; contacted -> opportunity; won or bought -> customer; rejected or lost -> recycled; complained -> disqualified.
 */
import type { Qualification } from '../../events/stripped';
import { conclude } from './deciding';
import type { Deciding } from './deciding';
import { readScore } from './score';
import type { LeadState } from './state';

/** From where each may be reached; anything else would be a step back that nobody took. */
const reachedFrom: Readonly<Record<Qualification, readonly Qualification[]>> = {
  suspect: [],
  lead: ['suspect'],
  mql: ['suspect', 'lead', 'recycled'],
  sql: ['suspect', 'lead', 'mql', 'recycled'],
  accepted: ['sql'],
  opportunity: ['sql', 'accepted'],
  customer: ['suspect', 'lead', 'mql', 'sql', 'accepted', 'opportunity', 'recycled', 'disqualified'],
  recycled: ['mql', 'sql', 'accepted', 'opportunity'],
  disqualified: ['suspect', 'lead', 'mql', 'sql', 'accepted', 'opportunity', 'recycled'],
};

export function qualify(deciding: Deciding, to: Qualification, because: string): void {
  const from = deciding.state.qualification;
  if (reachedFrom[to].includes(from)) conclude(deciding, { type: 'QualificationChanged', from, to, because });
}

export const isCustomer = ({ qualification, traits }: LeadState): boolean => qualification === 'customer' || traits.customer === true;

/** A lead back from sales qualifies again only by something it did after. */
export function qualifyByScore(deciding: Deciding): void {
  const { state, published } = deciding;
  if (!reachedFrom.mql.includes(state.qualification)) return;
  if (state.qualification === 'recycled' && !Object.values(state.disarmed).some(({ engaged }) => engaged)) return;
  const named = published.currentModel(published.settings.model);
  if (named === undefined) return;
  const score = readScore(state.scores[named.model.id]);
  if (score >= named.model.mqlAt) qualify(deciding, 'mql', `score ${score} reached ${named.model.mqlAt}`);
}
