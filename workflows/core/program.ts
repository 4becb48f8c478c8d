/** A phase as a list of instructions: choices become forks with addresses, so that one number says where an enrolment stands. */
import { askPerson, takesTraits } from './asks-person';
import type { Lapse, LocalTimes } from './calendar';
import { lapseOf } from './calendar';
import type { Keys, Node } from './compile-condition';
import { derivable, nodeOf, optional, partsOf } from './compile-condition';
import { localTimesOf } from './local-time';
import { sinceKey } from './marks';
import type { Arm, At, Choose, Deed, Phase, Pool, Since, Step, Timing, Touch } from './plan';
import { settingKey } from './plan-settings';
import { msOf } from './time';

export type CompiledDate = { readonly field: string; readonly side: At['side']; readonly span: string; readonly lapse: Lapse };
export const compiledDate = ({ field, side, span }: At): CompiledDate => ({ field, side, span, lapse: lapseOf(span) });

export type Timed = {
  /** From the step before, or from what `since` says. */
  readonly after: Lapse;
  /** Where the campaign says how long instead of `after`: the field of the enrolment's data that holds the span. */
  readonly afterOf: string | undefined;
  /** Present where the step waits for a condition; `key` only where its first moment cannot be told from marks. */
  readonly since: { readonly of: Node; readonly key: string | undefined; readonly latest: boolean } | undefined;
  readonly at: CompiledDate | undefined;
  readonly on: LocalTimes | undefined;
  /** A pool: how its later pieces follow each other. */
  readonly pool: Pool | undefined;
  /** What it says depends on who the person is. */
  readonly asksPerson: boolean;
  /** A step at a date that had passed before its turn is withheld. */
  readonly skipsPast: boolean;
};
/** A message, done once when due. */
export type CompiledStep = Timed & {
  readonly kind: 'step';
  readonly step: Touch;
  readonly when: Node | undefined;
  readonly unless: Node | undefined;
};
export type CompiledDeed = Omit<CompiledStep, 'kind' | 'step'> & { readonly kind: 'deed'; readonly step: Deed };
/** The addresses of an arm's steps: from `at` up to, not including, `end`. */
type Block = { readonly at: number; readonly end: number };
export type CompiledArm = Block & {
  readonly name: string;
  readonly when: Node | undefined;
  /** Arms by lot: the numbers from `from` up to, not including, `to` of 0..99. */
  readonly lot: { readonly from: number; readonly to: number } | undefined;
};
export type CompiledChoice = Timed & {
  readonly kind: 'choose';
  readonly step: Choose;
  readonly withinMs: number;
  readonly arms: readonly CompiledArm[];
  readonly otherwise: Block;
  /** Where the list goes on behind the choice. */
  readonly behind: number;
};
export type Compiled = CompiledStep | CompiledDeed | CompiledChoice;
export type Program = readonly Compiled[];
/** A wait whose first moment must be remembered when it comes. */
export type LateSince = { readonly of: Node; readonly key: string };

/** Steps keep their order, so in a phase without choices the address of a step is its index. */
export function programOf(phase: Phase, keys: Keys, lateSinces: LateSince[]): Program {
  const program: Compiled[] = [];
  appendAll(phase.touches, { program, keys, lateSinces });
  return program;
}

type Making = { readonly program: Compiled[]; readonly keys: Keys; readonly lateSinces: LateSince[] };

const appendAll = (steps: readonly Step[], making: Making): void => steps.forEach((step) => append(step, making));

function append(step: Step, making: Making): void {
  if (step.kind === 'choose') return appendChoice(step, making);
  const node = (condition: Parameters<typeof nodeOf>[0]): Node => nodeOf(condition, making.keys, false);
  const time = timed(step.id, step, making);
  const [when, unless] = [optional(step.when, node), optional(step.unless, node)];
  const rest = { ...time, when, unless, asksPerson: askPerson([when, unless]) || takesTraits(step) };
  making.program.push(step.kind === undefined ? { kind: 'step', step, ...rest } : { kind: 'deed', step, ...rest });
}

function timed(id: string, { after, at, on, ifPast, pool }: Timing & { readonly pool?: Pool }, making: Making): Timed {
  const said = typeof after === 'string' ? undefined : after;
  const span = typeof after === 'string' ? after : said?.kind === 'since' ? said.span : undefined;
  return {
    after: span === undefined ? atOnce : lapseOf(span),
    afterOf: said?.kind === 'setting' ? settingKey(said.name) : undefined,
    since: said?.kind === 'since' ? sinceOf(id, said, making) : undefined,
    at: optional(at, compiledDate),
    on: optional(on, localTimesOf),
    pool,
    asksPerson: false,
    skipsPast: at !== undefined && ifPast !== 'now',
  };
}
const atOnce: Lapse = { days: 0, ms: 0 };

function sinceOf(id: string, after: Since, { keys, lateSinces }: Making): Timed['since'] {
  const latest = after.latest === true;
  // Marks that roll keep the newest moment, others the first.
  const of = nodeOf(after.of, keys, latest);
  const ofPhase = partsOf(of).some((part) => part.kind === 'engaged' && part.ofPhase);
  const key = latest || derivable(of) ? undefined : sinceKey(id, ofPhase);
  if (key !== undefined) lateSinces.push({ of, key });
  return { of, key, latest };
}

/** The fork, then arm by arm its steps, then those of `otherwise`. */
function appendChoice(step: Choose, making: Making): void {
  const { program, keys } = making;
  const timing = timed(step.id, step, making);
  const whens = step.arms.map(({ when }) => optional(when, (condition) => nodeOf(condition, keys, false)));
  const time = { ...timing, skipsPast: false, asksPerson: askPerson(whens) };
  const lots = lotsOf(step.arms);
  const fork = { kind: 'choose', step, ...time, withinMs: optional(step.within, msOf) ?? 0 } as const;
  const here = program.length;
  program.push({ ...fork, arms: [], otherwise: nowhere, behind: 0 });
  const block = (steps: readonly Step[]): Block => {
    const at = program.length;
    appendAll(steps, making);
    return { at, end: program.length };
  };
  const arms = step.arms.map(({ name, touches }, at) => ({ name, when: whens[at], lot: lots[at], ...block(touches) }));
  const otherwise = block(step.otherwise ?? []);
  program[here] = { ...fork, arms, otherwise, behind: program.length };
}
/** Until the addresses are known. */
const nowhere: Block = { at: 0, end: 0 };

function lotsOf(arms: readonly Arm[]): readonly CompiledArm['lot'][] {
  let from = 0;
  return arms.map(({ share }) => {
    if (share === undefined) return undefined;
    from += share;
    return { from: from - share, to: from };
  });
}
