/** A sequence as a Mermaid flowchart: phases as boxes, steps in order, choices as forks, the ways between phases. Knows no lead. */
import type { Advance, Choose, Deed, Phase, Plan, Step, Touch } from '../core/plan';
import { stageWords } from './words';
import { shortCondition, shortDate, shortTiming } from './short-words';

/** Lines of Mermaid text, without the fence. */
export function drawPlan(plan: Plan): string {
  const phases = Object.entries(plan.phases);
  const entries = plan.entry.length === 0 ? phases.slice(0, 1).map(([to]) => ({ to, when: undefined })) : plan.entry;
  const begins = plan.on === undefined ? 'enrolled' : shortCondition(plan.on);
  const ends = phases.some(([, phase]) => leavesIn(phase)) || plan.goal !== undefined || plan.exit.length > 0;
  return [
    'flowchart TD',
    `  enter([${quoted(begins)}])`,
    ...entries.map(({ to, when }) => `  enter ${arrow(when === undefined ? '' : shortCondition(when))} ${phaseId(to)}`),
    ...phases.flatMap(([name, phase]) => drawPhase(name, phase)),
    ...phases.flatMap(([name, phase]) => drawWays(name, phase)),
    ...plan.handOff.flatMap(({ name, when }) => [
      `  ${id('handoff', name)}{{${quoted(`rep: ${name}`)}}}`,
      `  any ${arrow(shortCondition(when))} ${id('handoff', name)}`,
    ]),
    ...(plan.goal === undefined ? [] : [`  any ${arrow(shortCondition(plan.goal))} goal([${quoted('goal')}])`]),
    ...plan.exit.map((exit) => `  any ${arrow(shortCondition(exit))} over`),
    ...(plan.handOff.length > 0 || plan.goal !== undefined || plan.exit.length > 0 ? [`  any(("anywhere"))`] : []),
    ...(ends ? [`  over(["over"])`] : []),
  ].join('\n');
}

/** Mermaid takes letters, digits and _ in ids; the kind in front keeps a touch and a phase of one name apart. */
const id = (kind: string, name: string): string => `${kind}_${name.replace(/[^A-Za-z0-9]/g, '_')}`;
const phaseId = (name: string): string => id('phase', name);
/** `"` and `#` have a meaning in Mermaid's text. */
const quoted = (text: string): string => `"${text.replace(/#/g, '#35;').replace(/"/g, '#quot;')}"`;
const arrow = (label: string, kind = '-->'): string => (label === '' ? kind : `${kind}|${quoted(label)}|`);

const leavesIn = ({ advance, exhausted }: Phase): boolean =>
  exhausted?.to === undefined ||
  advance.some((rule) => rule.to === undefined && endsAlone(rule) === undefined && (rule.start === undefined || rule.stay !== true));

function drawPhase(name: string, phase: Phase): readonly string[] {
  const title = [
    name,
    ...(phase.stage === undefined ? [] : [stageWords[phase.stage]]),
    `at most ${phase.exhaustedAfter}`,
    ...(phase.exhaustedAt === undefined ? [] : [`until ${shortDate(phase.exhaustedAt)}`]),
  ].join(' · ');
  const body = drawSteps(phase.touches, []).lines;
  return [
    `  subgraph ${phaseId(name)} [${quoted(title)}]`,
    '    direction TB',
    ...(body.length === 0 ? [`    ${id('rest', name)}(["waits"])`] : body.map((line) => `    ${line}`)),
    '  end',
  ];
}

type Drawn = { readonly lines: readonly string[]; /** Where the next arrow starts, each with its label. */ readonly from: readonly Tail[] };
type Tail = { readonly node: string; readonly label: string };

function drawSteps(steps: readonly Step[], from: readonly Tail[]): Drawn {
  let tails = from;
  const lines: string[] = [];
  for (const step of steps) {
    const drawn =
      step.kind === 'choose' ? drawChoice(step, tails) : drawStep(step, tails, step.kind === undefined ? partsOf(step) : doing(step));
    lines.push(...drawn.lines);
    tails = drawn.from;
  }
  return { lines, from: tails };
}

function partsOf(step: Touch): readonly string[] {
  const arms = Object.entries(step.variants ?? {}).map(([variant, weight]) => `${variant} ${weight}%`);
  return [
    ...(step.pool === undefined ? [] : [`a piece ${step.pool.every === 'preferred' ? 'as often as liked' : `every ${step.pool.every}`}`]),
    ...(arms.length === 0 ? [] : [arms.join(' / ')]),
    ...(step.from === undefined || step.from === 'brand' ? [] : [`from ${step.from}`]),
    ...(step.attach === undefined ? [] : ['calendar entry']),
  ];
}

/** What a step does that writes nothing to the person. */
function doing(deed: Deed): readonly string[] {
  if (deed.kind === 'run') return [`runs ${deed.effect}`];
  return [deed.kind === 'tell' ? `tells ${deed.whom}: ${deed.event}` : 'task for a rep'];
}

function drawStep(step: Exclude<Step, Choose>, from: readonly Tail[], more: readonly string[]): Drawn {
  const node = id('step', step.id);
  const when = [
    shortTiming(step),
    ...(step.when === undefined ? [] : [`if ${shortCondition(step.when)}`]),
    ...(step.unless === undefined ? [] : [`unless ${shortCondition(step.unless)}`]),
  ];
  const text = [step.id, ...when.filter((part) => part !== ''), ...more].join('<br/>');
  return {
    lines: [`${node}[${quoted(text)}]`, ...from.map((tail) => `${tail.node} ${arrow(tail.label)} ${node}`)],
    from: [{ node, label: '' }],
  };
}

function drawChoice(choice: Choose, from: readonly Tail[]): Drawn {
  const node = id('choice', choice.id);
  const text = [
    choice.id,
    ...[shortTiming(choice)].filter((part) => part !== ''),
    ...(choice.within === undefined ? [] : [`waits ${choice.within}`]),
  ].join('<br/>');
  const ways = [
    ...choice.arms.map(({ name, when, share, touches }) => ({
      label: when === undefined ? `${name}: ${share ?? 100}%` : `${name}: ${shortCondition(when)}`,
      touches,
    })),
    { label: 'otherwise', touches: choice.otherwise ?? [] },
  ].map(({ label, touches }) => drawSteps(touches, [{ node, label }]));
  return {
    lines: [
      `${node}{${quoted(text)}}`,
      ...from.map((tail) => `${tail.node} ${arrow(tail.label)} ${node}`),
      ...ways.flatMap(({ lines }) => lines),
    ],
    from: ways.flatMap((way) => way.from),
  };
}

const wayLabel = ({ when, endOther }: Advance): string => `${shortCondition(when)}${endOther === undefined ? '' : `, ends ${endOther}`}`;
/** A rule that only ends another sequence leads nowhere in this one. */
const endsAlone = ({ to, start, end, endOther }: Advance): string | undefined =>
  endOther === undefined || (to ?? start ?? end) !== undefined ? undefined : `${id('ended', endOther)}([${quoted(`${endOther} ends`)}])`;

function drawWays(name: string, { advance, exhausted, exhaustedAfter }: Phase): readonly string[] {
  const target = (to: string | undefined, start: string | undefined): string =>
    to === undefined ? (start === undefined ? 'over' : `${id('sequence', start)}[[${quoted(start)}]]`) : phaseId(to);
  return [
    ...advance.map((rule) => `  ${phaseId(name)} ${arrow(wayLabel(rule))} ${endsAlone(rule) ?? target(rule.to, rule.start)}`),
    `  ${phaseId(name)} ${arrow(`after ${exhaustedAfter}`, '-.->')} ${target(exhausted?.to, exhausted?.start)}`,
  ];
}
