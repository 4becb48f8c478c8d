/** Conditions and times in the few words that fit on an arrow. The compiler sees that no kind is missing. */
import type { After, At, Condition, FieldTest, Timing } from '../core/plan';
import type { Span } from '../core/time';
import { localTimeWord } from './plan-words';

export function shortCondition(condition: Condition): string {
  switch (condition.kind) {
    case 'engaged': {
      const where = Object.entries(condition.where ?? {}).map(([field, test]) => `${field} ${shortTest(test)}`);
      const times = (condition.times ?? 1) === 1 ? [] : [`${condition.times}×`];
      return [condition.type, ...where, ...times, ...(condition.from === undefined ? [] : ['in phase'])].join(' ');
    }
    case 'clicked':
      return `clicked ${condition.touch}`;
    case 'silentFor':
      return `silent ${condition.span}`;
    case 'score':
      return `score ${condition.atLeast}+`;
    case 'pain':
    case 'fit':
      return `${condition.kind} ${condition.atLeast}+`;
    case 'gained':
      return `+${condition.points} points in ${condition.within}`;
    case 'cohort':
      return `${condition.name} ${condition.percent}%`;
    case 'segment':
      return `segment ${condition.name}`;
    case 'persona':
      return `like ${condition.name}`;
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

export function shortTest(test: FieldTest): string {
  if (typeof test !== 'object') return String(test);
  if ('oneOf' in test) return test.oneOf.join('/');
  if ('atLeast' in test) return `≥ ${test.atLeast}`;
  if ('atMost' in test) return `≤ ${test.atMost}`;
  return `${test.startsWith}…`;
}

/** Empty where the step comes at once. */
export const shortTiming = ({ after, at, on }: Timing): string =>
  [at === undefined ? shortAfter(after) : shortDate(at), ...(on === undefined ? [] : [`next ${localTimeWord(on)}`])]
    .filter((part) => part !== '')
    .join(', ');

const isNone = (span: Span): boolean => /^0(\.0+)? /.test(span);

export const shortDate = ({ field, side, span }: At): string => (isNone(span) ? `at ${field}` : `${span} ${side} ${field}`);

function shortAfter(after: After | undefined): string {
  if (after === undefined) return '';
  if (typeof after === 'string') return isNone(after) ? '' : `+ ${after}`;
  if (after.kind === 'setting') return `+ setting ${after.name}`;
  if (after.latest === true) return `${after.span} after the last ${shortCondition(after.of)}`;
  return isNone(after.span) ? `on ${shortCondition(after.of)}` : `${after.span} after ${shortCondition(after.of)}`;
}
