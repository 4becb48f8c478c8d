/** What each event stands for in a lead's points today, read back from its facts. Values nothing: caps and decay are `points.ts`. */
import { eachCell } from './cells';
import type { Fact, FactOf } from './facts';
import { isPoints } from './model';
import type { Published } from './plan';
import { eventsIn } from './recorded';
import { worthsOf } from './rescore';
import type { RuleCells } from './rule-cells';
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
    if (fact.type === 'LeadRestated') found = agreeing(found, fact.state.scores[model]?.raw ?? []);
    if (!('model' in fact) || fact.model?.startsWith(`${model}@`) !== true) continue;
    if (fact.type === 'PointsChanged') {
      const { event, rule, day, raw, occurredAt } = fact;
      found.push({ event, rule, day, raw, at: occurredAt });
    }
    if (fact.type === 'PointsRetracted') found = found.filter(({ event, rule }) => event !== fact.event || rule !== fact.rule);
    if (fact.type === 'LeadRescored') found = agreeing(recounted(published, fact, facts.slice(0, at)), fact.raw);
  }
  return found;
}

/** Event by event; what a lead begins with is known by its day only. */
function recounted(
  published: Pick<Published, 'model'>,
  { model: ref, recordedAt }: FactOf<'LeadRescored'>,
  before: readonly Fact[],
): readonly Contribution[] {
  const model = published.model(ref);
  if (model === undefined || !isPoints(model)) return [];
  return eventsIn(before).flatMap((event) =>
    worthsOf(model, event, utcDay(recordedAt)).map((worth) => ({ ...worth, event: event.id, at: event.occurredAt })),
  );
}

/** Those that come to the sums that were set; where a day's do not (a repair, a model that is not at hand), the day's sum with no event behind it. */
const agreeing = (found: readonly Contribution[], raw: RuleCells): Contribution[] =>
  raw.flatMap(([rule, cells]) =>
    eachCell(cells).flatMap(([day, sum]) => {
      const same = found.filter((one) => one.rule === rule && one.day === day);
      return same.reduce((total, one) => total + one.raw, 0) === sum ? same : [{ event: '', rule, day, raw: sum, at: day * dayMs }];
    }),
  );
