/** Every step of a plan with the place it stands at, those inside choices too. Knows no lead. */
import type { Phase, Plan, Step, Touch } from './plan';

export type PlacedStep<S extends Step = Step> = {
  /** `phases.start.touches[1].arms[0].touches[2]` */
  readonly path: string;
  readonly phase: string;
  readonly step: S;
};

export const everyStep = (plan: Pick<Plan, 'phases'>): readonly PlacedStep[] =>
  Object.entries(plan.phases).flatMap(([name, phase]) => stepsOf(name, phase));

export const stepsOf = (name: string, phase: Phase): readonly PlacedStep[] => placed(name, phase.touches, `phases.${name}.touches`);

/** Those that send a message to the lead. */
export const everyTouch = (plan: Pick<Plan, 'phases'>): readonly PlacedStep<Touch>[] =>
  everyStep(plan).filter((one): one is PlacedStep<Touch> => one.step.kind === undefined);

function placed(phase: string, steps: readonly Step[], path: string): readonly PlacedStep[] {
  return steps.flatMap((step, at) => {
    const here = { path: `${path}[${at}]`, phase, step };
    if (step.kind !== 'choose') return [here];
    const arms = step.arms.flatMap(({ touches }, arm) => placed(phase, touches, `${here.path}.arms[${arm}].touches`));
    return [here, ...arms, ...placed(phase, step.otherwise ?? [], `${here.path}.otherwise`)];
  });
}
