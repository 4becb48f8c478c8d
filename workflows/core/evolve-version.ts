/** Folding of an enrolment's change to another version of its sequence. Knows no plan: the fact says where it stands. */
import type { Draft } from './draft';
import { enrolmentDraft } from './evolve-enrolment';
import type { FactOf } from './facts';

export function changePlanned(draft: Draft, fact: FactOf<'SequenceChangePlanned'>): void {
  const one = enrolmentDraft(draft, fact.enrolment);
  if (one !== undefined) one.moving = fact.to;
}

/** The clocks run on: since when it is in the phase, and when the step before closed. What it waited for is looked at anew. */
export function sequenceChanged(draft: Draft, fact: FactOf<'SequenceChanged'>): void {
  const one = enrolmentDraft(draft, fact.enrolment);
  if (one === undefined) return;
  const visits = one.visits?.[one.phase];
  if (visits !== undefined && fact.phase !== one.phase) one.visits = { ...one.visits, [fact.phase]: visits };
  one.sequence = fact.to;
  one.phase = fact.phase;
  one.next = fact.next;
  one.ways = fact.ways.length === 0 ? undefined : fact.ways;
  one.marks = fact.marks;
  one.moving = undefined;
  one.turnAt = undefined;
  one.dueAt = undefined;
  one.heldUntil = undefined;
  one.heldBecause = undefined;
}
