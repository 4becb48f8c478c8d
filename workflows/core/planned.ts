/** When the plan wants a step: by the step before, by an event, by a date, by the lead's clock. Knows nothing of caps and nights. */
import type { Code } from '../../events/stripped';
import { onceKnown } from './asks-person';
import { clockOf, earlier, lapseOf, later, nextLocal } from './calendar';
import type { Lapse, LocalClock } from './calendar';
import { momentOf } from './civil';
import { heldLast, heldSince } from './conditions';
import type { View } from './conditions';
import type { Pool } from './plan';
import { cadenceOf } from './pool';
import type { CompiledDate, Timed } from './program';
import { dayMs, parseSpan } from './time';
import type { Span } from './time';
import type { Enrolment } from './state';

/** Epoch ms; `undefined` while what the step waits for has not happened, or its date is not known. Never before its turn. */
export function plannedFor(step: Timed, view: View): number | undefined {
  const at = inTurn(step, view);
  return at === undefined ? undefined : onceKnown(at, step, view);
}

function inTurn(step: Timed, view: View): number | undefined {
  const wanted = wantedAt(step, view);
  if (wanted === undefined || step.at === undefined) return wanted;
  const turn = turnAt(view.enrolment);
  if (wanted >= turn || step.on === undefined || step.skipsPast) return Math.max(wanted, turn);
  return nextLocal(clockOf(view.published, view.state), turn, step.on);
}

/** A step waits for its turn: the moment the one before it was due, or closed where that is not kept. */
const turnAt = ({ turnAt: kept, previousAt }: Enrolment): number => kept ?? previousAt;

/** When a step at a date is wanted, be it long gone. */
export const dateMoment = (step: Timed, view: View): number | undefined => (step.at === undefined ? undefined : wantedAt(step, view));

/** What the plan says, be it long gone. */
function wantedAt(step: Timed, view: View): number | undefined {
  const clock = clockOf(view.published, view.state);
  if (step.pool !== undefined && (view.enrolment.piece ?? 1) > 1) return nextPieceAt(step, step.pool, view, clock);
  if (step.at !== undefined) {
    const at = momentAt(step.at, view, clock);
    return at === undefined ? undefined : onwards(step, at, clock);
  }
  if (step.since === undefined) return onwards(step, later(clock, view.enrolment.previousAt, lapseIn(step, view)), clock);
  const from = since(step.since, view);
  return from === undefined ? undefined : plannedSince(step, from, view, clock);
}

/** A setting is checked on entry; a plan without it, that somebody was moved to, says nothing. */
function lapseIn({ after, afterOf }: Timed, { enrolment }: View): Lapse {
  const span = afterOf === undefined ? undefined : enrolment.data[afterOf];
  return typeof span === 'string' && parseSpan(span) !== undefined ? lapseOf(span as Span) : after;
}

/** So long after the piece before; at a local time, the one of the day that comes to, so that minutes of sending do not add up to a week. */
function nextPieceAt(step: Timed, pool: Pool, view: View, clock: LocalClock): number {
  const at = later(clock, view.enrolment.previousAt, cadenceOf(pool, view.state));
  return step.on === undefined ? at : nextLocal(clock, at - dayMs / 2, step.on);
}

/** Where a step that waits for a condition is due if that holds from `from` on. */
export const plannedSince = (step: Timed, from: number, view: View, clock: LocalClock = clockOf(view.published, view.state)): number =>
  onwards(step, Math.max(view.enrolment.previousAt, later(clock, from, step.after)), clock);

const onwards = ({ on }: Timed, at: number, clock: LocalClock): number => (on === undefined ? at : nextLocal(clock, at, on));

function since({ of, key, latest }: NonNullable<Timed['since']>, view: View): number | undefined {
  if (key !== undefined) return view.enrolment.marks[key]?.[0];
  return latest ? heldLast(of, view) : heldSince(of, view);
}

/** So long before or after the date. */
export function momentAt(
  { field, side, lapse }: CompiledDate,
  view: Pick<View, 'enrolment' | 'state'>,
  clock: LocalClock,
): number | undefined {
  const date = dateOf(field, view, clock);
  if (date === undefined) return undefined;
  return side === 'before' ? earlier(clock, date, lapse) : later(clock, date, lapse);
}

/** The date's instant; a day alone begins at midnight by the lead's clock. `undefined`: not known, or no date. */
export function dateOf(field: string, { enrolment, state }: Pick<View, 'enrolment' | 'state'>, clock: LocalClock): number | undefined {
  const value: Code | undefined = enrolment.data[field] ?? state.traits[field];
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? momentOf(value, clock) : undefined;
}

/** Did the moment pass before the step's turn came? One before a date is past at that date, too, however long it was held. */
export function isPast(step: Timed, view: View): boolean {
  if (!step.skipsPast || step.at === undefined) return false;
  const wanted = wantedAt(step, view);
  if (wanted !== undefined && wanted < turnAt(view.enrolment)) return true;
  const end = lastMomentOf(step, view);
  return end !== undefined && view.now >= end;
}

/** The date itself, where a step before it is left out once it has passed. */
export const lastMomentOf = (step: Timed, view: View): number | undefined =>
  step.skipsPast && step.at?.side === 'before' ? dateOf(step.at.field, view, clockOf(view.published, view.state)) : undefined;
