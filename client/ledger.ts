/** A lead's score taken apart: every entry of points with its event, rule, cap and decay, so that the sum is the score's. Pure. */
import type { Fact, LeadState } from '../workflows/core';
import { nameOf } from '../workflows/speech/words';

/** Points in thousandths. */
export type Entry = {
  readonly at: number;
  /** `event` and `rule`, or what else moved the points. */
  readonly what: string;
  readonly rule?: string;
  readonly raw: number;
  readonly counted: number;
  readonly capped?: 'day' | 'total' | 'group';
  readonly decayPercent?: number;
  /** `model@version#digest`. */
  readonly by: string;
};
export type Ledger = {
  readonly model: string;
  readonly ref: string;
  readonly entries: readonly Entry[];
  readonly sum: number;
  readonly total: number;
};

/** One ledger a model. Whatever no entry explains (a merge) is an entry of its own, so that the sum always is the total. */
export function ledgersOf(facts: readonly Fact[], state: LeadState): readonly Ledger[] {
  return Object.entries(state.scores).map(([model, { model: ref, total }]) => {
    const entries = entriesOf(facts, model);
    const rest = total - sumOf(entries);
    const all =
      rest === 0 ? entries : [...entries, { at: state.at, what: 'brought over from another lead', raw: rest, counted: rest, by: ref }];
    return { model, ref, entries: all, sum: sumOf(all), total };
  });
}

const sumOf = (entries: readonly Entry[]): number => entries.reduce((sum, { counted }) => sum + counted, 0);

function entriesOf(facts: readonly Fact[], model: string): readonly Entry[] {
  const events = new Map<string, string>();
  let entries: Entry[] = [];
  for (const fact of facts) {
    if (fact.type === 'EngagementRecorded') events.set(fact.id, fact.event);
    if (fact.type === 'LeadRestated') entries = restated(fact.state, model, fact.recordedAt);
    if (fact.type === 'PointsDecayed' && nameOf(fact.model) === model)
      entries.push({ at: fact.recordedAt, what: whyDecayed(entries, fact.model), raw: 0, counted: fact.delta, by: fact.model });
    if (fact.type === 'LeadRescored' && nameOf(fact.model) === model)
      entries.push({ at: fact.recordedAt, what: 'counted again by changed rules', raw: fact.delta, counted: fact.delta, by: fact.model });
    if (fact.type === 'PointsChanged' && nameOf(fact.model) === model)
      entries.push({
        at: fact.occurredAt,
        what: events.get(fact.event) ?? (fact.event === '' ? 'where the person comes from' : 'an event'),
        rule: fact.rule,
        raw: fact.raw,
        counted: fact.delta,
        by: fact.model,
        ...(fact.capped === undefined ? {} : { capped: fact.capped }),
        ...(fact.decayPercent === undefined ? {} : { decayPercent: fact.decayPercent }),
      });
  }
  return entries;
}

/** The same fact says both: days took something, or another version of the model is in force. */
function whyDecayed(entries: readonly Entry[], model: string): string {
  const before = entries.at(-1)?.by;
  return before === undefined || before === model ? 'the passing of time' : 'a new version of the rules';
}

const restated = (state: LeadState, model: string, at: number): Entry[] => {
  const aggregate = state.scores[model];
  return aggregate === undefined
    ? []
    : [{ at, what: 'set by a repair', raw: aggregate.total, counted: aggregate.total, by: aggregate.model }];
};
