/** A plan made ready for deciding: spans in ms, conditions by event type, each remembered condition with its key. Cached per plan object. */
import type { Node, Watch } from './compile-condition';
import { asksEvents, createKeys, nodeOf, optional } from './compile-condition';
import { everyStep, everyTouch } from './steps';
import type { SendTouch } from './effects';
import type { Advance, Condition, HandOffRule, Phase, Plan } from './plan';
import type { CompiledDate, LateSince, Program } from './program';
import { compiledDate, programOf } from './program';
import { msOf } from './time';

export type CompiledAdvance = {
  readonly rule: Advance;
  readonly when: Node;
  /** Marks that a `stay` rule has fired. */ readonly key: string;
};
export type CompiledPhase = {
  readonly name: string;
  readonly phase: Phase;
  readonly program: Program;
  /** Has steps at a date, for which it matters when the one before was due. */
  readonly dated: boolean;
  readonly advance: readonly CompiledAdvance[];
  readonly exhaustedAfterMs: number;
  readonly exhaustedAt: CompiledDate | undefined;
};
export type CompiledHandOff = { readonly rule: HandOffRule; readonly id: string; readonly when: Node; readonly asks: boolean };
export type CompiledPlan = {
  readonly plan: Plan;
  readonly watches: ReadonlyMap<string, readonly Watch[]>;
  /** Keys of `clicked` conditions by touch. */
  readonly clicks: ReadonlyMap<string, string>;
  readonly goal: Node | undefined;
  readonly who: Node | undefined;
  readonly exit: readonly Node[];
  readonly handOff: readonly CompiledHandOff[];
  readonly entry: readonly { readonly to: string; readonly when: Node | undefined }[];
  readonly phases: ReadonlyMap<string, CompiledPhase>;
  readonly lateSinces: readonly LateSince[];
  /** Has steps that an opt-out from marketing leaves alone. */
  readonly outlivesOptOut: boolean;
  readonly accountCap: SendTouch['accountCap'];
};

const cache = new WeakMap<Plan, CompiledPlan>();

export function compiledPlan(plan: Plan): CompiledPlan {
  const known = cache.get(plan);
  if (known !== undefined) return known;
  const made = compile(plan);
  cache.set(plan, made);
  return made;
}

function compile(plan: Plan): CompiledPlan {
  const keys = createKeys();
  const node = (condition: Condition): Node => nodeOf(condition, keys, false);
  const lateSinces: LateSince[] = [];
  const phaseOf = (name: string, phase: Phase): CompiledPhase => {
    const program = programOf(phase, keys, lateSinces);
    return {
      name,
      phase,
      program,
      dated: program.some(({ at }) => at !== undefined),
      advance: phase.advance.map((rule, at) => ({ rule, when: node(rule.when), key: `a.${name}.${at}` })),
      exhaustedAfterMs: msOf(phase.exhaustedAfter),
      exhaustedAt: optional(phase.exhaustedAt, compiledDate),
    };
  };
  // The order fixes the keys: a published plan never changes, so neither do they. Keep it.
  const goal = optional(plan.goal, node);
  const exit = plan.exit.map(node);
  const handOff = plan.handOff.map((rule) => ({
    rule,
    id: `${plan.id}.${rule.name}`,
    when: nodeOf(rule.when, keys, true),
    asks: asksEvents(rule.when),
  }));
  const entry = plan.entry.map(({ to, when }) => ({ to, when: optional(when, node) }));
  const phases = new Map(Object.entries(plan.phases).map(([name, phase]) => [name, phaseOf(name, phase)]));
  const cap = plan.cap?.account;
  const accountCap = optional(cap, ({ people, per }) => ({ people, perMs: msOf(per) }));
  // What came to the language later is compiled last, so that the keys of older plans stay.
  const who = optional(plan.who, node);
  const outlivesOptOut =
    everyTouch(plan).some(({ step }) => step.purpose === 'service') ||
    everyStep(plan).some(({ step }) => step.kind === 'run' || step.kind === 'tell' || step.kind === 'task');
  return {
    plan,
    watches: keys.watches,
    clicks: keys.clicks,
    goal,
    who,
    exit,
    handOff,
    entry,
    phases,
    lateSinces,
    outlivesOptOut,
    accountCap,
  };
}
