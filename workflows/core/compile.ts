/** A plan made ready for deciding: spans in ms, conditions by event type, each remembered condition with its key. Cached per plan object. */
import type { Channel, Qualification, Stage } from '../../events/stripped';
import type { Advance, Condition, FieldTest, Grade, HandOffRule, Phase, Plan, Temperature, Touch } from './plan';
import { markKey } from './marks';
import { msOf } from './time';

/** A condition with its spans in ms; `key` is where its moments are kept in the enrolment's marks. */
export type Node =
  | { readonly kind: 'engaged'; readonly key: string; readonly type: string; readonly times: number; readonly within: number | undefined }
  | { readonly kind: 'clicked'; readonly key: string; readonly touch: string }
  | { readonly kind: 'silentFor'; readonly ms: number; readonly span: string }
  | { readonly kind: 'score'; readonly atLeast: number }
  | { readonly kind: 'grade'; readonly atLeast: Grade }
  | { readonly kind: 'temperature'; readonly is: Temperature }
  | { readonly kind: 'stage'; readonly atLeast: Stage }
  | { readonly kind: 'qualification'; readonly is: Qualification }
  | { readonly kind: 'field'; readonly field: string; readonly test: FieldTest | undefined }
  | { readonly kind: 'consent'; readonly channel: Channel }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Node[] }
  | { readonly kind: 'not'; readonly of: Node };

/** What an event must be to leave a mark. */
export type Watch = {
  readonly key: string;
  readonly type: string;
  readonly where: readonly (readonly [field: string, test: FieldTest])[];
  readonly same: string | undefined;
  readonly times: number;
  readonly within: number | undefined;
  /** Hand-off rules ask again after a close, so theirs keep the newest moments; others stop once they hold. */
  readonly rolling: boolean;
};

export type CompiledTouch = {
  readonly touch: Touch;
  readonly afterMs: number;
  /** Present where the touch waits for a condition; `key` only where its first moment cannot be told from marks. */
  readonly since: { readonly of: Node; readonly key: string | undefined } | undefined;
  readonly when: Node | undefined;
  readonly unless: Node | undefined;
};
export type CompiledAdvance = {
  readonly rule: Advance;
  readonly when: Node;
  /** Marks that a `stay` rule has fired. */ readonly key: string;
};
export type CompiledPhase = {
  readonly name: string;
  readonly phase: Phase;
  readonly touches: readonly CompiledTouch[];
  readonly advance: readonly CompiledAdvance[];
  readonly exhaustedAfterMs: number;
};
export type CompiledHandOff = { readonly rule: HandOffRule; readonly id: string; readonly when: Node; readonly asks: boolean };
export type CompiledPlan = {
  readonly plan: Plan;
  readonly watches: ReadonlyMap<string, readonly Watch[]>;
  /** Keys of `clicked` conditions by touch. */
  readonly clicks: ReadonlyMap<string, string>;
  readonly goal: Node | undefined;
  readonly exit: readonly Node[];
  readonly handOff: readonly CompiledHandOff[];
  readonly entry: readonly { readonly to: string; readonly when: Node | undefined }[];
  readonly phases: ReadonlyMap<string, CompiledPhase>;
  /** Waits whose first moment must be remembered when it comes. */
  readonly lateSinces: readonly { readonly of: Node; readonly key: string }[];
  readonly hasService: boolean;
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
  const lateSinces: { of: Node; key: string }[] = [];
  const touchOf = (touch: Touch): CompiledTouch => {
    const since = typeof touch.after === 'string' ? undefined : { of: node(touch.after.of), key: undefined as string | undefined };
    if (since !== undefined && !derivable(since.of)) {
      since.key = `s.${touch.id}`;
      lateSinces.push({ of: since.of, key: since.key });
    }
    return {
      touch,
      afterMs: msOf(typeof touch.after === 'string' ? touch.after : touch.after.span),
      since,
      when: optional(touch.when, node),
      unless: optional(touch.unless, node),
    };
  };
  const phaseOf = (name: string, phase: Phase): CompiledPhase => ({
    name,
    phase,
    touches: phase.touches.map(touchOf),
    advance: phase.advance.map((rule, at) => ({ rule, when: node(rule.when), key: `a.${name}.${at}` })),
    exhaustedAfterMs: msOf(phase.exhaustedAfter),
  });
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
  const hasService = Object.values(plan.phases).some(({ touches }) => touches.some(({ purpose }) => purpose === 'service'));
  return { plan, watches: keys.watches, clicks: keys.clicks, goal, exit, handOff, entry, phases, lateSinces, hasService };
}

const optional = <T, U>(value: T | undefined, make: (value: T) => U): U | undefined => (value === undefined ? undefined : make(value));

type Keys = {
  readonly watches: Map<string, Watch[]>;
  readonly clicks: Map<string, string>;
  readonly keyOf: (identity: string, times: number, rolling: boolean) => { readonly key: string; readonly fresh: boolean };
};

/** Equal conditions share a key, so their moments are kept once. */
function createKeys(): Keys {
  const known = new Map<string, string>();
  const keyOf: Keys['keyOf'] = (identity, times, rolling) => {
    const key = known.get(identity);
    if (key !== undefined) return { key, fresh: false };
    const fresh = markKey(known.size, times, rolling);
    known.set(identity, fresh);
    return { key: fresh, fresh: true };
  };
  return { watches: new Map(), clicks: new Map(), keyOf };
}

type Engaged = Extract<Condition, { kind: 'engaged' }>;

function nodeOf(condition: Condition, keys: Keys, rolling: boolean): Node {
  switch (condition.kind) {
    case 'engaged':
      return engagedNode(condition, keys, rolling);
    case 'clicked': {
      const { key } = keys.keyOf(`clicked ${condition.touch}`, 1, false);
      keys.clicks.set(condition.touch, key);
      return { kind: 'clicked', key, touch: condition.touch };
    }
    case 'silentFor':
      return { kind: 'silentFor', ms: msOf(condition.span), span: condition.span };
    case 'field':
      return { kind: 'field', field: condition.field, test: condition.test };
    case 'all':
    case 'any':
      return { kind: condition.kind, of: condition.of.map((part) => nodeOf(part, keys, rolling)) };
    case 'not':
      return { kind: 'not', of: nodeOf(condition.of, keys, rolling) };
    default:
      return condition;
  }
}

function engagedNode({ type, where = {}, times = 1, within, same }: Engaged, keys: Keys, rolling: boolean): Node {
  const tests = Object.entries(where);
  const { key, fresh } = keys.keyOf(JSON.stringify(['engaged', type, tests, times, within, same, rolling]), times, rolling);
  const withinMs = optional(within, msOf);
  if (fresh)
    keys.watches.set(type, [...(keys.watches.get(type) ?? []), { key, type, where: tests, same, times, within: withinMs, rolling }]);
  return { kind: 'engaged', key, type, times, within: withinMs };
}

/** Can the first moment the condition held be told from marks and the last engagement? */
function derivable(node: Node): boolean {
  if (node.kind === 'all' || node.kind === 'any') return node.of.every(derivable);
  return node.kind === 'engaged' || node.kind === 'clicked' || node.kind === 'silentFor';
}

/** Does the condition name an event, so that it can be asked again after a close? */
function asksEvents(condition: Condition): boolean {
  if (condition.kind === 'all' || condition.kind === 'any') return condition.of.some(asksEvents);
  return condition.kind === 'engaged' || condition.kind === 'clicked';
}

/** Every part of a condition, itself included. */
export function* partsOf(node: Node): Generator<Node> {
  yield node;
  if (node.kind === 'all' || node.kind === 'any') for (const part of node.of) yield* partsOf(part);
  if (node.kind === 'not') yield* partsOf(node.of);
}
