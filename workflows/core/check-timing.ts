/** What the compiler cannot see in the times of a step: spans, dates, local times, and what cannot be said together. Knows no lead. */
import type { Report } from './check-condition';
import { checkCondition, checkSpan } from './check-condition';
import { parseLocalTime } from './local-time';
import type { After, At, Condition, Plan, Timing } from './plan';

export function checkTiming(plan: Plan, { after, at, on, ifPast }: Timing, path: string, report: Report): void {
  if (after !== undefined) checkAfter(plan, after, `${path}.after`, report);
  if (at !== undefined) checkAt(at, `${path}.at`, report);
  if (after !== undefined && at !== undefined) report(`${path}.at`, 'says when the step is due, and so does after; keep one of them');
  if (on !== undefined && parseLocalTime(on) === undefined)
    report(`${path}.on`, `"${on}" is no local time; write for example '10:00', 'Tuesday 10:00' or 'weekdays 9:30'`);
  if (ifPast !== undefined && ifPast !== 'skip' && ifPast !== 'now')
    report(`${path}.ifPast`, `must be 'skip' or 'now', not "${String(ifPast)}"`);
  if (ifPast !== undefined && at === undefined) report(`${path}.ifPast`, 'only says something with at');
}

/** A field of the enrolment's data or a trait: letters and digits, as events and profiles name them. */
export const fieldPattern = /^[A-Za-z][A-Za-z0-9_]*$/;

export function checkAt({ field, span }: At, path: string, report: Report): void {
  checkSpan(span, `${path}.span`, report);
  if (!fieldPattern.test(field))
    report(`${path}.field`, `"${field}" is no field; name one of the enrolment's data or of the person, for example 'endsAt'`);
}

function checkAfter(plan: Plan, after: After, path: string, report: Report): void {
  if (typeof after === 'string') return checkSpan(after, path, report);
  if (after.kind === 'setting') return checkSetting(plan, after.name, path, report);
  checkSpan(after.span, `${path}.span`, report);
  checkCondition(plan, after.of, `${path}.of`, report);
  if (after.latest === true && !ofEvents(after.of))
    report(`${path}.of`, 'sinceLast counts from the newest event; write engaged(...), or all(...) or any(...) of such');
}

function checkSetting({ settings = {} }: Plan, name: string, path: string, report: Report): void {
  const setting = Object.hasOwn(settings, name) ? settings[name] : undefined;
  if (setting === undefined) return report(path, `there is no setting "${name}"; there is ${Object.keys(settings).join(', ') || 'none'}`);
  if (setting.kind !== 'span') report(path, `setting "${name}" is a ${setting.kind}; a time needs one of kind 'span'`);
}

const ofEvents = (condition: Condition): boolean =>
  condition.kind === 'engaged' || ((condition.kind === 'all' || condition.kind === 'any') && condition.of.every(ofEvents));
