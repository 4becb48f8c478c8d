/** Choices: which arm is taken and when. The lot is a hash of the lead, so it falls the same way for ever. */
import type { CompiledArm, CompiledChoice } from './program';
import { holds, holdsFirstAt } from './conditions';
import type { View } from './conditions';
import { conclude, viewsOf } from './deciding';
import type { Deciding } from './deciding';
import { evidence } from './sayings';
import { armKey, lotOf } from './lots';
import { plannedFor } from './planned';
import { nextStep } from './touch-due';
import { given } from './without';

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
  const byLot = choice.arms.some(({ lot }) => lot !== undefined);
  if (arm === undefined && deciding.now < opensAt + choice.withinMs) return;
  conclude(deciding, {
    type: 'BranchTaken',
    enrolment: view.id,
    choice: choice.step.id,
    arm: arm?.name ?? 'otherwise',
    next: (arm ?? choice.otherwise).at,
    end: (arm ?? choice.otherwise).end,
    behind: choice.behind,
    ...given('lot', byLot ? (true as const) : undefined),
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
  const remembered = armBefore(choice, view);
  if (remembered !== undefined) return arm.name === remembered;
  const lot = lotOf(view.state.leadId, armKey(view.plan.plan.id, choice.step.id));
  return lot >= arm.lot.from && lot < arm.lot.to;
}

/** The arm that fell to the person before, under an earlier version's shares and name too, while there is such an arm. */
function armBefore({ step, arms }: CompiledChoice, { plan: { plan }, state }: View): string | undefined {
  if (state.arms === undefined) return undefined;
  const earlier = Object.entries(plan.replaces?.steps ?? {}).flatMap(([old, name]) => (name === step.id ? [old] : []));
  const arm = [step.id, ...earlier].map((name) => state.arms?.[armKey(plan.id, name)]).find((one) => one !== undefined);
  const some = arm === 'otherwise' ? (arms.at(-1)?.lot?.to ?? 0) < 100 : arms.some(({ name }) => name === arm);
  return some ? arm : undefined;
}

function because(arm: CompiledArm | undefined, choice: CompiledChoice, view: View): string {
  if (arm === undefined) return choice.step.within === undefined ? 'no way on held' : `no way on held within ${choice.step.within}`;
  if (arm.when !== undefined) return evidence(arm.when, view);
  return arm.lot === undefined ? 'always' : `by lot, ${arm.lot.to - arm.lot.from} of 100`;
}

/** When the choice can be made: as it opens where it does not wait or an arm holds by then, at its end, or when silence alone makes an arm hold. */
export function choiceMoments(choice: CompiledChoice, view: View): readonly number[] {
  const opensAt = plannedFor(choice, view);
  if (opensAt === undefined) return [];
  const open = opensAt > view.now ? { ...view, now: opensAt } : view;
  if (choice.withinMs === 0 || choice.arms.some((arm) => isTaken(arm, choice, open))) return [opensAt];
  const silences = choice.arms.map(({ when }) => (when === undefined ? undefined : holdsFirstAt(when, open)));
  return [opensAt + choice.withinMs, ...silences.filter((at) => at !== undefined)];
}
