/**
 * Where marketing and sales have the person. The engine's own ways: known by profile or enrolled -> lead; the workspace's score at `mqlAt` -> mql;
 * hand-off requested -> sql; accepted; contacted -> opportunity; won -> customer; rejected or lost -> recycled. The signs of the settings' lifecycle hold besides.
 */
import type { Qualification, StrippedEvent } from '../../events/stripped';
import { conclude } from './deciding';
import type { Deciding } from './deciding';
import { meets } from './field-test';
import { signOf, signsOf } from './lifecycle';
import type { Sign } from './lifecycle';
import { actingGrade, gradeAtLeast, qualifiedBy } from './score';
import type { LeadState } from './state';
import { msOf } from './time';

/** From where each may be reached; anything else would be a step back that nobody took. */
export const reachedFrom: Readonly<Record<Qualification, readonly Qualification[]>> = {
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
function mayReach({ state }: Deciding, to: Qualification): boolean {
  if (!reachedFrom[to].includes(state.qualification)) return false;
  return to !== 'mql' || state.qualification !== 'recycled' || Object.values(state.disarmed).some(({ engaged }) => engaged);
}

export function qualifyByScore(deciding: Deciding): void {
  const { state, published } = deciding;
  if (!mayReach(deciding, 'mql')) return;
  const named = published.currentModel(published.settings.model);
  if (named === undefined) return;
  const because = qualifiedBy(named.model, state.scores[named.model.id]);
  if (because !== undefined) qualify(deciding, 'mql', because);
}

/** What the event is a sign of. One that must be left alone for a while is awaited; the same event without what the sign asks (an emptied cart) ends that. */
export function qualifyBySigns(deciding: Deciding, event: StrippedEvent): void {
  for (const [to, sign] of signsOf(deciding.published.settings.lifecycle, event.type)) {
    const shown = Object.entries(sign.where ?? {}).every(([field, test]) => meets(event.data[field], test));
    if (sign.after !== undefined)
      awaitSign(deciding, sign, shown && mayReach(deciding, to) ? event.occurredAt + msOf(sign.after) : undefined);
    else if (shown && mayReach(deciding, to) && isGraded(deciding, sign)) qualify(deciding, to, sign.says);
  }
}

function awaitSign(deciding: Deciding, { id }: Sign, dueAt: number | undefined): void {
  const known = deciding.state.signs?.[id];
  if (dueAt === undefined ? known !== undefined : dueAt > (known ?? -1))
    conclude(deciding, { type: 'SignAwaited', sign: id, ...(dueAt === undefined ? {} : { dueAt }) });
}

/** Signs that nothing came after in time. */
export function qualifyAwaited(deciding: Deciding): void {
  const { signs } = deciding.state;
  for (const id in signs) {
    if ((signs[id] ?? Infinity) > deciding.now) continue;
    const found = signOf(deciding.published.settings.lifecycle, id);
    conclude(deciding, { type: 'SignAwaited', sign: id });
    if (found === undefined) continue;
    const [to, sign] = found;
    if (mayReach(deciding, to) && isGraded(deciding, sign)) qualify(deciding, to, sign.says);
  }
}

/** The soonest moment at which a sign has waited long enough. */
export function nextSign({ signs }: LeadState): number | undefined {
  let soonest: number | undefined;
  for (const id in signs) if (soonest === undefined || (signs[id] ?? Infinity) < soonest) soonest = signs[id];
  return soonest;
}

const isGraded = ({ state, published }: Deciding, { grade }: Sign): boolean =>
  grade === undefined || gradeAtLeast(actingGrade(state.scores[published.settings.model]), grade);
