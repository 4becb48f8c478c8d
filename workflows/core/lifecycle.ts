/** What the words of the lifecycle mean and which events are signs of them: one definition for marketing and sales, as data. How it is applied is `qualification.ts`. */
import type { Qualification } from '../../events/stripped';
import type { FieldTest, Grade } from './condition';
import type { Span } from './time';

/** Something a person does that makes them what the sign stands under. */
export type Sign = {
  readonly id: string;
  /** For people, after "because": `filled in a web form`. */
  readonly says: string;
  readonly on: string;
  readonly where?: Readonly<Record<string, FieldTest>>;
  /** Only for people whose grade in the workspace's model is at least this one. */
  readonly grade?: Grade;
  /** Only after so long without the same event again; becoming a customer meanwhile ends it. */
  readonly after?: Span;
};

export type Meaning = {
  /** For people: what the word means. */
  readonly says: string;
  /** Any one of them is enough; the engine's own ways (the profile, the score, hand-offs) hold besides. */
  readonly signs?: readonly Sign[];
};

export type Lifecycle = Readonly<Record<Qualification, Meaning>>;

const sign = (id: string, on: string, says: string): Sign => ({ id, on, says });

/** Where the settings define nothing, as before they could. */
export const usualLifecycle: Lifecycle = {
  suspect: { says: 'Nobody knows the person by name' },
  lead: { says: 'Known by name, or put on a sequence' },
  mql: { says: 'The score says that marketing should win this person' },
  sql: { says: 'A sequence asked for a sales rep' },
  accepted: { says: 'A rep took the person over' },
  opportunity: { says: 'A rep reached the person' },
  customer: {
    says: 'Bought',
    signs: [
      sign('deal-won', 'deal.won', 'deal.won'),
      sign('subscription', 'subscription.started', 'subscription.started'),
      sign('order', 'order.placed', 'order.placed'),
      sign('contract', 'contract.set', 'contract.set'),
      sign('renewal', 'contract.renewed', 'contract.renewed'),
    ],
  },
  recycled: { says: 'Back from sales, nurtured on', signs: [sign('deal-lost', 'deal.lost', 'deal.lost')] },
  disqualified: { says: 'Never to be contacted again', signs: [sign('complaint', 'email.complained', 'complained')] },
};

type BySignal = ReadonlyMap<string, readonly (readonly [to: Qualification, sign: Sign])[]>;
const cache = new WeakMap<Lifecycle, BySignal>();

/** The signs of every word by the event they look at. */
export function signsOf(lifecycle: Lifecycle | undefined, event: string): readonly (readonly [to: Qualification, sign: Sign])[] {
  const defined = lifecycle ?? usualLifecycle;
  const known = cache.get(defined) ?? indexed(defined);
  return known.get(event) ?? none;
}
const none: readonly (readonly [Qualification, Sign])[] = [];

function indexed(lifecycle: Lifecycle): BySignal {
  const made = new Map<string, (readonly [Qualification, Sign])[]>();
  for (const [word, { signs = [] }] of Object.entries(lifecycle) as [Qualification, Meaning][])
    for (const one of signs) made.set(one.on, [...(made.get(one.on) ?? []), [word, one]]);
  cache.set(lifecycle, made);
  return made;
}

/** The sign of that id, and the word it stands under. */
export function signOf(lifecycle: Lifecycle | undefined, id: string): readonly [to: Qualification, sign: Sign] | undefined {
  for (const [word, { signs = [] }] of Object.entries(lifecycle ?? usualLifecycle) as [Qualification, Meaning][])
    for (const one of signs) if (one.id === id) return [word, one];
  return undefined;
}
