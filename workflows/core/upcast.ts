/** Facts and states of every release as this release reads them. A new `v` of a fact gets a step here and a golden fact in the tests. */
import type { Fact, FactType } from './facts';
import type { LeadState } from './state';

/** The log holds something this release does not know: an older worker runs beside a newer one. */
export class UnknownFact extends Error {
  override name = 'UnknownFact';
}

/** One entry a type, so that a new member of the union fails to compile until it is listed: newest `v` of each. */
const versions: Readonly<Record<FactType, 1>> = {
  LeadResumed: 1,
  LeadRestated: 1,
  LeadAbsorbed: 1,
  LeadErased: 1,
  LeadRested: 1,
  EngagementRecorded: 1,
  ProfileLearned: 1,
  CommandRecorded: 1,
  InputRefused: 1,
  Enrolled: 1,
  EnrolmentDataChanged: 1,
  StepReplanned: 1,
  ConditionsProgressed: 1,
  PhaseEntered: 1,
  BranchTaken: 1,
  SequenceChangePlanned: 1,
  SequenceChanged: 1,
  PlanExhausted: 1,
  EnrolmentEnded: 1,
  PointsChanged: 1,
  PointsDecayed: 1,
  LeadRescored: 1,
  MatrixScored: 1,
  GradeChanged: 1,
  StageChanged: 1,
  QualificationChanged: 1,
  SignAwaited: 1,
  LeadPaused: 1,
  LeadUnpaused: 1,
  Suppressed: 1,
  Unsuppressed: 1,
  TouchHeld: 1,
  TouchReplaced: 1,
  PoolRanDry: 1,
  EffectDecided: 1,
  TouchSent: 1,
  TouchWithheld: 1,
  TouchRefused: 1,
  TouchUncertain: 1,
  TouchUnavailable: 1,
  UncertainSettled: 1,
  EffectReturned: 1,
  LeadsTold: 1,
  TaskGiven: 1,
  HandOffRequested: 1,
  HandOffOffered: 1,
  HandOffUnassigned: 1,
  RepNotified: 1,
  RepNotNotified: 1,
  HandOffReminded: 1,
  HandOffBreached: 1,
  HandOffAccepted: 1,
  HandOffContacted: 1,
  HandOffClosed: 1,
  HandOffDoubted: 1,
  EngagementRetracted: 1,
  PointsRetracted: 1,
};

export const factTypes = Object.keys(versions) as readonly FactType[];

/** Throws `UnknownFact` for a type or `v` that this release does not know. */
export function upcast(raw: unknown): Fact {
  if (typeof raw !== 'object' || raw === null) throw new UnknownFact(`a fact is an object, not ${JSON.stringify(raw)}`);
  const { type, v } = raw as { readonly type?: unknown; readonly v?: unknown };
  if (typeof type !== 'string' || !Object.hasOwn(versions, type)) throw new UnknownFact(`unknown fact ${String(type)}`);
  if (v !== versions[type as FactType]) throw new UnknownFact(`unknown version ${String(v)} of ${type}`);
  if (type === 'LeadRestated') {
    const restated = raw as Fact & { type: 'LeadRestated' };
    return { ...restated, state: migrate(restated.state) };
  }
  return raw as Fact;
}

/** Throws `UnknownFact` for a state newer than this release. */
export function migrate(raw: unknown): LeadState {
  const { v } = (raw ?? {}) as { readonly v?: unknown };
  if (v !== 1) throw new UnknownFact(`unknown version ${String(v)} of a lead's state`);
  return raw as LeadState;
}
