/** Search attributes and details of a lead: upserted only on change, at most once a decision, because each upsert rewrites dozens of index entries. */
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import type { SearchAttributeUpdatePair } from '@temporalio/common';
import { upsertSearchAttributes } from '@temporalio/workflow';
import type { VisibleLead } from './decided';
import { changedNames, isMinor, wanted } from './shown';
import type { Shown, ShownName } from './shown';

const keyword = (name: ShownName) => defineSearchAttributeKey(name, SearchAttributeType.KEYWORD);
const keywords = (name: ShownName) => defineSearchAttributeKey(name, SearchAttributeType.KEYWORD_LIST);
const instant = (name: ShownName) => defineSearchAttributeKey(name, SearchAttributeType.DATETIME);

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
} as const satisfies Record<ShownName, unknown>;

/** Upserts what changed and returns what is shown from now on. */
export function show(before: Shown, visible: VisibleLead, problem: string | undefined): Shown {
  const after = wanted(visible, problem);
  const changed = changedNames(before, after);
  if (changed.every((name) => isMinor(name, before, after))) return before;
  upsertSearchAttributes(changed.map((name) => pair(name, after[name])));
  return after;
}

function pair(name: ShownName, value: Shown[ShownName]): SearchAttributeUpdatePair {
  const key = keys[name];
  if (value === undefined) return { key, value: null } as SearchAttributeUpdatePair;
  const shown = key.type === 'DATETIME' ? new Date(Number(value)) : value;
  return { key, value: shown } as SearchAttributeUpdatePair;
}
