/** What follows from a condition without looking at anybody: whether another holds whenever it does, or never beside it. "Not known" is no. */
import type { Code } from '../../events/stripped';
import type { Condition, FieldTest, Grade } from './condition';
import { stageAtLeast } from './stages';
import { parseSpan } from './time';

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Does `b` hold whenever `a` does? */
export function implies(a: Condition, b: Condition): boolean {
  if (same(a, b)) return true;
  if (a.kind === 'any') return a.of.every((part) => implies(part, b));
  if (b.kind === 'all') return b.of.every((part) => implies(a, part));
  if (a.kind === 'all' && a.of.some((part) => implies(part, b))) return true;
  if (b.kind === 'any') return b.of.some((part) => implies(a, part));
  if (a.kind === 'not' && b.kind === 'not') return implies(b.of, a.of);
  if (b.kind === 'not') return excludes(a, b.of);
  return isStronger(a, b);
}

/** Can the two never hold at once? */
export function excludes(a: Condition, b: Condition): boolean {
  if (a.kind === 'any') return a.of.every((part) => excludes(part, b));
  if (b.kind === 'any') return b.of.every((part) => excludes(a, part));
  if (a.kind === 'all') return a.of.some((part) => excludes(part, b));
  if (b.kind === 'all') return b.of.some((part) => excludes(a, part));
  if (b.kind === 'not') return a.kind === 'not' ? false : implies(a, b.of);
  if (a.kind === 'not') return implies(b, a.of);
  if (a.kind === 'field' && b.kind === 'field') return a.field === b.field && testsExclude(a.test, b.test);
  if (a.kind === 'qualification' && b.kind === 'qualification') return a.is !== b.is;
  return a.kind === 'temperature' && b.kind === 'temperature' && a.is !== b.is;
}

const ranks: Readonly<Record<Grade, number>> = { A: 4, B: 3, C: 2, D: 1 };

/** Of one kind, and the first asks for more. */
function isStronger(a: Condition, b: Condition): boolean {
  if (a.kind === 'score' && b.kind === 'score') return a.atLeast >= b.atLeast;
  if ((a.kind === 'pain' && b.kind === 'pain') || (a.kind === 'fit' && b.kind === 'fit')) return a.atLeast >= b.atLeast;
  if (a.kind === 'grade' && b.kind === 'grade') return ranks[a.atLeast] >= ranks[b.atLeast];
  if (a.kind === 'stage' && b.kind === 'stage') return stageAtLeast(a.atLeast, b.atLeast);
  if (a.kind === 'silentFor' && b.kind === 'silentFor') return (parseSpan(a.span) ?? 0) >= (parseSpan(b.span) ?? Infinity);
  if (a.kind === 'cohort' && b.kind === 'cohort') return a.name === b.name && a.percent <= b.percent;
  if (a.kind === 'field' && b.kind === 'field') return a.field === b.field && testImplies(a.test, b.test);
  return a.kind === 'engaged' && b.kind === 'engaged' && engagedImplies(a, b);
}

type Engaged = Extract<Condition, { kind: 'engaged' }>;

/** At least as often and as close together, of no less narrow events. */
function engagedImplies(a: Engaged, b: Engaged): boolean {
  if (a.type !== b.type || (b.same !== undefined && a.same !== b.same) || (b.from !== undefined && a.from !== b.from)) return false;
  if ((a.times ?? 1) < (b.times ?? 1)) return false;
  if (b.within !== undefined && (b.times ?? 1) > 1 && a.within !== b.within) return false;
  return Object.entries(b.where ?? {}).every(([field, test]) => testImplies(a.where?.[field], test));
}

function testImplies(a: FieldTest | undefined, b: FieldTest | undefined): boolean {
  if (b === undefined || same(a, b)) return true;
  if (a === undefined || typeof b !== 'object') return false;
  if ('oneOf' in b) {
    const codes = typeof a !== 'object' ? [a] : 'oneOf' in a ? a.oneOf : [];
    return codes.length > 0 && codes.every((code) => b.oneOf.includes(code));
  }
  if ('atLeast' in b)
    return (typeof a === 'number' && a >= b.atLeast) || (typeof a === 'object' && 'atLeast' in a && a.atLeast >= b.atLeast);
  if ('atMost' in b) return (typeof a === 'number' && a <= b.atMost) || (typeof a === 'object' && 'atMost' in a && a.atMost <= b.atMost);
  return (
    (typeof a === 'string' && a.startsWith(b.startsWith)) ||
    (typeof a === 'object' && 'startsWith' in a && a.startsWith.startsWith(b.startsWith))
  );
}

function testsExclude(a: FieldTest | undefined, b: FieldTest | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  const [codesA, codesB] = [codesOf(a), codesOf(b)];
  if (codesA !== undefined) return codesA.every((code) => (codesB === undefined ? !testImplies(code, b) : !codesB.includes(code)));
  if (codesB !== undefined) return testsExclude(b, a);
  const [least, most] = typeof a === 'object' && 'atLeast' in a ? [a, b] : [b, a];
  return typeof least === 'object' && 'atLeast' in least && typeof most === 'object' && 'atMost' in most && least.atLeast > most.atMost;
}

const codesOf = (test: FieldTest): readonly Code[] | undefined =>
  typeof test !== 'object' ? [test] : 'oneOf' in test ? test.oneOf : undefined;
