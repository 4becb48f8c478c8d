/** How people come onto a sequence in a simulation: by an event that meets its `on`, or enrolled by marketing. Knows no person. */
import type { Code } from '../../../events/stripped';
import type { Act, Data } from './behaviour';
import { everyStep } from '../steps';
import { dayMs, msOf } from '../time';
import type { Condition, FieldTest, Plan } from '../plan';
import type { Beginning } from './run-lead';

/** `data` of the behaviour's `begin` wins over what is made up; `enrolled`: by marketing, whatever event the plan listens for. */
export function beginningOf(plan: Plan, data: Data = {}, enrolled = false, acts: Acts = []): Beginning {
  const enrolling = plan.on === undefined || enrolled ? undefined : firstEvent(plan.on);
  const key = plan.key === undefined ? {} : { [plan.key]: 'simulated' };
  const dates = datesMadeUp(plan, data, acts);
  if (enrolling === undefined) return { by: 'enrolment', sequence: plan.id, data: { ...key, ...dates, ...data } };
  const said = Object.fromEntries(Object.entries(enrolling.where ?? {}).map(([field, test]) => [field, meeting(test)]));
  return { by: 'event', type: enrolling.type, data: { ...key, ...dates, ...said, ...data } };
}

/** A date nobody says anything of lies two weeks ahead, and two weeks ahead of the first step before it. */
function aheadMs(plan: Plan, date: string): number {
  const before = everyStep(plan).flatMap(({ step: { at } }) => (at?.field === date && at.side === 'before' ? [msOf(at.span)] : []));
  return Math.max(0, ...before) + 14 * dayMs;
}

type Acts = readonly Pick<Act, 'does' | 'with'>[];

/** Dates that steps of the plan count from and the behaviour does not give, on entry or by an act that brings the enrolment up to date. */
export function datesMadeUp(plan: Plan, data: Data = {}, acts: Acts = []): Readonly<Record<string, { readonly inMs: number }>> {
  const given = (field: string): boolean =>
    field in data || acts.some((act) => plan.updates?.includes(act.does) === true && field in act.with);
  const fields = everyStep(plan).flatMap(({ step: { at } }) => (at === undefined || given(at.field) ? [] : [at.field]));
  return Object.fromEntries(fields.map((field) => [field, { inMs: aheadMs(plan, field) }]));
}

type Engaged = Extract<Condition, { kind: 'engaged' }>;

function firstEvent(condition: Condition): Engaged | undefined {
  if (condition.kind === 'engaged') return condition;
  if (condition.kind !== 'any' && condition.kind !== 'all') return undefined;
  for (const part of condition.of) {
    const found = firstEvent(part);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A value that meets the test. */
function meeting(test: FieldTest): Code {
  if (typeof test !== 'object') return test;
  if ('oneOf' in test) return test.oneOf[0] ?? '';
  if ('atLeast' in test) return test.atLeast;
  return 'atMost' in test ? test.atMost : test.startsWith;
}
