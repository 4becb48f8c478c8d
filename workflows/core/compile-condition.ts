/** Conditions made ready for asking: spans in ms, and the key under which the moments of each remembered one are kept. */
import type { Channel, Qualification, Stage } from '../../events/stripped';
import { markKey } from './marks';
import type { Condition, FieldTest, Grade, Temperature } from './plan';
import { dayMs, msOf } from './time';

/** A condition with its spans in ms; `key` is where its moments are kept in the enrolment's marks. */
export type Node =
  | {
      readonly kind: 'engaged';
      readonly key: string;
      readonly type: string;
      readonly times: number;
      readonly within: number | undefined;
      readonly ofPhase: boolean;
    }
  | { readonly kind: 'clicked'; readonly key: string; readonly touch: string }
  | { readonly kind: 'silentFor'; readonly ms: number; readonly span: string }
  | { readonly kind: 'score'; readonly atLeast: number }
  /** `days`: UTC days that count, today included. */
  | { readonly kind: 'gained'; readonly points: number; readonly days: number; readonly span: string }
  | { readonly kind: 'cohort'; readonly name: string; readonly percent: number }
  | { readonly kind: 'segment' | 'persona'; readonly name: string }
  | { readonly kind: 'grade'; readonly atLeast: Grade }
  | { readonly kind: 'pain' | 'fit'; readonly atLeast: number }
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
  /** Only events since the entry to the phase the lead is in leave a mark. */
  readonly ofPhase: boolean;
};

export const optional = <T, U>(value: T | undefined, make: (value: T) => U): U | undefined =>
  value === undefined ? undefined : make(value);

export type Keys = {
  readonly watches: Map<string, Watch[]>;
  readonly clicks: Map<string, string>;
  readonly keyOf: (
    identity: string,
    times: number,
    rolling: boolean,
    ofPhase: boolean,
  ) => { readonly key: string; readonly fresh: boolean };
};

/** Equal conditions share a key, so their moments are kept once. */
export function createKeys(): Keys {
  const known = new Map<string, string>();
  const keyOf: Keys['keyOf'] = (identity, times, rolling, ofPhase) => {
    const key = known.get(identity);
    if (key !== undefined) return { key, fresh: false };
    const fresh = markKey(known.size, times, rolling, ofPhase);
    known.set(identity, fresh);
    return { key: fresh, fresh: true };
  };
  return { watches: new Map(), clicks: new Map(), keyOf };
}

type Engaged = Extract<Condition, { kind: 'engaged' }>;

export function nodeOf(condition: Condition, keys: Keys, rolling: boolean): Node {
  switch (condition.kind) {
    case 'engaged':
      return engagedNode(condition, keys, rolling);
    case 'clicked': {
      const { key } = keys.keyOf(`clicked ${condition.touch}`, 1, false, false);
      keys.clicks.set(condition.touch, key);
      return { kind: 'clicked', key, touch: condition.touch };
    }
    case 'silentFor':
      return { kind: 'silentFor', ms: msOf(condition.span), span: condition.span };
    case 'field':
      return { kind: 'field', field: condition.field, test: condition.test };
    case 'gained':
      return { kind: 'gained', points: condition.points, days: Math.ceil(msOf(condition.within) / dayMs), span: condition.within };
    case 'all':
    case 'any':
      return { kind: condition.kind, of: condition.of.map((part) => nodeOf(part, keys, rolling)) };
    case 'not':
      return { kind: 'not', of: nodeOf(condition.of, keys, rolling) };
    default:
      return condition;
  }
}

function engagedNode({ type, where = {}, times = 1, within, same, from }: Engaged, keys: Keys, rolling: boolean): Node {
  const tests = Object.entries(where);
  const ofPhase = from === 'phase';
  const identity = JSON.stringify(['engaged', type, tests, times, within, same, rolling, ofPhase]);
  const { key, fresh } = keys.keyOf(identity, times, rolling, ofPhase);
  const withinMs = optional(within, msOf);
  if (fresh)
    keys.watches.set(type, [
      ...(keys.watches.get(type) ?? []),
      { key, type, where: tests, same, times, within: withinMs, rolling, ofPhase },
    ]);
  return { kind: 'engaged', key, type, times, within: withinMs, ofPhase };
}

/** Can the first moment the condition held be told from marks and the last engagement? */
export function derivable(node: Node): boolean {
  if (node.kind === 'all' || node.kind === 'any') return node.of.every(derivable);
  return node.kind === 'engaged' || node.kind === 'clicked' || node.kind === 'silentFor';
}

/** Does the condition name an event, so that it can be asked again after a close? */
export function asksEvents(condition: Condition): boolean {
  if (condition.kind === 'all' || condition.kind === 'any') return condition.of.some(asksEvents);
  return condition.kind === 'engaged' || condition.kind === 'clicked';
}

const parts = new WeakMap<Node, readonly Node[]>();

/** Every part of a condition, itself included; looked through once a condition, because wakes ask all of them all the time. */
export function partsOf(node: Node): readonly Node[] {
  const known = parts.get(node);
  if (known !== undefined) return known;
  const made: Node[] = [node];
  if (node.kind === 'all' || node.kind === 'any') for (const part of node.of) made.push(...partsOf(part));
  if (node.kind === 'not') made.push(...partsOf(node.of));
  parts.set(node, made);
  return made;
}
