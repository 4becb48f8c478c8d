/** The lead's stage: the furthest over its open enrolments; back only by recycle or move. */
import type { Stage } from '../../events/stripped';
import type { View } from './conditions';
import { conclude, viewsOf } from './deciding';
import type { Deciding } from './deciding';
import { isCustomer } from './qualification';
import { scoreStage } from './rule-points';
import { furthest } from './stages';

export function settleStage(deciding: Deciding, because: string | undefined, mayGoBack: boolean): void {
  const { state } = deciding;
  let to: Stage | undefined = isCustomer(state) ? 'customer' : undefined;
  let by: View | undefined;
  for (const view of viewsOf(deciding)) {
    const further = furthest(to, view.plan.phases.get(view.enrolment.phase)?.phase.stage);
    if (further === to) continue;
    to = further;
    by = view;
  }
  if (to === undefined || to === state.stage || !(mayGoBack || furthest(state.stage, to) === to)) return;
  const reason = by === undefined ? 'became a customer' : `phase ${by.enrolment.phase} of ${by.enrolment.sequence.split('#', 1)[0]}`;
  const first = state.stage === undefined;
  conclude(deciding, { type: 'StageChanged', from: state.stage, to, because: because ?? reason });
  if (first) scoreStage(deciding, to);
}
