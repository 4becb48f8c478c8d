/** Choices: which arm is taken and when. The lot is a hash of the lead, so it falls the same way for ever. */
import type { CompiledArm, CompiledChoice } from './program';
import { holds, holdsFirstAt } from './conditions';
import type { View } from './conditions';
import { conclude, viewsOf } from './deciding';
import type { Deciding } from './deciding';
import { evidence } from './sayings';
import { lotOf } from './lots';
import { plannedFor } from './planned';
import { nextStep } from './touch-due';

/** Decides every choice that is reached, open and has an arm that holds or has waited long enough. Not during a pause. */
export function chooseAll(deciding: Deciding): void {
  if (deciding.state.paused !== undefined) return;
  for (const view of viewsOf(deciding)) {
    const choice = nextStep(view);
    if (choice?.kind === 'choose') choose(deciding, choice, view);
  }
}

function choose(deciding: Deciding, choice: CompiledChoice, view: View): void {
  const opensAt = plannedFor(choice, view);
  if (opensAt === undefined || opensAt > deciding.now) return;
  const arm = choice.arms.find((one) => isTaken(one, choice, view));
  if (arm === undefined && deciding.now < opensAt + choice.withinMs) return;
  conclude(deciding, {
    type: 'BranchTaken',
    enrolment: view.id,
    choice: choice.step.id,
    arm: arm?.name ?? 'otherwise',
    next: (arm ?? choice.otherwise).at,
    end: (arm ?? choice.otherwise).end,
    behind: choice.behind,
    because: because(arm, choice, view),
    ...dueBefore(arm, opensAt, choice, view),
  });
}

/** Where steps at dates follow: when it was due, if it did not wait for an arm. */
function dueBefore(
  arm: CompiledArm | undefined,
  opensAt: number,
  { step, withinMs }: CompiledChoice,
  { plan, enrolment, now }: View,
): { readonly dueAt?: number } {
  const dueAt = arm === undefined || step.within === undefined ? opensAt + withinMs : now;
  return plan.phases.get(enrolment.phase)?.dated === true && dueAt < now ? { dueAt } : {};
}

function isTaken(arm: CompiledArm, choice: CompiledChoice, view: View): boolean {
  if (arm.when !== undefined && !holds(arm.when, view)) return false;
  if (arm.lot === undefined) return true;
  const lot = lotOf(view.state.leadId, `${view.plan.plan.id}/${choice.step.id}`);
  return lot >= arm.lot.from && lot < arm.lot.to;
}

function because(arm: CompiledArm | undefined, choice: CompiledChoice, view: View): string {
  if (arm === undefined) return choice.step.within === undefined ? 'no way on held' : `no way on held within ${choice.step.within}`;
  if (arm.when !== undefined) return evidence(arm.when, view);
  return arm.lot === undefined ? 'always' : `by lot, ${arm.lot.to - arm.lot.from} of 100`;
}

/** When the choice opens, ends, or silence alone makes an arm hold. */
export function choiceMoments(choice: CompiledChoice, view: View): readonly number[] {
  const opensAt = plannedFor(choice, view);
  if (opensAt === undefined) return [];
  if (opensAt > view.now) return [opensAt];
  const silences = choice.arms.map(({ when }) => (when === undefined ? undefined : holdsFirstAt(when, view)));
  return [opensAt + choice.withinMs, ...silences.filter((at) => at !== undefined)];
}
