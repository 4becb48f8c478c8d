/** Conditions and times in the few words that fit on an arrow. The compiler sees that no kind is missing. */
import type { After, Condition, FieldTest } from '../core/plan';

export function shortCondition(condition: Condition): string {
  switch (condition.kind) {
    case 'engaged': {
      const where = Object.entries(condition.where ?? {}).map(([field, test]) => `${field} ${shortTest(test)}`);
      const times = (condition.times ?? 1) === 1 ? [] : [`${condition.times}×`];
      return [condition.type, ...where, ...times].join(' ');
    }
    case 'clicked':
      return `clicked ${condition.touch}`;
    case 'silentFor':
      return `silent ${condition.span}`;
    case 'score':
      return `score ${condition.atLeast}+`;
    case 'grade':
      return condition.atLeast === 'A' ? 'grade A' : `grade ${condition.atLeast}+`;
    case 'temperature':
    case 'qualification':
      return condition.is;
    case 'stage':
      return `${condition.atLeast}+`;
    case 'field':
      return condition.test === undefined ? `${condition.field} known` : `${condition.field} ${shortTest(condition.test)}`;
    case 'consent':
      return `consent ${condition.channel}`;
    case 'all':
      return joined(condition.of, ' and ');
    case 'any':
      return joined(condition.of, ' or ');
    case 'not':
      return `not ${bracketed(condition.of)}`;
  }
}

const joined = (parts: readonly Condition[], word: string): string => parts.map(bracketed).join(word);
const bracketed = (part: Condition): string =>
  (part.kind === 'all' || part.kind === 'any') && part.of.length > 1 ? `(${shortCondition(part)})` : shortCondition(part);

function shortTest(test: FieldTest): string {
  if (typeof test !== 'object') return String(test);
  if ('oneOf' in test) return test.oneOf.join('/');
  if ('atLeast' in test) return `≥ ${test.atLeast}`;
  if ('atMost' in test) return `≤ ${test.atMost}`;
  return `${test.startsWith}…`;
}

/** Empty where the step comes at once. */
export function shortAfter(after: After | undefined): string {
  if (after === undefined) return '';
  if (typeof after === 'string') return /^0(\.0+)? /.test(after) ? '' : `+ ${after}`;
  return /^0(\.0+)? /.test(after.span) ? `on ${shortCondition(after.of)}` : `${after.span} after ${shortCondition(after.of)}`;
}
