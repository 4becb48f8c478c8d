/** What another scoring model means for many people: the scores before and after in bands, who crosses the mark of an MQL, hand-offs by week. Pure; knows no store. */
import { gradeOf, readScore } from '../core';
import type { Aggregate, Fact, Grade, LeadState, Model, Published } from '../core';
import { eventsIn } from '../core/recorded';
import { bandOf, qualifiedBy, totalOn } from '../core/score';
import { recounted } from '../core/rescore';
import { dayMs, utcDay } from '../core/time';

export type Standing = {
  readonly score: number;
  readonly grade: Grade;
  readonly temperature: 'hot' | 'warm' | 'cold';
  readonly mql: boolean;
};

/** At that moment, decayed to it; by score alone, whatever is known of BANT, because that is what a model changes. */
export function standingAt(model: Model, aggregate: Aggregate | undefined, at: number): Standing {
  const today = utcDay(at);
  const decayed =
    aggregate === undefined || aggregate.throughDay >= today ? aggregate : { ...aggregate, total: totalOn(model, aggregate, today) };
  const loud = decayed === undefined ? undefined : { ...decayed, quiet: undefined };
  return { score: readScore(loud), grade: gradeOf(loud), temperature: bandOf(model, loud), mql: qualifiedBy(model, loud) !== undefined };
}

/** The lead as if it had been scored by this model from its first event. */
export const scoredBy =
  (published: Published, named: { readonly ref: string; readonly model: Model }, now: number) =>
  (state: LeadState, before: readonly Fact[]): LeadState => ({
    ...state,
    scores: { ...state.scores, [named.model.id]: recounted(published, named, state, eventsIn(before), now) },
  });

export type Crossing = { readonly leadId: string; readonly before: Standing; readonly after: Standing };
export type Bands = { readonly before: readonly number[]; readonly after: readonly number[] };

/** So many people with 0, 1 to 10, 11 to 20 … 91 to 100. */
export const tenOf = (score: number): number => Math.ceil(score / 10);
export const bandNames: readonly string[] = ['0', ...Array.from({ length: 10 }, (_, at) => `${at * 10 + 1}-${at * 10 + 10}`)];

export function bandsOf(all: readonly Crossing[]): Bands {
  const before = bandNames.map(() => 0);
  const after = bandNames.map(() => 0);
  for (const one of all) {
    before[tenOf(one.before.score)] = (before[tenOf(one.before.score)] ?? 0) + 1;
    after[tenOf(one.after.score)] = (after[tenOf(one.after.score)] ?? 0) + 1;
  }
  return { before, after };
}

export const crossesUp = ({ before, after }: Crossing): boolean => !before.mql && after.mql;
export const crossesDown = ({ before, after }: Crossing): boolean => before.mql && !after.mql;

/** A week is 7 days; what is asked for in the first day is the wave that putting the model in force would bring. */
export function handOffPace(facts: readonly Fact[], since: number): { readonly wave: number; readonly later: number } {
  const asked = facts.filter(({ type }) => type === 'HandOffRequested');
  const wave = asked.filter(({ recordedAt }) => recordedAt < since + dayMs).length;
  return { wave, later: asked.length - wave };
}
export const perWeek = (number: number, since: number, until: number): number => number / Math.max(1, (until - since) / (7 * dayMs));
