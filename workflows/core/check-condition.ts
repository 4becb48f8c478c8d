/** What the compiler cannot see in a condition: counts, spans, touches that are not there. Knows no lead. */
import type { Condition, Plan } from './plan';
import { retraction } from './recorded';
import { everyTouch } from './steps';
import { parseSpan } from './time';

/** Takes one fault: its path in the plan and a sentence. */
export type Report = (path: string, says: string) => void;
/** What ids and names look like. */
export const namePattern = /^[a-z0-9][a-z0-9-]*$/;

export function checkSpan(span: string, path: string, report: Report): void {
  if (parseSpan(span) === undefined) report(path, `"${span}" is no span; write for example '3 days' or '15 minutes'`);
}

export function checkName(name: string, path: string, report: Report): void {
  if (!namePattern.test(name)) report(path, `"${name}" is no name; use small letters, digits and dashes`);
}

export function checkPriority(priority: number | undefined, path: string, report: Report): void {
  if (priority !== undefined && !Number.isInteger(priority)) report(path, 'must be a whole number; the greatest goes first');
}

export function checkPercent(percent: number, path: string, report: Report): void {
  if (!Number.isInteger(percent) || percent < 1 || percent > 99) report(path, 'must be a whole number from 1 to 99');
}

function checkDone(type: string, path: string, report: Report): void {
  if (type === retraction) report(path, `nobody does "${retraction}": it takes an earlier event back, and conditions go by what is left`);
}

export function checkOn(on: Condition, path: string, report: Report): void {
  if (on.kind === 'any') return on.of.forEach((part, at) => checkOn(part, `${path}.of[${at}]`, report));
  if (on.kind === 'silentFor') return checkSpan(on.span, path, report);
  if (on.kind === 'score') {
    if (!(on.atLeast >= 1 && on.atLeast <= 100)) report(`${path}.atLeast`, 'must be 1 to 100');
    return;
  }
  if (on.kind !== 'engaged')
    return report(
      path,
      `an event, a silence or a score enrols, not "${on.kind}"; write engaged(...), silentFor(...), score.atLeast(...) or any(...) of such`,
    );
  checkDone(on.type, path, report);
  if ((on.times ?? 1) !== 1 || on.same !== undefined || on.from !== undefined)
    report(path, 'one event enrols; times, within, same and from say nothing here');
}

export function checkCondition(plan: Plan, condition: Condition, path: string, report: Report): void {
  switch (condition.kind) {
    case 'engaged':
      checkDone(condition.type, path, report);
      if (condition.times !== undefined && !(Number.isInteger(condition.times) && condition.times >= 1 && condition.times <= 20))
        report(`${path}.times`, 'must be a whole number from 1 to 20');
      if (condition.within !== undefined) checkSpan(condition.within, `${path}.within`, report);
      if (condition.within !== undefined && (condition.times ?? 1) === 1)
        report(`${path}.within`, 'only says something with times of 2 or more');
      return;
    case 'clicked':
      if (!everyTouch(plan).some(({ step }) => step.id === condition.touch))
        report(path, `there is no touch "${condition.touch}" in this sequence`);
      return;
    case 'pain':
    case 'fit':
      if (!(condition.atLeast >= (condition.kind === 'pain' ? 1 : 0) && condition.atLeast <= 10))
        report(`${path}.atLeast`, condition.kind === 'pain' ? 'must be 1 to 10' : 'must be 0 to 10');
      return;
    case 'gained':
      if (!(condition.points >= 1)) report(`${path}.points`, 'must be at least 1');
      return checkSpan(condition.within, `${path}.within`, report);
    case 'cohort':
      checkName(condition.name, `${path}.name`, report);
      return checkPercent(condition.percent, `${path}.percent`, report);
    case 'field': {
      const name = condition.field.startsWith('settings.') ? condition.field.slice(9) : undefined;
      if (name !== undefined && plan.settings?.[name] === undefined) report(path, `there is no setting "${name}" in this sequence`);
      return;
    }
    case 'silentFor':
      return checkSpan(condition.span, path, report);
    case 'all':
    case 'any':
      if (condition.of.length === 0) report(path, `${condition.kind}() of nothing says nothing`);
      return condition.of.forEach((part, at) => checkCondition(plan, part, `${path}.of[${at}]`, report));
    case 'not':
      return checkCondition(plan, condition.of, `${path}.of`, report);
    default:
      return;
  }
}
