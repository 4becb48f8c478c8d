/** Score, grade and temperature as they are read off the ledger and the traits. Knows no plan. */
import type { Traits } from '../../events/stripped';
import type { Grade, Model, Temperature } from './plan';
import type { Aggregate, LeadState } from './state';

/** 0 for nothing seen yet, else the points clamped to 1..100, rounded down. */
export function readScore(aggregate: Aggregate | undefined): number {
  if (aggregate === undefined || !aggregate.seen) return 0;
  return Math.max(1, Math.min(100, Math.floor(aggregate.total / 1000)));
}

/** As rules see it: a quiet re-scoring is not seen until the person does something. */
export const actingScore = (aggregate: Aggregate | undefined): number =>
  readScore(aggregate?.quiet === undefined ? aggregate : { ...aggregate, total: aggregate.total - aggregate.quiet.delta });
export const actingGrade = (aggregate: Aggregate | undefined): Grade =>
  aggregate?.quiet === undefined ? gradeOf(aggregate) : (aggregate.quiet.grade ?? 'D');

/** D where nothing is known of the person. */
export const gradeOf = (aggregate: Aggregate | undefined): Grade => aggregate?.grade ?? 'D';

const rank: Readonly<Record<Grade, number>> = { A: 4, B: 3, C: 2, D: 1 };
export const gradeAtLeast = (grade: Grade, least: Grade): boolean => rank[grade] >= rank[least];

/** Fit points of the traits: each field's value, `_other` for one the model does not list, `_unknown` for a missing one. */
export function fitOf(model: Model, traits: Traits): number {
  let fit = 0;
  for (const [field, values] of Object.entries(model.fit)) {
    const value = traits[field];
    fit += value === undefined ? (values['_unknown'] ?? 0) : (values[String(value)] ?? values['_other'] ?? 0);
  }
  return fit;
}

export function gradeFor(model: Model, fit: number): Grade {
  if (fit >= model.grades.A) return 'A';
  if (fit >= model.grades.B) return 'B';
  return fit >= model.grades.C ? 'C' : 'D';
}

/** Which of the two ways the temperature was found by. */
export type TemperatureReading = { readonly is: Temperature; readonly by: 'bant' | 'score' };

/**
 * From BANT where the need is known (urgent | some | none; budget and timing: any code), by what was said of it, else by the profile: hot = urgent need with budget and date,
 * warm = a need without them, cold = none. Else from the model's score bands.
 */
export function temperatureOf(state: LeadState, model: Model | undefined): TemperatureReading {
  const { traits, bant } = state;
  const need = bant?.need?.is ?? traits['need'];
  const budget = bant?.budget?.is ?? traits['budget'];
  const timeframe = bant?.timing?.is ?? traits['timeframe'];
  if (need !== undefined) {
    if (!known(need)) return { is: 'cold', by: 'bant' };
    return { is: need === 'urgent' && known(budget) && known(timeframe) ? 'hot' : 'warm', by: 'bant' };
  }
  if (model === undefined) return { is: 'cold', by: 'score' };
  const score = actingScore(state.scores[model.id]);
  if (score >= model.bands.hot) return { is: 'hot', by: 'score' };
  return { is: score >= model.bands.warm ? 'warm' : 'cold', by: 'score' };
}

const known = (code: unknown): boolean => code !== undefined && code !== false && code !== 'none' && code !== 'no';
