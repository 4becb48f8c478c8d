/** Where a matrix puts a person: pain against fit, or the answers that the customer persona would give. What is known now decides, whatever came before. */
import { closenessOf, personAt } from './conditions';
import { conclude, modelsOf, recordedIn } from './deciding';
import type { Deciding, NamedModel } from './deciding';
import { deedsIn, foreseen } from './foreseen';
import { isPoints } from './model';
import type { MatrixModel, Question } from './model';
import type { Grade, Published } from './plan';
import { gradeFor } from './score';
import type { Aggregate, LeadState, Part } from './state';
import { utcDay } from './time';
import { given } from './without';

/** `total` in thousandths of a point; `fit` on the model's own scale. */
export type Placing = {
  readonly parts: readonly Part[];
  readonly total: number;
  readonly fit: number;
  readonly grade: Grade;
  readonly seen: boolean;
};

export function placingOf(model: MatrixModel, published: Published, state: LeadState, now: number): Placing {
  if (model.kind === 'predictive') return foreseen(model, state, now);
  if (model.kind === 'questions') {
    const parts = model.questions.map((question) => answerOf(model.best, question, state));
    const fit = parts.reduce((sum, { points }) => sum + points, 0) / 1000;
    return { parts, total: fit * 1000, fit, grade: gradeFor(model, fit), seen: state.profileVersion > 0 };
  }
  const { fit, persona } = closenessOf(personAt(published, state, now));
  const pain = state.pain?.is ?? 0;
  // In tenths, so that the product is whole thousandths.
  const parts = [
    { part: 'pain', points: Math.round(pain * 10) * 100 },
    { part: 'fit', points: Math.round(fit * 10) * 100, ...given('is', persona) },
  ];
  return { parts, total: product(parts), fit, grade: gradeFor(model, fit), seen: state.pain !== undefined };
}

function answerOf(best: number, { id, trait, best: wanted, others }: Question, { traits }: LeadState): Part {
  const is = traits[trait];
  if (is === undefined) return { part: id, points: (others['_unknown'] ?? 0) * 1000 };
  if (wanted.includes(String(is))) return { part: id, is, points: best * 1000 };
  return { part: id, is, points: (others[String(is)] ?? others['_other'] ?? 0) * 1000 };
}

const pointsOf = (parts: readonly Part[] | undefined, name: string): number => parts?.find(({ part }) => part === name)?.points ?? 0;
const product = (parts: readonly Part[] | undefined): number =>
  Math.round((pointsOf(parts, 'pain') / 100) * (pointsOf(parts, 'fit') / 100)) * 10;

/** What each part changed the total by, thousandths; together what the total changed by. In a product fit goes first, at the pain from before: pain is what brings the moment. */
function deltasOf(model: MatrixModel, parts: readonly Part[], before: readonly Part[] | undefined): ReadonlyMap<string, number> {
  if (model.kind !== 'merodio') return new Map(parts.map(({ part, points }) => [part, points - pointsOf(before, part)]));
  const between = product([...parts.filter(({ part }) => part === 'fit'), ...(before ?? []).filter(({ part }) => part === 'pain')]);
  return new Map([
    ['fit', between - product(before)],
    ['pain', product(parts) - between],
  ]);
}

/** Puts the person anew into every matrix that counts for them, where something is other than before. `event`: what was just recorded. */
export function placeAll(deciding: Deciding, event?: string): void {
  for (const named of modelsOf(deciding)) placeIn(deciding, named, event);
}

export function placeIn(deciding: Deciding, { ref, model }: NamedModel, event?: string): void {
  if (isPoints(model)) return;
  const known = clearedOf(deciding, ref, model, deciding.state.scores[model.id]);
  const { parts, total, fit, grade, seen } = placed(deciding, model);
  const same =
    known !== undefined && (model.kind === 'predictive' ? isAsLikely(known, ref, fit, grade) : isSame(known, parts, total, fit, grade));
  if (known === undefined ? !seen && deciding.state.profileVersion === 0 : same) return;
  const deltas = deltasOf(model, parts, known?.parts);
  // Questions that are gone take their points along.
  const gone = (known?.parts ?? []).filter(({ part }) => !deltas.has(part)).map(({ part, points }) => ({ part, delta: -points }));
  conclude(deciding, {
    type: 'MatrixScored',
    model: ref,
    parts: parts.map((part) => ({ ...part, delta: deltas.get(part.part) ?? 0 })),
    ...given('gone', gone.length === 0 ? undefined : gone),
    delta: total - (known?.total ?? 0),
    fit,
    grade,
    ...(seen ? { seen: true as const } : {}),
    ...given('event', event),
  });
}

/** Throws `HistoryNeeded` where a model asks how often the person did what, and the state is from before it was counted. */
const placed = (deciding: Deciding, model: MatrixModel): Placing =>
  model.kind === 'predictive' && deciding.state.deeds === undefined
    ? foreseen(model, deciding.state, deciding.now, deedsIn(recordedIn(deciding)))
    : placingOf(model, deciding.published, deciding.state, deciding.now);

/** To the whole percent, which is all that rules can ask for; a fact for every tenth would be one for every event. */
const isAsLikely = (known: Aggregate, ref: string, fit: number, grade: Grade): boolean =>
  known.model === ref && known.fit === fit && known.grade === grade;

/** What a model of another kind left behind under the same name counts nothing here. */
function clearedOf(deciding: Deciding, ref: string, model: MatrixModel, known: Aggregate | undefined): Aggregate | undefined {
  if (known === undefined) return undefined;
  const ofKind =
    known.parts === undefined ? known.total === 0 && known.raw.length === 0 : hasAxes(known.parts) === (model.kind === 'merodio');
  if (ofKind) return known;
  const day = utcDay(deciding.now);
  conclude(deciding, { type: 'PointsDecayed', model: ref, day, delta: -known.total, from: known.model, forgetBefore: day + 2 });
  return deciding.state.scores[ref.slice(0, ref.indexOf('@'))];
}

/** No question may be called so. */
const hasAxes = (parts: readonly Part[]): boolean => parts.length === 2 && parts[0]?.part === 'pain' && parts[1]?.part === 'fit';

const isSame = (known: Aggregate, parts: readonly Part[], total: number, fit: number, grade: Grade): boolean =>
  known.total === total &&
  known.fit === fit &&
  known.grade === grade &&
  known.parts?.length === parts.length &&
  parts.every(({ part, is, points }, at) => {
    const before = known.parts?.[at];
    return before?.part === part && before.is === is && before.points === points;
  });

/** The aggregate a state would have under the model. */
export function placedAs(model: MatrixModel, ref: string, published: Published, state: LeadState, now: number): Aggregate {
  const { parts, total, fit, grade, seen } = placingOf(model, published, state, now);
  return { model: ref, total, throughDay: utcDay(now), raw: [], seen, fit, grade, parts };
}
