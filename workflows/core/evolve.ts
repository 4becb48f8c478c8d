/** State as the fold of facts: total over every fact type. Runs in the workflow's sandbox too, so it knows no rules, plans or models. */
import {
  absorbed,
  commanded,
  engaged,
  erased,
  paused,
  profiled,
  refused,
  rested,
  restated,
  suppressed,
  unpaused,
  unsuppressed,
} from './evolve-lead';
import { ended, enrolled, entered, progressed, stageChanged } from './evolve-enrolment';
import {
  effectDecided,
  settled,
  touchHeld,
  touchRefused,
  touchSent,
  touchUnavailable,
  touchUncertain,
  touchWithheld,
} from './evolve-touch';
import { accepted, breached, closed, contacted, notified, notNotified, offered, reminded, requested, unassigned } from './evolve-hand-off';
import { decayed, graded, pointsChanged } from './evolve-points';
import type { Fact } from './facts';
import type { LeadState } from './state';

/** The state after the fact. */
export function evolve(state: LeadState, fact: Fact): LeadState {
  switch (fact.type) {
    case 'EngagementRecorded':
      return engaged(state, fact);
    case 'PointsChanged':
      return pointsChanged(state, fact);
    case 'ConditionsProgressed':
      return progressed(state, fact);
    case 'LeadResumed':
      return at(state, fact.recordedAt);
    case 'LeadRestated':
      return restated(state, fact);
    case 'LeadAbsorbed':
      return absorbed(state, fact);
    case 'LeadErased':
      return erased(state, fact);
    case 'LeadRested':
      return rested(state, fact);
    case 'ProfileLearned':
      return profiled(state, fact);
    case 'CommandRecorded':
      return commanded(state, fact);
    case 'InputRefused':
      return refused(state, fact);
    case 'Enrolled':
      return enrolled(state, fact);
    case 'PhaseEntered':
      return entered(state, fact);
    case 'PlanExhausted':
      return at(state, fact.recordedAt);
    case 'EnrolmentEnded':
      return ended(state, fact);
    case 'PointsDecayed':
      return decayed(state, fact);
    case 'GradeChanged':
      return graded(state, fact);
    case 'StageChanged':
      return stageChanged(state, fact);
    case 'QualificationChanged':
      return { ...state, at: fact.recordedAt, qualification: fact.to };
    case 'LeadPaused':
      return paused(state, fact);
    case 'LeadUnpaused':
      return unpaused(state, fact);
    case 'Suppressed':
      return suppressed(state, fact);
    case 'Unsuppressed':
      return unsuppressed(state, fact);
    case 'TouchHeld':
      return touchHeld(state, fact);
    case 'EffectDecided':
      return effectDecided(state, fact);
    case 'TouchSent':
      return touchSent(state, fact);
    case 'TouchWithheld':
      return touchWithheld(state, fact);
    case 'TouchRefused':
      return touchRefused(state, fact);
    case 'TouchUncertain':
      return touchUncertain(state, fact);
    case 'TouchUnavailable':
      return touchUnavailable(state, fact);
    case 'UncertainSettled':
      return settled(state, fact);
    case 'HandOffRequested':
      return requested(state, fact);
    case 'HandOffOffered':
      return offered(state, fact);
    case 'HandOffUnassigned':
      return unassigned(state, fact);
    case 'RepNotified':
      return notified(state, fact);
    case 'RepNotNotified':
      return notNotified(state, fact);
    case 'HandOffReminded':
      return reminded(state, fact);
    case 'HandOffBreached':
      return breached(state, fact);
    case 'HandOffAccepted':
      return accepted(state, fact);
    case 'HandOffContacted':
      return contacted(state, fact);
    case 'HandOffClosed':
      return closed(state, fact);
    default:
      return unforeseen(fact);
  }
}

/** The state after the facts, oldest first. */
export function fold(state: LeadState, facts: readonly Fact[]): LeadState {
  let folding = state;
  for (const fact of facts) folding = evolve(folding, fact);
  return folding;
}

const at = (state: LeadState, recordedAt: number): LeadState => (state.at === recordedAt ? state : { ...state, at: recordedAt });

/** Reached only by a fact that `upcast` did not see. */
function unforeseen(fact: never): never {
  throw new TypeError(`no such fact: ${JSON.stringify(fact)}`);
}
