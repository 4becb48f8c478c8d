/** Score, grade and temperature as they are read off the ledger and the traits. Knows no plan. */
import type { Traits } from '../../events/stripped';
import { isPoints } from './model';
import type { Grade, MerodioModel, Model, PointsModel, Temperature } from './plan';
import { totalOf } from './points';
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
export function fitOf(model: PointsModel, traits: Traits): number {
  let fit = 0;
  for (const [field, values] of Object.entries(model.fit)) {
    const value = traits[field];
    fit += value === undefined ? (values['_unknown'] ?? 0) : (values[String(value)] ?? values['_other'] ?? 0);
  }
  return fit;
}

export function gradeFor(model: Pick<Model, 'grades'>, fit: number): Grade {
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
  return { is: model === undefined ? 'cold' : bandOf(model, state.scores[model.id]), by: 'score' };
}

/** By the model alone: its score bands, or in the matrix of pain and fit both high, one of them, neither. */
export function bandOf(model: Model, aggregate: Aggregate | undefined): Temperature {
  if (model.kind === 'merodio') {
    const { pain, fit } = highIn(model, aggregate);
    return pain && fit ? 'hot' : pain || fit ? 'warm' : 'cold';
  }
  const score = actingScore(aggregate);
  return score >= model.bands.hot ? 'hot' : score >= model.bands.warm ? 'warm' : 'cold';
}

/** Why the model says that sales should hear of this person, in words; `undefined`: it does not. */
export function qualifiedBy(model: Model, aggregate: Aggregate | undefined): string | undefined {
  if (model.kind === 'merodio') {
    const { pain, fit } = highIn(model, aggregate);
    return pain && fit ? `pain ${axis(aggregate, 'pain')} and fit ${axis(aggregate, 'fit')} are both high` : undefined;
  }
  const score = actingScore(aggregate);
  return score >= model.mqlAt ? `score ${score} reached ${model.mqlAt}` : undefined;
}

const axis = (aggregate: Aggregate | undefined, name: 'pain' | 'fit'): number =>
  (aggregate?.parts?.find(({ part }) => part === name)?.points ?? 0) / 1000;
const highIn = ({ high }: MerodioModel, aggregate: Aggregate | undefined): { readonly pain: boolean; readonly fit: boolean } => ({
  pain: axis(aggregate, 'pain') >= high.pain,
  fit: axis(aggregate, 'fit') >= high.fit,
});

/** What the ledger is worth on a UTC day, thousandths: points fade, a matrix stands. */
export const totalOn = (model: Model, aggregate: Aggregate, day: number): number =>
  isPoints(model) ? totalOf(model, aggregate.raw, day) : aggregate.total;

const known = (code: unknown): boolean => code !== undefined && code !== false && code !== 'none' && code !== 'no';
