/** Which decisions a workflow need not make itself: those that leave it nothing to do and nothing to show. Knows no log and no clock. */
import type { Fact, FactType, Input, LeadState } from '../workflows/core';
import { changedNames, isMinor, wanted } from '../workflows/shell/shown';
import type { Shown, ShownName } from '../workflows/shell/shown';
import type { Outlook } from './outlook';

/** Why a batch goes to the workflow. */
export type GoesToWorkflow =
  | 'input' // commands, profiles and outcomes are the workflow's
  | 'asleep' // resting, erased or unknown: a run must be started
  | 'busy' // an effect is under way: its outcome comes to the workflow
  | 'fact' // what is concluded asks for an effect, an answer or a move
  | 'wake' // the workflow must look earlier than it means to
  | 'shown' // what lists and dashboards are filtered by changes
  | 'size';

/** Facts that only remember; every other one makes work or is shown. */
const quiet: ReadonlySet<FactType> = new Set(['EngagementRecorded', 'PointsChanged', 'PointsDecayed', 'ConditionsProgressed']);

export const isEngaged = (inputs: readonly Input[]): boolean => inputs.every(({ kind }) => kind === 'engaged');
export const isAsleep = (state: LeadState): boolean => state.resting === true || state.erased === true;

/** `workflow`: what the lead's workflow knows and shows. `undefined`: it need not be told now. */
export function goesToWorkflow(workflow: Outlook, facts: readonly Fact[], after: Outlook): GoesToWorkflow | undefined {
  if (workflow.resting || workflow.erased || after.resting || after.erased) return 'asleep';
  if (workflow.effects.length > 0 || after.effects.length > 0) return 'busy';
  if (facts.some(({ type }) => !quiet.has(type))) return 'fact';
  if ((after.wakeAt ?? Infinity) < (workflow.wakeAt ?? Infinity)) return 'wake';
  const [before, now] = [wanted(workflow.visible, undefined), wanted(after.visible, undefined)];
  return changedNames(before, now).every((name) => mayLag(name, before, now)) ? undefined : 'shown';
}

/** A due moment that moves away may be shown too early: at it the workflow looks, finds nothing due and shows the new one. */
const mayLag = (name: ShownName, before: Shown, now: Shown): boolean => name === 'LeadDueAt' || isMinor(name, before, now);
