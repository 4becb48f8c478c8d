/** Leads of the engine's log as examples to learn from: what was known at a fixed age, and whether the person became a customer after it. Pure; knows no model. */
import { fold } from '../evolve';
import type { Fact } from '../facts';
import { initial } from '../initial';
import { knownOf, logAges } from './engine-record';
import type { LogAge } from './engine-record';
import type { LeadRecord } from './probability';

export type Example = {
  readonly leadId: string;
  /** Moment of the first fact, epoch ms. */
  readonly arrivedAt: number;
  readonly known: LeadRecord;
  /** Days from arrival until they became a customer; absent = not within the time given. */
  readonly days?: number;
};
export type LookAt = {
  /** Ms from arrival within which a conversion counts. */
  readonly within: number;
  /** The log is read until then, epoch ms. */
  readonly until: number;
};

const dayMs = 86_400_000;

/**
 * `undefined`: no example at that age: not yet old enough to tell, a customer by then, or erased. Facts by when they were recorded: what was told late was not known.
 */
export function exampleOf(leadId: string, facts: readonly Fact[], age: LogAge, { within, until }: LookAt): Example | undefined {
  const arrivedAt = facts[0]?.recordedAt;
  if (arrivedAt === undefined || arrivedAt + within > until || facts.at(-1)?.type === 'LeadErased') return undefined;
  const at = arrivedAt + logAges[age];
  const then = fold(
    initial(leadId),
    facts.filter(({ recordedAt }) => recordedAt <= at),
  );
  if (then.qualification === 'customer' || then.traits.customer === true) return undefined;
  const bought = facts.find((fact) => fact.type === 'QualificationChanged' && fact.to === 'customer' && fact.recordedAt > at);
  const took = bought === undefined || bought.recordedAt > arrivedAt + within ? undefined : (bought.recordedAt - arrivedAt) / dayMs;
  return {
    leadId,
    arrivedAt,
    known: knownOf(then, then.deeds ?? {}, at),
    ...(took === undefined ? {} : { days: Math.round(took * 10) / 10 }),
  };
}
