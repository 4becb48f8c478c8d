/** Ways through a plan that cannot be right: arms and rules that are never taken, waits that nothing ends, rounds without a wait. Knows no lead. */
import type { Report } from './check-condition';
import type { Condition } from './condition';
import { excludes, implies } from './implies';
import type { Phase, Plan, Step } from './plan';
import { everyStep, stepsOf } from './steps';
import { parseSpan } from './time';

/** Can it have run out the moment it is entered? A date may lie behind whoever comes late. */
export const mayRunOutAtOnce = ({ exhaustedAfter, exhaustedAt }: Phase): boolean =>
  exhaustedAt !== undefined || parseSpan(exhaustedAfter) === 0;

export function checkWays(plan: Plan, report: Report): void {
  for (const { path, step } of everyStep(plan)) if (step.kind === 'choose') checkArms(step, path, report);
  for (const [name, { advance }] of Object.entries(plan.phases))
    advance.forEach(({ when }, at) => {
      const before = advance.slice(0, at).findIndex((rule) => rule.to !== undefined && implies(when, rule.when));
      if (before >= 0)
        report(`phases.${name}.advance[${at}]`, `is never taken: advance[${before}] holds whenever it does, and comes first`);
    });
  checkClicks(plan, report);
  checkRounds(plan, report);
}

function checkArms({ arms, otherwise }: Extract<Step, { kind: 'choose' }>, path: string, report: Report): void {
  arms.forEach(({ name, when }, at) => {
    if (when === undefined) return;
    const before = arms.slice(0, at).find((arm) => arm.when !== undefined && implies(when, arm.when));
    if (before !== undefined)
      report(`${path}.arms[${at}]`, `"${name}" is never taken: "${before.name}" holds whenever it does, and comes first`);
  });
  const shares = arms.reduce((sum, { share }) => sum + (share ?? 0), 0);
  if (shares === 100 && (otherwise ?? []).length > 0) report(`${path}.otherwise`, 'is never taken: the shares leave nobody');
}

/** A step that waits for a click in itself, or in one that comes after it in its phase, waits for ever. */
function checkClicks(plan: Plan, report: Report): void {
  for (const [name, phase] of Object.entries(plan.phases)) {
    const steps = stepsOf(name, phase);
    steps.forEach(({ path, step }, at) => {
      const after = 'after' in step ? step.after : undefined;
      if (after === undefined || typeof after === 'string' || !('of' in after)) return;
      const late = neededClicks(after.of).find((touch) => steps.slice(at).some((one) => one.step.id === touch));
      if (late !== undefined)
        report(`${path}.after`, `waits for a click in "${late}", which is not sent before it: nothing can end this wait`);
    });
  }
}

/** Touches without a click in one of which the condition cannot hold. */
function neededClicks(condition: Condition): readonly string[] {
  if (condition.kind === 'clicked') return [condition.touch];
  return condition.kind === 'all' ? condition.of.flatMap(neededClicks) : [];
}

type Edge = { readonly path: string; readonly from: string; readonly to: string; readonly when: Condition | undefined };

/** Phases that lead to each other by conditions which can all hold at once go round for ever. */
function checkRounds(plan: Plan, report: Report): void {
  const edges = edgesOf(plan);
  const told = new Set<string>();
  for (const round of roundsIn(edges)) {
    const whens = round.flatMap(({ when }) => when ?? []);
    if (whens.some((a, at) => whens.slice(at + 1).some((b) => excludes(a, b)))) continue;
    const first = round[0];
    if (first === undefined || told.has(first.path)) continue;
    told.add(first.path);
    const ways = [...round.map(({ from }) => from), first.from].join(' -> ');
    report(
      first.path,
      `goes round without a wait (${ways}): all of it can hold at once; let one condition count from the phase (from: 'phase'), or one phase run out after a span alone`,
    );
  }
}

/** Ways on that may be open the moment a phase is entered. */
const edgesOf = (plan: Plan): readonly Edge[] =>
  Object.entries(plan.phases).flatMap(([from, phase]) => [
    ...phase.advance.flatMap(({ to, when }, at): Edge[] =>
      to === undefined || to === from || waits(when) ? [] : [{ path: `phases.${from}.advance[${at}]`, from, to, when }],
    ),
    ...(phase.exhausted?.to === undefined || !mayRunOutAtOnce(phase)
      ? []
      : [{ path: `phases.${from}.exhausted`, from, to: phase.exhausted.to, when: undefined }]),
  ]);

/** Can it not hold at the entry to a phase? */
function waits(condition: Condition): boolean {
  if (condition.kind === 'engaged') return condition.from === 'phase';
  if (condition.kind === 'all') return condition.of.some(waits);
  return condition.kind === 'any' && condition.of.every(waits);
}

const mostRounds = 200;

/** Simple rounds, each told from its first phase in the order of the edges; so many at most. */
function roundsIn(edges: readonly Edge[]): readonly (readonly Edge[])[] {
  const order = [...new Set(edges.map(({ from }) => from))];
  const rounds: (readonly Edge[])[] = [];
  const walk = (start: number, way: readonly Edge[]): void => {
    const here = way.at(-1)?.to ?? order[start];
    for (const edge of edges) {
      if (edge.from !== here || rounds.length >= mostRounds) continue;
      if (edge.to === order[start]) rounds.push([...way, edge]);
      else if (order.indexOf(edge.to) > start && !way.some(({ from }) => from === edge.to)) walk(start, [...way, edge]);
    }
  };
  order.forEach((_, at) => walk(at, []));
  return rounds;
}
