/** How people come onto a sequence in a simulation: by an event that meets its `on`, or enrolled by marketing. Knows no person. */
import type { Code } from '../../../events/stripped';
import type { Data } from './behaviour';
import { everyStep } from '../steps';
import { dayMs } from '../time';
import type { Condition, FieldTest, Plan } from '../plan';
import type { Beginning } from './run-lead';

/** `data` of the behaviour's `begin` wins over what is made up. */
export function beginningOf(plan: Plan, data: Data = {}): Beginning {
  const enrolling = plan.on === undefined ? undefined : firstEvent(plan.on);
  const key = plan.key === undefined ? {} : { [plan.key]: 'simulated' };
  const dates = Object.fromEntries(datesMadeUp(plan, data).map((field) => [field, { inMs: dateInMs }]));
  if (enrolling === undefined) return { by: 'enrolment', sequence: plan.id, data: { ...key, ...dates, ...data } };
  const said = Object.fromEntries(Object.entries(enrolling.where ?? {}).map(([field, test]) => [field, meeting(test)]));
  return { by: 'event', type: enrolling.type, data: { ...key, ...dates, ...said, ...data } };
}

/** A date nobody says anything of lies so long ahead. */
const dateInMs = 14 * dayMs;

/** Dates that steps of the plan count from and the behaviour does not give. */
export const datesMadeUp = (plan: Plan, data: Data = {}): readonly string[] => [
  ...new Set(everyStep(plan).flatMap(({ step: { at } }) => (at === undefined || at.field in data ? [] : [at.field]))),
];

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
