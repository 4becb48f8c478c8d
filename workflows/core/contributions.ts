/** What each event stands for in a lead's points today, read back from its facts. Values nothing: caps and decay are `points.ts`. */
import type { StrippedEvent } from '../../events/stripped';
import { eachCell } from './cells';
import type { Fact, FactOf } from './facts';
import { isPoints } from './model';
import type { Published } from './plan';
import { eventsIn } from './recorded';
import { rawOf, worthsOf } from './rescore';
import type { RuleCells } from './rule-cells';
import { startingRule } from './starting-rule';
import { dayMs, utcDay } from './time';

export type Contribution = {
  /** The event's id; empty where no event stands behind it: what a lead begins with, what a repair set. */
  readonly event: string;
  readonly rule: string;
  /** UTC day it counts on, thousandths before any cap and decay. */
  readonly day: number;
  readonly raw: number;
  /** When it happened, epoch ms. */
  readonly at: number;
};

/** Those of one model (its id), in the order they were recorded; after a re-scoring as it was counted then. */
export function contributionsOf(published: Pick<Published, 'model'>, facts: readonly Fact[], model: string): readonly Contribution[] {
  let found: Contribution[] = [];
  for (const [at, fact] of facts.entries()) {
    if (fact.type === 'LeadRestated') found = fromCells(fact.state.scores[model]?.raw ?? []);
    if (fact.type === 'PointsChanged' && isOf(fact, model)) {
      const { event, rule, day, raw, occurredAt } = fact;
      found.push({ event, rule, day, raw, at: occurredAt });
    }
    if (fact.type === 'LeadRescored' && isOf(fact, model)) found = recounted(published, fact, eventsIn(facts.slice(0, at)));
  }
  return found;
}

const isOf = ({ model }: { readonly model: string }, id: string): boolean => model.startsWith(`${id}@`);

/** Event by event where that comes to the same sums, which it does unless a repair stands between. */
function recounted(
  published: Pick<Published, 'model'>,
  { model: ref, raw, recordedAt }: FactOf<'LeadRescored'>,
  events: readonly StrippedEvent[],
): Contribution[] {
  const model = published.model(ref);
  const today = utcDay(recordedAt);
  const bare = raw.filter(([rule]) => rule !== startingRule);
  if (model === undefined || !isPoints(model) || !sameSums(rawOf(model, events, today), bare)) return fromCells(raw);
  const begun = fromCells(raw.filter(([rule]) => rule === startingRule));
  return [
    ...begun,
    ...events.flatMap((event) =>
      worthsOf(model, event, today).map(({ rule, day, raw: worth }) => ({ event: event.id, rule, day, raw: worth, at: event.occurredAt })),
    ),
  ];
}

const sameSums = (a: RuleCells, b: RuleCells): boolean => {
  const sums = new Map(a);
  return a.length === b.length && b.every(([rule, cells]) => sums.get(rule) === cells);
};

/** Of a day it is only known that it was then. */
const fromCells = (raw: RuleCells): Contribution[] =>
  raw.flatMap(([rule, cells]) => eachCell(cells).map(([day, worth]) => ({ event: '', rule, day, raw: worth, at: day * dayMs })));
