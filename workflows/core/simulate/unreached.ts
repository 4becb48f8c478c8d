/** What nobody ever received, and why, told from the sums and the plans: phases nobody came into, touches nobody got, ways nobody took. Knows no lead. */
import { compiledPlan } from '../compile';
import type { CompiledPlan, CompiledPhase } from '../compile';
import { partsOf } from '../compile-condition';
import type { Node } from '../compile-condition';
import type { Plan } from '../plan';
import type { CompiledChoice, CompiledDeed, CompiledStep } from '../program';
import { say } from '../sayings';
import type { InScope } from './scope';
import type { Counts, Tally } from './tally';

/** `name`: `phase`, `phase/touch`, `phase/choice/arm` or a content id. */
export type Unreached = {
  readonly what: 'sequence' | 'phase' | 'touch' | 'way' | 'content';
  readonly sequence: string;
  readonly name: string;
  readonly because: string;
};

export function unreachedOf(scope: readonly InScope[], tally: Tally): readonly Unreached[] {
  return scope.flatMap(({ plan }) => {
    const entered = tally.counts[`enrolled.${plan.id}`] ?? 0;
    if (entered === 0) return [{ what: 'sequence', sequence: plan.id, name: plan.id, because: 'nobody came onto it' } as const];
    const compiled = compiledPlan(plan);
    return [...[...compiled.phases.values()].flatMap((phase) => ofPhase(compiled, phase, tally)), ...contentOf(plan, tally)];
  });
}

function ofPhase({ plan }: CompiledPlan, phase: CompiledPhase, tally: Tally): readonly Unreached[] {
  const sequence = plan.id;
  const counts = tally.byPhase[`${sequence}/${phase.name}`];
  if ((counts?.['entered'] ?? 0) === 0) return [{ what: 'phase', sequence, name: phase.name, because: whyNotInto(plan, phase.name) }];
  return phase.program.flatMap((step) =>
    step.kind === 'choose' ? waysOf(sequence, phase.name, step, tally) : ofStep(sequence, phase, step, tally),
  );
}

/** The ways there are into a phase. */
function whyNotInto(plan: Plan, phase: string): string {
  const compiled = compiledPlan(plan);
  const ways = [...compiled.phases.values()].flatMap(({ name, advance, phase: { exhausted } }) => [
    ...advance.flatMap(({ rule, when }) => (rule.to === phase ? [`${say(when)} in phase ${name}`] : [])),
    ...(exhausted?.to === phase ? [`phase ${name} running out`] : []),
  ]);
  const entries = compiled.entry.flatMap(({ to, when }) =>
    to === phase ? [when === undefined ? 'an entry that no entry before it takes' : `${say(when)} at entry`] : [],
  );
  const all = [...entries, ...ways];
  return all.length === 0 ? 'no way leads into the phase' : `nobody came into the phase; it takes ${all.join(', or ')}`;
}

function ofStep(sequence: string, phase: CompiledPhase, step: CompiledStep | CompiledDeed, tally: Tally): readonly Unreached[] {
  const counts = tally.byTouch[`${sequence}/${phase.name}/${step.step.id}`] ?? {};
  if ((counts['sent'] ?? 0) > 0 || (counts['done'] ?? 0) > 0) return [];
  return [{ what: 'touch', sequence, name: `${phase.name}/${step.step.id}`, because: whyNobody(counts, step, tally) }];
}

const people = (number: number): string => `${number} ${number === 1 ? 'person' : 'people'}`;

function whyNobody(counts: Counts, step: CompiledStep | CompiledDeed, tally: Tally): string {
  const reached = counts['reached'] ?? 0;
  if (reached === 0) return 'nobody came so far in its phase';
  const withheld = Object.entries(counts)
    .filter(([name]) => name.startsWith('withheld.'))
    .sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
    .map(([name, number]) => `${number} not sent because of ${conditionOr(name.slice(9), step)}`);
  const others = (['refused', 'uncertain'] as const).flatMap((name) => (counts[name] === undefined ? [] : [`${counts[name]} ${name}`]));
  const waiting = counts['waiting'] ?? 0;
  const closed = [...withheld, ...others];
  const waits = step.since === undefined ? '' : `; it waits for ${say(step.since.of)}${neverDone(step.since.of, tally)}`;
  const left =
    closed.length > 0 ? closed.join(', ') : waiting === reached ? 'all of them still wait' : 'they left the phase before it was due';
  return `${people(reached)} came to it: ${left}${waiting > 0 && waiting < reached ? `, ${waiting} still wait` : ''}${waits}`;
}

/** The plan's own condition is said in its words. */
function conditionOr(because: string, { when, unless }: CompiledStep | CompiledDeed): string {
  if (because !== 'condition') return because;
  return [when === undefined ? undefined : `when ${say(when)}`, unless === undefined ? undefined : `unless ${say(unless)}`]
    .filter((part) => part !== undefined)
    .join(', ');
}

/** An event nobody did is what a behaviour or a tracker has to bring. */
function neverDone(node: Node, tally: Tally): string {
  const types = partsOf(node).flatMap((part) => (part.kind === 'engaged' ? [part.type] : part.kind === 'clicked' ? ['email.clicked'] : []));
  const never = [...new Set(types)].filter((type) => tally.counts[`human.${type}`] === undefined);
  return never.length === 0 ? '' : `, and nobody did ${never.join(' or ')}`;
}

function waysOf(sequence: string, phase: string, choice: CompiledChoice, tally: Tally): readonly Unreached[] {
  const name = `${phase}/${choice.step.id}`;
  const taken = tally.byArm[`${sequence}/${name}`];
  if (taken === undefined) return [{ what: 'way', sequence, name, because: 'nobody came to the choice, or it never opened' }];
  const arms = [...choice.arms.map((arm) => arm.name), ...(choice.step.otherwise === undefined ? [] : ['otherwise'])];
  return arms
    .filter((arm) => (taken[arm] ?? 0) === 0)
    .map((arm) => ({
      what: 'way',
      sequence,
      name: `${name}/${arm}`,
      because: `${people(sum(taken))} came to the choice, all went another way`,
    }));
}
const sum = (counts: Counts): number => Object.values(counts).reduce((total, number) => total + number, 0);

/** Arms of a test that nobody fell into; a piece without arms is told by its touch. */
function contentOf(plan: Plan, tally: Tally): readonly Unreached[] {
  const sequence = plan.id;
  return [...compiledPlan(plan).phases.values()].flatMap(({ name, program }) =>
    program.flatMap((step) => {
      if (step.kind !== 'step' || !('variants' in step.step) || step.step.variants === undefined) return [];
      const { id, content = id, variants } = step.step;
      if (tally.byTouch[`${sequence}/${name}/${id}`]?.['sent'] === undefined) return [];
      return Object.keys(variants)
        .filter((arm) => tally.byContent[`${content}.${arm}`] === undefined)
        .map((arm) => ({
          what: 'content' as const,
          sequence,
          name: `${content}.${arm}`,
          because: `nobody of those who got ${id} fell into this arm`,
        }));
    }),
  );
}
