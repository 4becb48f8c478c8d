/** Search attributes and details of a lead: upserted only on change, at most once a decision, because each upsert rewrites dozens of index entries. */
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import type { SearchAttributeUpdatePair } from '@temporalio/common';
import { upsertSearchAttributes } from '@temporalio/workflow';
import type { VisibleLead } from './decided';

const keyword = (name: string) => defineSearchAttributeKey(name, SearchAttributeType.KEYWORD);
const keywords = (name: string) => defineSearchAttributeKey(name, SearchAttributeType.KEYWORD_LIST);
const instant = (name: string) => defineSearchAttributeKey(name, SearchAttributeType.DATETIME);

const keys = {
  LeadStage: keyword('LeadStage'),
  LeadPhase: keyword('LeadPhase'),
  LeadWaitingFor: keyword('LeadWaitingFor'),
  LeadTemperature: keyword('LeadTemperature'),
  LeadQualification: keyword('LeadQualification'),
  LeadRep: keyword('LeadRep'),
  LeadProblem: keyword('LeadProblem'),
  LeadSequence: keywords('LeadSequence'),
  LeadCampaign: keywords('LeadCampaign'),
  LeadScore: defineSearchAttributeKey('LeadScore', SearchAttributeType.INT),
  LeadDueAt: instant('LeadDueAt'),
  LeadLastEngagedAt: instant('LeadLastEngagedAt'),
  LeadSlaDueAt: instant('LeadSlaDueAt'),
} as const;
type Name = keyof typeof keys;

/** What was last upserted, plain JSON, carried over continue-as-new (the attributes themselves survive it). */
export type Shown = { readonly [N in Name]?: string | number | readonly string[] };

const dayMs = 86_400_000;
const scoreBand = (score: number): number => Math.floor(score / 10);

function wanted(visible: VisibleLead, problem: string | undefined): Shown {
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

/** Small changes that wait for another one: the score inside its band of ten, engagement within a day of the one shown. */
function minor(name: Name, before: Shown, after: Shown): boolean {
  if (name === 'LeadScore')
    return before.LeadScore !== undefined && scoreBand(Number(before.LeadScore)) === scoreBand(Number(after.LeadScore));
  if (name === 'LeadLastEngagedAt') return Math.abs(Number(after.LeadLastEngagedAt ?? 0) - Number(before.LeadLastEngagedAt ?? 0)) < dayMs;
  return false;
}

/** Upserts what changed and returns what is shown from now on. */
export function show(before: Shown, visible: VisibleLead, problem: string | undefined): Shown {
  const after = wanted(visible, problem);
  const changed = (Object.keys(keys) as Name[]).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  if (changed.every((name) => minor(name, before, after))) return before;
  upsertSearchAttributes(changed.map((name) => pair(name, after[name])));
  return after;
}

function pair(name: Name, value: Shown[Name]): SearchAttributeUpdatePair {
  const key = keys[name];
  if (value === undefined) return { key, value: null } as SearchAttributeUpdatePair;
  const shown = key.type === 'DATETIME' ? new Date(Number(value)) : value;
  return { key, value: shown } as SearchAttributeUpdatePair;
}
