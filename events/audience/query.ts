/** A question about people as marketing asks it: its parts as data. Knows no store. */

export type Value = string | number | boolean;
export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** `at`: column of the first letter in the text, from 1. `said`: the part as it was written. */
type Place = { readonly at: number; readonly said: string };

export type Part = Place &
  (
    | { readonly kind: 'compare'; readonly field: string; readonly op: Comparison; readonly value: Value }
    | { readonly kind: 'oneOf'; readonly field: string; readonly values: readonly Value[] }
    | { readonly kind: 'known'; readonly field: string }
    /** Is in a list, a segment, ... of that name. */
    | { readonly kind: 'in'; readonly what: Group; readonly name: string }
    /** A message of that content, or any, went out; within so many days. */
    | { readonly kind: 'received'; readonly content?: string; readonly days?: number }
    /** They did it; `content` in that piece of content. */
    | { readonly kind: 'did'; readonly event: string; readonly content?: string; readonly times: number; readonly days?: number }
    /** A date field within so many days before now. */
    | { readonly kind: 'within'; readonly field: string; readonly days: number }
    | { readonly kind: 'silent'; readonly days: number }
    /** Whole points by what they did in so many UTC days, today the last of them; before any decay. */
    | { readonly kind: 'gained'; readonly points: number; readonly days: number }
    /** One of `percent` in 100 by lot, the same people as in sequences. */
    | { readonly kind: 'cohort'; readonly name: string; readonly percent: number }
  );

export const groups = ['list', 'segment', 'persona', 'sequence', 'campaign'] as const;
export type Group = (typeof groups)[number];

export type Query =
  (Place & { readonly kind: 'all' | 'any'; readonly of: readonly Query[] }) | (Place & { readonly kind: 'not'; readonly of: Query }) | Part;

/** Why a text is no question, and where. */
export type QueryFault = { /** From 1. */ readonly at: number; readonly says: string };

/** A part, and whether it stands behind a `not` of its own; `said` with it. */
export type Leaf = { readonly part: Part; readonly not: boolean; readonly said: string };

/** The conditions of a question one by one, without what joins them. */
export function leavesOf(query: Query): readonly Leaf[] {
  if (query.kind === 'all' || query.kind === 'any') return query.of.flatMap(leavesOf);
  if (query.kind !== 'not') return [{ part: query as Part, not: false, said: query.said }];
  const inner = leavesOf(query.of);
  const [only] = inner;
  return only === undefined || query.of.kind === 'all' || query.of.kind === 'any' ? inner : [{ ...only, not: !only.not, said: query.said }];
}
