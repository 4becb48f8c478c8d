/** The lead's stage: the furthest over its open enrolments; back only by recycle or move. */
import type { Stage } from '../../events/stripped';
import { conclude, planOf } from './deciding';
import type { Deciding } from './deciding';
import { isCustomer } from './qualification';
import { furthest } from './stages';

export function settleStage(deciding: Deciding, because: string | undefined, mayGoBack: boolean): void {
  const { state, published } = deciding;
  let to: Stage | undefined = isCustomer(state) ? 'customer' : undefined;
  let by = 'became a customer';
  for (const id in state.enrolments) {
    const enrolment = state.enrolments[id];
    if (enrolment === undefined) continue;
    const stage = planOf(published, enrolment).plan.phases[enrolment.phase]?.stage;
    const further = furthest(to, stage);
    if (further === to) continue;
    to = further;
    by = `phase ${enrolment.phase} of ${enrolment.sequence.split('#', 1)[0]}`;
  }
  if (to === undefined || to === state.stage) return;
  if (mayGoBack || furthest(state.stage, to) === to)
    conclude(deciding, { type: 'StageChanged', from: state.stage, to, because: because ?? by });
}
