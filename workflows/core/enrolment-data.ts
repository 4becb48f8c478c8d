/** The data of enrolments: which events bring it up to date, and which steps are planned anew when a date moves. */
import type { Code, StrippedEvent } from '../../events/stripped';
import { conclude, sending, viewsOf } from './deciding';
import type { Deciding } from './deciding';
import type { View } from './conditions';
import { enrols } from './enrol';
import { dateMoment } from './planned';
import type { Plan } from './plan';
import type { Enrolment } from './state';
import { nextStep } from './touch-due';
import { given } from './without';

/** An event of the same key tells what has changed since the enrolment: a cart, a date. */
export function refresh(deciding: Deciding, event: StrippedEvent): void {
  for (const view of viewsOf(deciding)) {
    const { plan, enrolment, id } = view;
    if (!refreshes(plan.plan, enrolment, event)) continue;
    const data = changedBy(enrolment, event);
    if (Object.keys(data).length === 0) continue;
    replanning(deciding, event.type, () =>
      conclude(
        deciding,
        { type: 'EnrolmentDataChanged', enrolment: id, data, because: event.type },
        Math.min(event.occurredAt, deciding.now),
      ),
    );
  }
}

/** Those listed do; with a key those that enrol do, too. */
function refreshes({ key, on, updates }: Plan, enrolment: Enrolment, event: StrippedEvent): boolean {
  if (updates === undefined && key === undefined) return false;
  if (key !== undefined && (event.data[key] === undefined || String(event.data[key]) !== enrolment.key)) return false;
  return updates?.includes(event.type) === true || (key !== undefined && on !== undefined && enrols(on, event));
}

/** Fields that are other than they were; an event older than what is known only adds. */
function changedBy({ data, dataAt, enrolledAt }: Enrolment, event: StrippedEvent): Readonly<Record<string, Code>> {
  const old = event.occurredAt < (dataAt ?? enrolledAt);
  return Object.fromEntries(
    Object.entries(event.data).filter(([field, value]) => data[field] !== value && !(old && data[field] !== undefined)),
  );
}

/** Records what changes dates, then which steps are planned anew because of it. */
export function replanning(deciding: Deciding, because: string, change: () => void): void {
  const before = new Map(viewsOf(deciding).map((view) => [view.id, planned(view)]));
  change();
  for (const view of viewsOf(deciding)) {
    const old = before.get(view.id);
    const now = planned(view);
    if (now === undefined || old?.step !== now.step || old.at === now.at || sending(deciding.state, view.id)) continue;
    // What was due and is due still waits for something else.
    if (isDue(old.at, deciding.now) && isDue(now.at, deciding.now)) continue;
    conclude(deciding, { type: 'StepReplanned', enrolment: view.id, step: now.step, ...given('at', now.at), because });
  }
}

const isDue = (at: number | undefined, now: number): boolean => at !== undefined && at <= now;

function planned(view: View): { readonly step: string; readonly at: number | undefined } | undefined {
  const step = nextStep(view);
  return step?.at === undefined ? undefined : { step: step.step.id, at: dateMoment(step, view) };
}
