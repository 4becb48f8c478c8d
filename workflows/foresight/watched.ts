/** One lead's facts as what the evidence looks at: until when they were watched, whether they bought, and what they did before. Pure. */
import type { Code } from '../../events/stripped';
import { takenBack } from '../core/recorded';
import { isEngagement } from '../core/evolve-lead';
import { meets } from '../core/field-test';
import type { Fact, PointsModel } from '../core';
import type { Deed, Watched } from './evidence';

export type Looking = {
  /** Epoch ms, engine's clock. */
  readonly since: number;
  readonly until: number;
  /** What counts as the purchase; becoming a customer where absent. */
  readonly goal?: string;
  /** Events that are the purchase itself, or nobody's own doing; they explain nothing. */
  readonly leftOut: ReadonlySet<string>;
  readonly model?: PointsModel | undefined;
};

/** Keys: `page.viewed`, `form.submitted form=demo`, and `rule <id>` for what a rule of the model counts. `undefined`: nothing to learn from. */
export function watchedOf(facts: readonly Fact[], looking: Looking): Watched | undefined {
  const first = facts[0];
  if (first === undefined || facts.at(-1)?.type === 'LeadErased' || alreadyCustomer(facts)) return undefined;
  const boughtAt = facts.find((fact) => isPurchase(fact, looking.goal))?.occurredAt;
  const from = Math.max(first.recordedAt, looking.since);
  const until = Math.min(boughtAt ?? looking.until, looking.until);
  if (until <= from) return undefined;
  return { from, until, bought: boughtAt !== undefined && boughtAt <= looking.until, deeds: deedsIn(facts, looking) };
}

const isPurchase = (fact: Fact, goal: string | undefined): boolean =>
  goal === undefined
    ? fact.type === 'QualificationChanged' && fact.to === 'customer'
    : fact.type === 'EngagementRecorded' && fact.event === goal;

/** Customers before anybody watched: the profile said so. */
function alreadyCustomer(facts: readonly Fact[]): boolean {
  const bought = facts.findIndex((fact) => fact.type === 'QualificationChanged' && fact.to === 'customer');
  return facts.some((fact, at) => fact.type === 'ProfileLearned' && fact.traits.customer === true && (bought < 0 || at <= bought));
}

/** Answers of a form, kinds of a page: worth an action of their own where they are words, not numbers or ids. */
const wordy = (value: Code): boolean => typeof value === 'string' && /^[a-z/][a-z /_-]{0,39}$/i.test(value);

function deedsIn(facts: readonly Fact[], { leftOut, model }: Looking): readonly Deed[] {
  const taken = takenBack(facts);
  return facts.flatMap((fact): readonly Deed[] => {
    if (fact.type !== 'EngagementRecorded' || taken.has(fact.id) || !isEngagement(fact.actor, fact.event) || leftOut.has(fact.event))
      return [];
    const { event, data = {}, occurredAt: at } = fact;
    const fields = Object.entries(data).filter(([, value]) => wordy(value));
    const rules = (model?.rules ?? []).filter(
      ({ on, where = {} }) => on === event && Object.entries(where).every(([field, test]) => meets(data[field], test)),
    );
    return [
      { key: event, at },
      ...fields.map(([field, value]) => ({ key: `${event} ${field}=${String(value)}`, at })),
      ...rules.map(({ id }) => ({ key: `rule ${id}`, at })),
    ];
  });
}
