/** Folding of enrolments: entry, progress of conditions, phases, end. */
import type { FactOf } from './facts';
import { marked } from './marks';
import { pastKey } from './past-key';
import type { Enrolment, LeadState } from './state';
import { dropped, given, without } from './without';

/** Sequences a person has left are remembered for re-entry; the oldest go beyond so many. */
const pastKept = 40;

export function enrolled(state: LeadState, fact: FactOf<'Enrolled'>): LeadState {
  const enrolment: Enrolment = {
    sequence: fact.sequence,
    ...given('campaign', fact.campaign),
    ...given('key', fact.key),
    data: fact.data,
    enrolledAt: fact.occurredAt,
    phase: fact.phase,
    phaseAt: fact.recordedAt,
    next: 0,
    previousAt: fact.recordedAt,
    attempt: 0,
    marks: {},
  };
  const woken = state.resting === true ? without(state, 'resting') : state;
  return {
    ...woken,
    at: fact.recordedAt,
    enrolments: { ...state.enrolments, [fact.enrolment]: enrolment },
    enrolmentCount: state.enrolmentCount + 1,
  };
}

export function progressed(state: LeadState, fact: FactOf<'ConditionsProgressed'>): LeadState {
  const known = state.enrolments[fact.enrolment];
  if (known === undefined) return { ...state, at: fact.recordedAt };
  const marks: Record<string, readonly number[]> = { ...known.marks };
  for (const [key, moment] of fact.marks) marks[key] = marked(key, marks[key], moment);
  return { ...state, at: fact.recordedAt, enrolments: { ...state.enrolments, [fact.enrolment]: { ...known, marks } } };
}

export function entered(state: LeadState, fact: FactOf<'PhaseEntered'>): LeadState {
  const known = state.enrolments[fact.enrolment];
  if (known === undefined) return { ...state, at: fact.recordedAt };
  // Touch keys of a second visit must differ from those of the first.
  const visits = { ...known.visits, [known.phase]: known.visits?.[known.phase] ?? 1 };
  const visit = (visits[fact.phase] ?? 0) + 1;
  const entry: Enrolment = {
    ...without(known, 'heldUntil', 'heldBecause', 'failures'),
    phase: fact.phase,
    phaseAt: fact.recordedAt,
    next: 0,
    previousAt: fact.recordedAt,
    attempt: 0,
    visits: { ...visits, [fact.phase]: visit },
  };
  return { ...state, at: fact.recordedAt, enrolments: { ...state.enrolments, [fact.enrolment]: entry } };
}

export function ended(state: LeadState, fact: FactOf<'EnrolmentEnded'>): LeadState {
  const known = state.enrolments[fact.enrolment];
  if (known === undefined) return { ...state, at: fact.recordedAt };
  const key = pastKey(known.sequence, known.key);
  const past = { ...dropped(state.past, key), [key]: fact.recordedAt };
  const entries = Object.entries(past);
  const kept = entries.length > pastKept ? Object.fromEntries(entries.slice(-pastKept)) : past;
  return { ...state, at: fact.recordedAt, enrolments: dropped(state.enrolments, fact.enrolment), past: kept };
}

export const stageChanged = (state: LeadState, fact: FactOf<'StageChanged'>): LeadState => ({
  ...state,
  at: fact.recordedAt,
  stage: fact.to,
});
