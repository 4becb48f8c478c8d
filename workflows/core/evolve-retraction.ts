/** Folding of an event that is taken back: what the state knew by it. Its points come with facts of their own. */
import type { Draft } from './draft';
import { enrolmentDraft } from './evolve-enrolment';
import type { FactOf } from './facts';
import { pushed } from './ring';
import { withMarks } from './marks';
import { dropped, withEntry } from './without';

export function retracted(draft: Draft, fact: FactOf<'EngagementRetracted'>): void {
  // Known as an event taken is known, so that it changes nothing when it comes.
  if (fact.was === undefined) draft.ring = pushed(draft.ring, fact.event, fact.occurredAt);
  if (fact.learned !== undefined) {
    draft.bant = fact.learned.bant;
    draft.pain = fact.learned.pain;
  }
  if (fact.lastEngagedAt !== undefined) {
    draft.lastEngagedAt = fact.lastEngagedAt === 0 ? undefined : fact.lastEngagedAt;
    draft.disarmed = silentAgain(draft.disarmed, fact.lastEngagedAt);
  }
  if (fact.deed === true && fact.was !== undefined) draft.deeds = draft.deeds === undefined ? undefined : lessOne(draft.deeds, fact.was);
  for (const [enrolment, marks] of Object.entries(fact.marks ?? {})) remark(draft, enrolment, marks);
  for (const enrolment of fact.released ?? []) release(draft, enrolment);
}

function lessOne(deeds: Readonly<Record<string, number>>, type: string): Readonly<Record<string, number>> {
  const times = (deeds[type] ?? 0) - 1;
  return times > 0 ? withEntry(deeds, type, times) : dropped(deeds, type);
}

/** Rules that only this event rearmed wait on. */
const silentAgain = (disarmed: Draft['disarmed'], lastEngagedAt: number): Draft['disarmed'] =>
  Object.fromEntries(Object.entries(disarmed).map(([rule, one]) => [rule, { ...one, engaged: one.engaged && lastEngagedAt > one.at }]));

function remark(draft: Draft, enrolment: string, marks: Readonly<Record<string, readonly number[]>>): void {
  const one = enrolmentDraft(draft, enrolment);
  if (one === undefined) return;
  one.marks = withMarks(one.marks, marks);
}

function release(draft: Draft, enrolment: string): void {
  const one = enrolmentDraft(draft, enrolment);
  if (one === undefined) return;
  one.dueAt = undefined;
  one.heldUntil = undefined;
  one.heldBecause = undefined;
}
