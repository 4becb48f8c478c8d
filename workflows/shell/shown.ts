/** What the Temporal UI's list shows of a lead, and which changes of it are worth an upsert. Pure: the sandbox and the router's fast path ask alike. */
import type { VisibleLead } from './decided';

export const shownNames = [
  'LeadStage',
  'LeadPhase',
  'LeadWaitingFor',
  'LeadTemperature',
  'LeadQualification',
  'LeadRep',
  'LeadProblem',
  'LeadSequence',
  'LeadCampaign',
  'LeadScore',
  'LeadDueAt',
  'LeadLastEngagedAt',
  'LeadSlaDueAt',
] as const;
export type ShownName = (typeof shownNames)[number];

/** What was last upserted, plain JSON, carried over continue-as-new (the attributes themselves survive it). */
export type Shown = { readonly [N in ShownName]?: string | number | readonly string[] };

const dayMs = 86_400_000;
const scoreBand = (score: number): number => Math.floor(score / 10);

export function wanted(visible: VisibleLead, problem: string | undefined): Shown {
  return {
    LeadStage: visible.stage,
    LeadPhase: visible.phase,
    LeadWaitingFor: visible.waitingFor,
    LeadTemperature: visible.temperature,
    LeadQualification: visible.qualification,
    LeadRep: visible.rep,
    LeadProblem: problem,
    LeadSequence: visible.sequences.length > 0 ? visible.sequences : undefined,
    LeadCampaign: visible.campaigns.length > 0 ? visible.campaigns : undefined,
    LeadScore: visible.score,
    LeadDueAt: visible.dueAt,
    LeadLastEngagedAt: visible.lastEngagedAt,
    LeadSlaDueAt: visible.slaDueAt,
  };
}

export const changedNames = (before: Shown, after: Shown): readonly ShownName[] =>
  shownNames.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));

/** Small changes that wait for another one: the score inside its band of ten, engagement within a day of the one shown. */
export function isMinor(name: ShownName, before: Shown, after: Shown): boolean {
  if (name === 'LeadScore')
    return before.LeadScore !== undefined && scoreBand(Number(before.LeadScore)) === scoreBand(Number(after.LeadScore));
  if (name === 'LeadLastEngagedAt') return Math.abs(Number(after.LeadLastEngagedAt ?? 0) - Number(before.LeadLastEngagedAt ?? 0)) < dayMs;
  return false;
}
