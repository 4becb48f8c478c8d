/** Are two histories the same but for what must differ between a lead's own and a tale of it? Knows no tale. */
import type { Fact } from '../../core';
import { versionOf } from '../../speech/words';

/** An engine needs moments to answer where a tale needs none. */
const toleranceMs = 120_000;

/**
 * May differ, and nothing else: which run took the lead up; ids of inputs and of reps; who gave a word and why; digests behind a version;
 * moments by up to two minutes; and, in `PointsChanged`, the id of the event that made them.
 */
export function firstDifference(
  real: readonly Fact[],
  told: readonly Fact[],
): { readonly real: Fact | undefined; readonly told: Fact | undefined } | undefined {
  const mine = real.filter(tellable);
  const theirs = told.filter(tellable);
  for (let at = 0; at < Math.max(mine.length, theirs.length); at += 1) {
    const [a, b] = [mine[at], theirs[at]];
    if (a === undefined || b === undefined || !alike(bare(a), bare(b))) return { real: a, told: b };
  }
  return undefined;
}

const tellable = ({ type }: Fact): boolean => type !== 'LeadResumed';

/** Words of and about people: `enrolled by olga`. */
const byWhom = /\bby .*$/;
const personal: ReadonlySet<string> = new Set(['by', 'rep', 'not']);

/** Without what may differ. */
function bare(fact: Fact): unknown {
  const { because, ...rest } = fact as Fact & { because?: string };
  const whose = fact.type === 'CommandRecorded' || fact.type === 'LeadPaused' || fact.type === 'LeadUnpaused';
  const inputs = fact.type === 'CommandRecorded' || fact.type === 'EngagementRecorded' ? { id: '' } : {};
  const event = fact.type === 'PointsChanged' ? { event: '' } : {};
  return stripped({ ...rest, ...inputs, ...event, because: whose || because === undefined ? '' : because.replace(byWhom, '') });
}

function stripped(value: unknown, name = ''): unknown {
  if (typeof value === 'string') return name === 'answer' ? value : versionOf(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => stripped(item));
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, member]) => member !== undefined && !personal.has(key))
      .map(([key, member]) => [key, stripped(member, key)]),
  );
}

/** Later than 2001 in milliseconds: a moment. */
const isMoment = (value: number): boolean => value > 1e12;

function alike(a: unknown, b: unknown): boolean {
  if (typeof a === 'number' && typeof b === 'number') return isMoment(a) && isMoment(b) ? Math.abs(a - b) <= toleranceMs : a === b;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => alike((a as Record<string, unknown>)[name], (b as Record<string, unknown>)[name]));
}
