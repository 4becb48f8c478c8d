/** Turns an event into marks for every condition of every enrolment's whole plan, so state holds moments and not events (PROTOCOL 22). */
import type { StrippedEvent } from '../../events/stripped';
import type { CompiledPlan } from './compile';
import type { Watch } from './compile-condition';
import { record, viewsOf } from './deciding';
import type { Deciding } from './deciding';
import { meets } from './field-test';
import { worthMarking } from './marks';
import type { Enrolment } from './state';
import { partsOfEffectId } from './touch-key';

type Mark = readonly [key: string, at: number];

export function progress(deciding: Deciding, event: StrippedEvent): void {
  for (const { id, enrolment, plan } of viewsOf(deciding)) {
    const marks = marksBy(plan, enrolment, id, event);
    if (marks.length > 0)
      record(deciding, {
        v: 1,
        type: 'ConditionsProgressed',
        occurredAt: event.occurredAt,
        recordedAt: deciding.now,
        enrolment: id,
        marks,
      });
  }
}

/** Marks the event leaves in the enrolment of that id, clicks on its own messages included. */
export function marksBy(plan: CompiledPlan, enrolment: Enrolment, id: string, event: StrippedEvent): readonly Mark[] {
  const marks = matching(plan, enrolment, event);
  return event.type === 'email.clicked' && event.effect !== undefined ? [...marks, ...clicksIn(plan, enrolment, id, event)] : marks;
}

/** Does it count towards conditions? What a person did, and what they are told of others, which is not their own doing. */
export const counts = ({ actor, type }: Pick<StrippedEvent, 'actor' | 'type'>): boolean =>
  actor === 'human' || actor === 'engine' || type.startsWith('account.');

/** Marks the event leaves in an enrolment: it counts from the enrolling event on, and only where it changes what is kept. */
export function matching(plan: CompiledPlan, enrolment: Enrolment, event: StrippedEvent): readonly Mark[] {
  const watches = plan.watches.get(event.type);
  if (watches === undefined || event.occurredAt < enrolment.enrolledAt) return none;
  let marks: Mark[] | undefined;
  for (const watch of watches) if (wanted(watch, enrolment, event)) (marks ??= []).push([watch.key, event.occurredAt]);
  return marks ?? none;
}
const none: readonly Mark[] = [];

function wanted(watch: Watch, enrolment: Enrolment, event: StrippedEvent): boolean {
  if (!worthMarking(enrolment.marks[watch.key], watch.times, watch.within, watch.rolling, event.occurredAt)) return false;
  if (watch.ofPhase && event.occurredAt < phaseBegan(enrolment)) return false;
  for (const [field, test] of watch.where) if (!meets(event.data[field], test)) return false;
  return watch.same === undefined || (event.data[watch.same] !== undefined && event.data[watch.same] === enrolment.data[watch.same]);
}

/** The first phase begins with the enrolling event. */
const phaseBegan = ({ visits, enrolledAt, phaseAt }: Enrolment): number => (visits === undefined ? enrolledAt : phaseAt);

function clicksIn(plan: CompiledPlan, enrolment: Enrolment, id: string, event: StrippedEvent): readonly Mark[] {
  const parts = partsOfEffectId(event.effect ?? '');
  if (parts?.enrolment !== id) return none;
  const key = plan.clicks.get(parts.touch);
  if (key === undefined || !worthMarking(enrolment.marks[key], 1, undefined, false, event.occurredAt)) return none;
  return [[key, event.occurredAt]];
}
