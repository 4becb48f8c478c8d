/** State as the fold of facts: total over every fact type. Runs in the workflow's sandbox too, so it knows no rules, plans or models. */
import { draftOf } from './draft';
import type { Draft } from './draft';
import {
  commanded,
  engaged,
  erased,
  paused,
  profiled,
  qualified,
  refused,
  rested,
  restated,
  signAwaited,
  staged,
  suppressed,
  unpaused,
  unsuppressed,
} from './evolve-lead';
import { branched, dataChanged, ended, enrolled, entered, progressed, replanned } from './evolve-enrolment';
import { changePlanned, sequenceChanged } from './evolve-version';
import {
  absorbed,
  effectDecided,
  ranDry,
  effectReturned,
  settled,
  touchClosed,
  touchHeld,
  touchReplaced,
  touchSent,
  touchUnavailable,
  touchUncertain,
} from './evolve-touch';
import { accepted, breached, closed, contacted, notified, notNotified, offered, reminded, requested, unassigned } from './evolve-hand-off';
import { decayed, graded, matrixScored, pointsChanged, pointsRetracted, rescored } from './evolve-points';
import { retracted } from './evolve-retraction';
import type { Fact } from './facts';
import type { LeadState } from './state';

/** The state after the fact. */
export const evolve = (state: LeadState, fact: Fact): LeadState => fold(state, [fact]);

/** The state after the facts, oldest first; the one given is not changed. */
export function fold(state: LeadState, facts: readonly Fact[]): LeadState {
  if (facts === latest?.facts && state === latest.from) return latest.to;
  const draft = draftOf(state);
  for (const fact of facts) apply(draft, fact);
  return draft;
}

/** The last decision's facts with the states before and after: deciding folds as it goes, so folding its result again costs nothing. */
let latest: { readonly from: LeadState; readonly facts: readonly Fact[]; readonly to: LeadState } | undefined;
export function folded(from: LeadState, facts: readonly Fact[], to: LeadState): void {
  latest = { from, facts, to };
}

/** Sets the draft's fields to what they are after the fact. */
export function apply(draft: Draft, fact: Fact): void {
  if (draft.at === 0) draft.knownAt = fact.recordedAt;
  applyOne(draft, fact);
  if (fact.recordedAt > draft.at) draft.at = fact.recordedAt;
}

// prettier-ignore
function applyOne(draft: Draft, fact: Fact): void {
  switch (fact.type) {
    case 'EngagementRecorded': return engaged(draft, fact);
    case 'PointsChanged': return pointsChanged(draft, fact);
    case 'ConditionsProgressed': return progressed(draft, fact);
    case 'LeadRestated': return restated(draft, fact);
    case 'LeadErased': return erased(draft);
    case 'LeadRested': return rested(draft);
    case 'ProfileLearned': return profiled(draft, fact);
    case 'CommandRecorded': return commanded(draft, fact);
    case 'InputRefused': return refused(draft, fact);
    case 'Enrolled': return enrolled(draft, fact);
    case 'EnrolmentDataChanged': return dataChanged(draft, fact);
    case 'StepReplanned': return replanned(draft, fact);
    case 'PhaseEntered': return entered(draft, fact);
    case 'BranchTaken': return branched(draft, fact);
    case 'SequenceChangePlanned': return changePlanned(draft, fact);
    case 'SequenceChanged': return sequenceChanged(draft, fact);
    case 'EnrolmentEnded': return ended(draft, fact);
    case 'PointsDecayed': return decayed(draft, fact);
    case 'LeadRescored': return rescored(draft, fact);
    case 'MatrixScored': return matrixScored(draft, fact);
    case 'GradeChanged': return graded(draft, fact);
    case 'StageChanged': return staged(draft, fact);
    case 'QualificationChanged': return qualified(draft, fact);
    case 'SignAwaited': return signAwaited(draft, fact);
    case 'LeadPaused': return paused(draft, fact);
    case 'LeadUnpaused': return unpaused(draft, fact);
    case 'Suppressed': return suppressed(draft, fact);
    case 'Unsuppressed': return unsuppressed(draft, fact);
    case 'TouchHeld': return touchHeld(draft, fact);
    case 'PoolRanDry': return ranDry(draft, fact);
    case 'TouchReplaced': return touchReplaced(draft, fact);
    case 'EffectDecided': return effectDecided(draft, fact);
    case 'TouchSent': return touchSent(draft, fact);
    case 'TouchWithheld': return touchClosed(draft, fact);
    case 'TouchRefused': return touchClosed(draft, fact);
    case 'EffectReturned': return effectReturned(draft, fact);
    case 'LeadsTold': return touchClosed(draft, fact);
    case 'TaskGiven': return touchClosed(draft, fact);
    case 'TouchUncertain': return touchUncertain(draft, fact);
    case 'TouchUnavailable': return touchUnavailable(draft, fact);
    case 'UncertainSettled': return settled(draft, fact);
    case 'HandOffRequested': return requested(draft, fact);
    case 'HandOffOffered': return offered(draft, fact);
    case 'HandOffUnassigned': return unassigned(draft, fact);
    case 'RepNotified': return notified(draft, fact);
    case 'RepNotNotified': return notNotified(draft, fact);
    case 'HandOffReminded': return reminded(draft, fact);
    case 'HandOffBreached': return breached(draft, fact);
    case 'HandOffAccepted': return accepted(draft, fact);
    case 'HandOffContacted': return contacted(draft, fact);
    case 'HandOffClosed': return closed(draft, fact);
    case 'EngagementRetracted': return retracted(draft, fact);
    case 'PointsRetracted': return pointsRetracted(draft, fact);
    // These tell of something the state need not hold: what a merged lead brought comes as `LeadRestated`.
    case 'LeadAbsorbed': return absorbed(draft, fact);
    case 'LeadResumed': case 'PlanExhausted': case 'HandOffDoubted': return;
    default: return unforeseen(fact);
  }
}

/** Reached only by a fact that `upcast` did not see. */
function unforeseen(fact: never): never {
  throw new TypeError(`no such fact: ${JSON.stringify(fact)}`);
}
