/** One field against one test. */
import type { Code } from '../../events/stripped';
import type { FieldTest } from './plan';

/** An unknown value meets no test. */
export function meets(value: Code | undefined, test: FieldTest): boolean {
  if (value === undefined) return false;
  if (typeof test !== 'object') return value === test;
  if ('oneOf' in test) return test.oneOf.includes(value);
  if ('atLeast' in test) return typeof value === 'number' && value >= test.atLeast;
  if ('atMost' in test) return typeof value === 'number' && value <= test.atMost;
  return typeof value === 'string' && value.startsWith(test.startsWith);
}
