/** Folding of the points ledger: raw sums, total, grade. Deltas come with the facts; nothing is computed anew. */
import { since, withoutRaw, withRaw } from './cells';
import type { Draft } from './draft';
import type { FactOf } from './facts';
import type { Aggregate } from './state';
import { isStarting } from './starting-rule';
import { cellsOf, withCells } from './rule-cells';
import type { RuleCells } from './rule-cells';
import { utcDay } from './time';
import { given, withEntry } from './without';

const none: RuleCells = [];

/** Ids of the models' refs seen so far; there are few, and cutting one anew for every fact is not free. */
const ids = new Map<string, string>();
function modelId(ref: string): string {
  const known = ids.get(ref);
  if (known !== undefined) return known;
  const end = ref.indexOf('@');
  const id = end < 0 ? ref : ref.slice(0, end);
  ids.set(ref, id);
  return id;
}

/** A decision decays the ledger to its own day before it changes points, so `throughDay` is the day of recording. */
export function pointsChanged(draft: Draft, fact: FactOf<'PointsChanged'>): void {
  const id = modelId(fact.model);
  const known = draft.scores[id];
  const before = known?.raw ?? none;
  const raw = withCells(before, fact.rule, withRaw(cellsOf(before, fact.rule) ?? '', fact.day, fact.raw));
  put(draft, id, {
    model: fact.model,
    total: (known?.total ?? 0) + fact.delta,
    throughDay: utcDay(fact.recordedAt),
    raw,
    seen: true,
    fit: known?.fit,
    grade: known?.grade,
    quiet: known?.quiet,
  });
}

export function decayed(draft: Draft, fact: FactOf<'PointsDecayed'>): void {
  const id = modelId(fact.model);
  const known = draft.scores[id];
  if (known === undefined) return;
  const raw = fact.forgetBefore === undefined ? known.raw : forgotten(known.raw, fact.forgetBefore);
  put(draft, id, {
    model: fact.model,
    total: known.total + fact.delta,
    throughDay: fact.day,
    raw,
    seen: known.seen,
    fit: known.fit,
    grade: known.grade,
    quiet: known.quiet,
  });
}

/** Days and rules that nothing is left of are gone, as if the event had not been. */
export function pointsRetracted(draft: Draft, fact: FactOf<'PointsRetracted'>): void {
  const id = modelId(fact.model);
  const known = draft.scores[id];
  if (known === undefined) return;
  const left = withoutRaw(cellsOf(known.raw, fact.rule) ?? '', fact.day, fact.raw);
  put(draft, id, {
    ...known,
    model: fact.model,
    total: known.total + fact.delta,
    throughDay: utcDay(fact.recordedAt),
    raw: left === '' ? known.raw.filter(([rule]) => rule !== fact.rule) : withCells(known.raw, fact.rule, left),
    seen: known.seen && fact.last !== true,
  });
}

/** The names of the starting rules stay, so that a lead starts only once. */
function forgotten(raw: RuleCells, day: number): RuleCells {
  let changed = false;
  const kept: (readonly [string, string])[] = [];
  for (const entry of raw) {
    const cells = since(entry[1], day);
    changed ||= cells !== entry[1];
    if (cells !== '' || isStarting(entry[0])) kept.push(cells === entry[1] ? entry : [entry[0], cells]);
  }
  return changed ? kept : raw;
}

export function graded(draft: Draft, { model, fit, grade, recordedAt }: FactOf<'GradeChanged'>): void {
  const id = modelId(model);
  const { total, throughDay, raw, seen, quiet } = draft.scores[id] ?? fresh(recordedAt);
  put(draft, id, { model, total, throughDay, raw, seen, fit, grade, quiet });
}

const fresh = (at: number): Pick<Aggregate, 'total' | 'throughDay' | 'raw' | 'seen' | 'quiet'> => ({
  total: 0,
  throughDay: utcDay(at),
  raw: none,
  seen: false,
});

/** Quiet upon quiet: the rules go on by the score from before the first. */
export function rescored(draft: Draft, { model, delta, raw, fit, grade, quiet, recordedAt }: FactOf<'LeadRescored'>): void {
  const id = modelId(model);
  const known = draft.scores[id];
  const held = known?.quiet;
  put(draft, id, {
    model,
    total: (known?.total ?? 0) + delta,
    throughDay: utcDay(recordedAt),
    raw,
    seen: known?.seen === true || raw.length > 0,
    fit,
    grade,
    quiet: quiet === true ? { delta: (held?.delta ?? 0) + delta, grade: held === undefined ? known?.grade : held.grade } : undefined,
  });
}

export function matrixScored(draft: Draft, { model, parts, delta, fit, grade, seen, recordedAt }: FactOf<'MatrixScored'>): void {
  const id = modelId(model);
  const known = draft.scores[id];
  put(draft, id, {
    model,
    total: (known?.total ?? 0) + delta,
    throughDay: utcDay(recordedAt),
    raw: none,
    seen: seen === true || known?.seen === true,
    fit,
    grade,
    parts: parts.map(({ part, points, is }) => ({ part, points, ...given('is', is) })),
  });
}

/** The person did something: the rules see the score as it is. */
export function heard(draft: Draft): void {
  for (const id in draft.scores) {
    const known = draft.scores[id];
    if (known?.quiet !== undefined) put(draft, id, { ...known, quiet: undefined });
  }
}

function put(draft: Draft, id: string, aggregate: Aggregate): void {
  draft.scores = withEntry(draft.scores, id, aggregate);
}
