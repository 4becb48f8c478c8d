/** Folding of enrolments: entry, progress of conditions, phases, end. */
import type { Draft } from './draft';
import type { FactOf } from './facts';
import { armKey } from './lots';
import { endsWithPhase, marked } from './marks';
import { pastKey } from './past-key';
import type { Enrolment } from './state';
import { dropped, withEntry } from './without';

/** Sequences a person has left are remembered for re-entry, and arms by lot; the oldest go beyond so many. */
const mostKept = 40;
function newest<V>(record: Readonly<Record<string, V>>): Readonly<Record<string, V>> {
  const entries = Object.entries(record);
  return entries.length > mostKept ? Object.fromEntries(entries.slice(-mostKept)) : record;
}

type EnrolmentDraft = { -readonly [K in keyof Enrolment]: Enrolment[K] };

/** A copy in the draft whose fields may be set; every field by name, as in `draftOf`. `undefined` where the enrolment has ended. */
export function enrolmentDraft(draft: Draft, id: string): EnrolmentDraft | undefined {
  const one = draft.enrolments[id];
  if (one === undefined) return undefined;
  const copy: EnrolmentDraft = {
    sequence: one.sequence,
    campaign: one.campaign,
    key: one.key,
    data: one.data,
    dataAt: one.dataAt,
    enrolledAt: one.enrolledAt,
    phase: one.phase,
    phaseAt: one.phaseAt,
    next: one.next,
    previousAt: one.previousAt,
    ways: one.ways,
    moving: one.moving,
    turnAt: one.turnAt,
    dueAt: one.dueAt,
    heldUntil: one.heldUntil,
    heldBecause: one.heldBecause,
    instead: one.instead,
    piece: one.piece,
    attempt: one.attempt,
    failures: one.failures,
    visits: one.visits,
    marks: one.marks,
  };
  draft.enrolments = withEntry(draft.enrolments, id, copy);
  return copy;
}

/** The next touch of the enrolment, waiting for nothing, counted from `at`. `dueAt`: when the one before was due, where the fact says so. */
export function nextTouch(one: EnrolmentDraft, next: number, at: number, dueAt = one.dueAt): void {
  one.next = next;
  for (let way = one.ways?.at(-1); way?.[0] === one.next; way = one.ways?.at(-1)) {
    one.next = way[1];
    one.ways = one.ways?.slice(0, -1);
  }
  one.piece = undefined;
  restart(one, at, dueAt);
}

/** The pool's next piece: the step stays, its cadence counts from here. */
export function nextPieceOf(one: EnrolmentDraft, at: number): void {
  one.piece = (one.piece ?? 1) + 1;
  restart(one, at, undefined);
}

/** Waits for nothing, counted from `at`. */
function restart(one: EnrolmentDraft, at: number, dueAt: number | undefined): void {
  one.previousAt = at;
  one.turnAt = dueAt;
  one.dueAt = undefined;
  one.heldUntil = undefined;
  one.heldBecause = undefined;
  one.instead = undefined;
  one.attempt = 0;
  one.failures = undefined;
}

export function enrolled(draft: Draft, fact: FactOf<'Enrolled'>): void {
  const enrolment: Enrolment = {
    sequence: fact.sequence,
    campaign: fact.campaign,
    key: fact.key,
    data: fact.data,
    dataAt: undefined,
    enrolledAt: fact.occurredAt,
    phase: fact.phase,
    phaseAt: fact.recordedAt,
    next: 0,
    previousAt: fact.recordedAt,
    ways: undefined,
    moving: undefined,
    turnAt: undefined,
    dueAt: undefined,
    heldUntil: undefined,
    heldBecause: undefined,
    instead: undefined,
    piece: undefined,
    attempt: 0,
    failures: undefined,
    visits: undefined,
    marks: {},
  };
  draft.resting = undefined;
  draft.enrolments = withEntry(draft.enrolments, fact.enrolment, enrolment);
  draft.enrolmentCount += 1;
  if (fact.silentSince !== undefined)
    draft.silences = withEntry(draft.silences ?? {}, fact.sequence.split('@', 1)[0] ?? fact.sequence, fact.silentSince);
}

export function dataChanged(draft: Draft, fact: FactOf<'EnrolmentDataChanged'>): void {
  const one = enrolmentDraft(draft, fact.enrolment);
  if (one === undefined) return;
  one.data = { ...one.data, ...fact.data };
  one.dataAt = Math.max(one.dataAt ?? one.enrolledAt, fact.occurredAt);
}

/** Its turn comes anew; what it was held for is looked at when it is due. */
export function replanned(draft: Draft, fact: FactOf<'StepReplanned'>): void {
  const one = enrolmentDraft(draft, fact.enrolment);
  if (one === undefined) return;
  one.turnAt = fact.recordedAt;
  one.dueAt = undefined;
  one.heldUntil = undefined;
  one.heldBecause = undefined;
}

export function progressed(draft: Draft, fact: FactOf<'ConditionsProgressed'>): void {
  const one = enrolmentDraft(draft, fact.enrolment);
  if (one === undefined) return;
  for (const [key, moment] of fact.marks) one.marks = withEntry(one.marks, key, marked(key, one.marks[key], moment));
}

export function entered(draft: Draft, fact: FactOf<'PhaseEntered'>): void {
  const one = enrolmentDraft(draft, fact.enrolment);
  if (one === undefined) return;
  // Touch keys of a second visit must differ from those of the first.
  const visits = withEntry(one.visits ?? {}, one.phase, one.visits?.[one.phase] ?? 1);
  one.visits = withEntry(visits, fact.phase, (visits[fact.phase] ?? 0) + 1);
  one.phase = fact.phase;
  one.phaseAt = fact.recordedAt;
  one.ways = undefined;
  one.dueAt = undefined;
  one.marks = withoutPhase(one.marks);
  nextTouch(one, 0, fact.recordedAt);
}

function withoutPhase(marks: Enrolment['marks']): Enrolment['marks'] {
  for (const key in marks) if (endsWithPhase(key)) return Object.fromEntries(Object.entries(marks).filter(([one]) => !endsWithPhase(one)));
  return marks;
}

export function branched(draft: Draft, fact: FactOf<'BranchTaken'>): void {
  const one = enrolmentDraft(draft, fact.enrolment);
  if (one === undefined) return;
  one.ways = [...(one.ways ?? []), [fact.end, fact.behind]];
  nextTouch(one, fact.next, fact.recordedAt, fact.dueAt);
  if (fact.lot !== true) return;
  const key = armKey(one.sequence.split('@', 1)[0] ?? one.sequence, fact.choice);
  draft.arms = newest(withEntry(dropped(draft.arms ?? {}, key), key, fact.arm));
}

export function ended(draft: Draft, fact: FactOf<'EnrolmentEnded'>): void {
  const known = draft.enrolments[fact.enrolment];
  if (known === undefined) return;
  const key = pastKey(known.sequence, known.key);
  draft.past = newest(withEntry(dropped(draft.past, key), key, fact.recordedAt));
  draft.enrolments = dropped(draft.enrolments, fact.enrolment);
}
