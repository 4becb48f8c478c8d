/** Folding of the points ledger: raw sums, total, grade. Deltas come with the facts; nothing is computed anew. */
import { since, withRaw } from './cells';
import type { FactOf } from './facts';
import type { Aggregate, LeadState } from './state';
import { startingRule } from './starting-rule';
import { utcDay } from './time';

const modelId = (ref: string): string => {
  const end = ref.indexOf('@');
  return end < 0 ? ref : ref.slice(0, end);
};

/** A decision decays the ledger to its own day before it changes points, so `throughDay` is the day of recording. */
export function pointsChanged(state: LeadState, fact: FactOf<'PointsChanged'>): LeadState {
  const id = modelId(fact.model);
  const known = state.scores[id];
  const raw = known === undefined ? {} : known.raw;
  const aggregate: Aggregate = {
    ...(known ?? { total: 0 }),
    model: fact.model,
    total: (known?.total ?? 0) + fact.delta,
    throughDay: utcDay(fact.recordedAt),
    raw: { ...raw, [fact.rule]: withRaw(raw[fact.rule] ?? '', fact.day, fact.raw) },
    seen: true,
  };
  return { ...state, at: fact.recordedAt, scores: { ...state.scores, [id]: aggregate } };
}

export function decayed(state: LeadState, fact: FactOf<'PointsDecayed'>): LeadState {
  const id = modelId(fact.model);
  const known = state.scores[id];
  if (known === undefined) return { ...state, at: fact.recordedAt };
  const raw = fact.forgetBefore === undefined ? known.raw : forgotten(known.raw, fact.forgetBefore);
  const aggregate: Aggregate = { ...known, model: fact.model, total: known.total + fact.delta, throughDay: fact.day, raw };
  return { ...state, at: fact.recordedAt, scores: { ...state.scores, [id]: aggregate } };
}

/** The starting rule's name stays, so that a lead starts only once. */
function forgotten(raw: Aggregate['raw'], day: number): Aggregate['raw'] {
  const kept: Record<string, string> = {};
  for (const rule in raw) {
    const cells = since(raw[rule] ?? '', day);
    if (cells !== '' || rule === startingRule) kept[rule] = cells;
  }
  return kept;
}

export function graded(state: LeadState, fact: FactOf<'GradeChanged'>): LeadState {
  const id = modelId(fact.model);
  const known = state.scores[id] ?? { model: fact.model, total: 0, throughDay: utcDay(fact.recordedAt), raw: {}, seen: false };
  return {
    ...state,
    at: fact.recordedAt,
    scores: { ...state.scores, [id]: { ...known, model: fact.model, fit: fact.fit, grade: fact.grade } },
  };
}
