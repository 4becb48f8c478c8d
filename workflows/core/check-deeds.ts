/** What the compiler cannot see in steps that write nothing to the lead; also of plans that came as JSON. Whether an effect or event exists the catalogue knows. */
import type { Report } from './check-condition';
import { checkCondition } from './check-condition';
import { checkTiming } from './check-timing';
import type { Deed, Plan, Values } from './plan';

const intoPattern = /^[a-z][A-Za-z0-9]{0,31}$/;
const fieldPattern = /^(?:data\.)?[A-Za-z][A-Za-z0-9_.]*$/;
const longestCode = 64;
const longestSays = 300;

export function checkDeed(plan: Plan, deed: Deed, path: string, report: Report): void {
  if (deed.after === undefined && deed.at === undefined && deed.on === undefined)
    report(`${path}.after`, 'is missing; say when the step is due');
  checkTiming(plan, deed, path, report);
  if (deed.when !== undefined) checkCondition(plan, deed.when, `${path}.when`, report);
  if (deed.unless !== undefined) checkCondition(plan, deed.unless, `${path}.unless`, report);
  switch (deed.kind) {
    case 'run':
      if (deed.into !== undefined && !intoPattern.test(deed.into))
        report(`${path}.into`, `"${deed.into}" is no name; use letters and digits, for example 'coupon'`);
      return checkValues(deed.with ?? {}, `${path}.with`, report);
    case 'tell':
      if (deed.whom !== 'referrer' && deed.whom !== 'colleagues')
        report(`${path}.whom`, `must be 'referrer' or 'colleagues', not "${String(deed.whom)}"`);
      return checkValues(deed.data ?? {}, `${path}.data`, report);
    case 'task':
      if (deed.says.trim() === '' || deed.says.length > longestSays)
        report(`${path}.says`, `must say in 1 to ${longestSays} characters what the rep is to do`);
      if (deed.to !== undefined && deed.to !== 'owner' && deed.to !== 'next')
        report(`${path}.to`, `must be 'owner' or 'next', not "${String(deed.to)}"`);
  }
}

function checkValues(values: Values, path: string, report: Report): void {
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === 'object' && !fieldPattern.test(value.of))
      report(`${path}.${name}`, `"${value.of}" is no field; name a trait, data.<field> of the enrolment, or lead`);
    if (typeof value === 'string' && value.length > longestCode)
      report(`${path}.${name}`, `is longer than ${longestCode} characters; effects and events carry codes`);
  }
}
