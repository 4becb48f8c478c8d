/** What templates and dates of a sequence may name: the fields its enrolments can hold, as far as that can be told. Knows no lead. */
import { engagementTypes, isEngagementType } from '../../events/engagement';
import type { Condition } from '../core/condition';
import type { Plan } from '../core/plan';
import { everyStep } from '../core/steps';

/** Traits that profiles are coded into, and those the engine itself reads. */
export const traitNames: ReadonlySet<string> = new Set(
  'source industry seniority department size country zone language account customer need budget timeframe frequency topic'.split(' '),
);

/**
 * Fields an enrolment's data can hold: those of the events that enrol or bring it up to date, and what comes along from sequences that start it.
 * `undefined`: anything, because a campaign or custom code says what.
 */
export function dataFieldsOf(plan: Plan, all: readonly Plan[], seen: readonly string[] = []): ReadonlySet<string> | undefined {
  if (plan.on === undefined || everyStep(plan).some(({ step }) => 'into' in step)) return undefined;
  const fields = new Set([...eventsOf(plan.on), ...(plan.updates ?? [])].flatMap(fieldsOf));
  for (const other of all) {
    if (other.id === plan.id || seen.includes(other.id) || !starts(other, plan.id)) continue;
    const brought = dataFieldsOf(other, all, [...seen, plan.id]);
    if (brought === undefined) return undefined;
    for (const field of brought) fields.add(field);
  }
  return fields;
}

const fieldsOf = (type: string): readonly string[] => (isEngagementType(type) ? Object.keys(engagementTypes[type]) : []);

const eventsOf = (on: Condition): readonly string[] =>
  on.kind === 'engaged' ? [on.type] : on.kind === 'any' || on.kind === 'all' ? on.of.flatMap(eventsOf) : [];

const starts = ({ phases }: Plan, id: string): boolean =>
  Object.values(phases).some(({ advance, exhausted }) => [...advance, exhausted ?? {}].some(({ start }) => start === id));
