/** Whether a condition holds for an enrolment at a moment, since when, and at which later moments time alone may change it. Reads marks, never events. */
import type { Code } from '../../events/stripped';
import { meets } from './field-test';
import type { CompiledPlan } from './compile';
import type { Node } from './compile-condition';
import { partsOf } from './compile-condition';
import { heldFrom } from './marks';
import { inCohort } from './lots';
import { namedNode, personaWishes } from './named-conditions';
import { isPoints } from './model';
import type { Model, Published } from './plan';
import { eachCell } from './cells';
import { gainedSince } from './points';
import { actingGrade, actingScore, gradeAtLeast, temperatureOf, totalOn } from './score';
import { stageAtLeast } from './stages';
import type { Aggregate, Enrolment, LeadState } from './state';
import { utcDay } from './time';

/** What a condition may look at. */
export type View = {
  readonly published: Published;
  readonly state: LeadState;
  readonly id: string;
  readonly enrolment: Enrolment;
  readonly plan: CompiledPlan;
  readonly now: number;
  /** Only marks after this moment count; -1 = all. */
  readonly floorAt: number;
  /** The scoring model that score, grade and temperature are read from; the plan's where absent. */
  readonly model?: string;
};

/** What a condition over the person may look at: nobody's enrolment in particular. */
export type Asked = Pick<View, 'published' | 'state' | 'now' | 'floorAt' | 'model'> & {
  readonly enrolment: Pick<Enrolment, 'marks' | 'data' | 'enrolledAt'>;
  readonly plan?: CompiledPlan;
};
/** The person at a moment, in no enrolment. */
export const personAt = (published: Published, state: LeadState, now: number): Asked => ({
  published,
  state,
  now,
  floorAt: -1,
  model: published.settings.model,
  enrolment: { marks: {}, data: {}, enrolledAt: state.knownAt ?? now },
});

/** Id of the scoring model in which the view's conditions are meant. */
export const modelOf = ({ model, plan, published }: Pick<Asked, 'model' | 'plan' | 'published'>): string =>
  model ?? plan?.plan.model ?? published.settings.model;

/** `a.`/`s.` keys are single moments, `times` 1. */
export function holds(node: Node, view: Asked): boolean {
  switch (node.kind) {
    case 'engaged':
      return heldFrom(view.enrolment.marks[node.key], node.times, node.within, view.floorAt) !== undefined;
    case 'clicked':
      return heldFrom(view.enrolment.marks[node.key], 1, undefined, view.floorAt) !== undefined;
    case 'silentFor':
      return view.now - silentSince(view) >= node.ms;
    case 'score':
      return scoreAt(view) >= node.atLeast;
    case 'gained':
      return gainedIn(node, view) >= node.points * 1000;
    case 'pain':
      return (view.state.pain?.is ?? 0) >= node.atLeast;
    case 'fit':
      return closenessOf(view).fit >= node.atLeast;
    case 'grade':
      return gradeAtLeast(actingGrade(view.state.scores[modelOf(view)]), node.atLeast);
    case 'temperature':
      return temperatureOf(view.state, view.published.currentModel(modelOf(view))?.model).is === node.is;
    case 'stage':
      return stageAtLeast(view.state.stage, node.atLeast);
    case 'qualification':
      return view.state.qualification === node.is;
    case 'field':
      return fieldHolds(node, view);
    case 'consent':
      return view.state.consent[node.channel] === 'granted';
    case 'cohort':
      return inCohort(view.state.leadId, node);
    case 'segment':
    case 'persona':
      return namedHolds(node, view);
    case 'all':
      return node.of.every((part) => holds(part, view));
    case 'any':
      return node.of.some((part) => holds(part, view));
    case 'not':
      return !holds(node.of, view);
  }
}

/** A named condition is about the person, so it reads the model that decides for the workspace. */
function namedHolds(named: Named, view: Asked): boolean {
  const node = namedNode(view.published.settings, named);
  return node !== undefined && holds(node, { ...view, model: view.published.settings.model });
}
type Named = Extract<Node, { kind: 'segment' | 'persona' }>;

/** `fit`: 0 to 10 in tenths, ten times the share of a persona's weighted wishes that hold; of several alike the first persona, nobody at 0. */
export type Closeness = { readonly fit: number; readonly persona: string | undefined };

/** How close the person is to the nearest persona of the settings; 0 and nobody where there is none. */
export function closenessOf(view: Asked): Closeness {
  const asked = { ...view, model: view.published.settings.model };
  let nearest: Closeness = { fit: 0, persona: undefined };
  for (const [persona, wishes] of personaWishes(view.published.settings)) {
    let [all, met] = [0, 0];
    for (const { weight, node } of wishes) {
      all += weight;
      if (holds(node, asked)) met += weight;
    }
    const fit = all === 0 ? 0 : Math.round((met * 100) / all) / 10;
    if (fit > nearest.fit) nearest = { fit, persona };
  }
  return nearest;
}

/** Since the last human engagement, or since enrolment where there was none. */
const silentSince = ({ state, enrolment }: Asked): number => state.lastEngagedAt ?? enrolment.enrolledAt;

const valueOf = (field: string, data: Enrolment['data'], traits: LeadState['traits']): Code | undefined => {
  if (field.startsWith('data.')) return data[field.slice(5)];
  return field.startsWith('settings.') ? data[field] : traits[field];
};

function fieldHolds(node: Extract<Node, { kind: 'field' }>, { state, enrolment }: Asked): boolean {
  const value = valueOf(node.field, enrolment.data, state.traits);
  return node.test === undefined ? value !== undefined : meets(value, node.test);
}

const scoreAt = (view: Asked): number => scoreBy(modelOf(view), view);

/** The score by a model as it reads at that moment: a later day has decayed further than what the state was folded through. */
export function scoreBy(id: string, at: Pick<View, 'published' | 'state' | 'now'>): number {
  const aggregate = at.state.scores[id];
  if (aggregate === undefined || utcDay(at.now) <= aggregate.throughDay) return actingScore(aggregate);
  const model = ledgerModel(id, aggregate, at.published);
  return actingScore(model === undefined ? aggregate : { ...aggregate, total: totalOn(model, aggregate, utcDay(at.now)) });
}

const ledgerModel = (id: string, aggregate: Aggregate, published: Published): Model | undefined =>
  published.currentModel(id)?.model ?? published.model(aggregate.model);

/** Thousandths of a point. */
function gainedIn({ days }: Extract<Node, { kind: 'gained' }>, view: Asked): number {
  const id = modelOf(view);
  const aggregate = view.state.scores[id];
  const model = aggregate === undefined ? undefined : ledgerModel(id, aggregate, view.published);
  return aggregate === undefined || model === undefined || !isPoints(model)
    ? 0
    : gainedSince(model, aggregate.raw, utcDay(view.now) - days + 1);
}

/**
 * What the model of the workspace has seen gained from each of its days on, thousandths, ascending: the first entry not before a day says what `gained` asks of
 * it. For whoever keeps people in a store.
 */
export function gainsOf(published: Published, state: LeadState): readonly (readonly [day: number, gained: number])[] {
  const aggregate = state.scores[published.settings.model];
  const model = aggregate === undefined ? undefined : ledgerModel(published.settings.model, aggregate, published);
  if (aggregate === undefined || model === undefined || !isPoints(model)) return [];
  const days = new Set(aggregate.raw.flatMap(([, cells]) => eachCell(cells).map(([day]) => day)));
  return [...days].sort((a, b) => a - b).map((day) => [day, gainedSince(model, aggregate.raw, day)] as const);
}

/** First moment the condition held, as far as marks and the last engagement tell; for other kinds ask the remembered mark. */
export function heldSince(node: Node, view: View): number | undefined {
  switch (node.kind) {
    case 'engaged':
      return heldFrom(view.enrolment.marks[node.key], node.times, node.within, -1);
    case 'clicked':
      return heldFrom(view.enrolment.marks[node.key], 1, undefined, -1);
    case 'silentFor':
      return holds(node, view) ? silentSince(view) + node.ms : undefined;
    case 'all': {
      const moments = node.of.map((part) => heldSince(part, view));
      return moments.every((at) => at !== undefined) ? Math.max(...moments) : undefined;
    }
    case 'any': {
      const moments = node.of.map((part) => heldSince(part, view)).filter((at) => at !== undefined);
      return moments.length === 0 ? undefined : Math.min(...moments);
    }
    default:
      return undefined;
  }
}

/** Newest moment the condition held, of events alone; their marks roll. */
export function heldLast(node: Node, view: View): number | undefined {
  if (node.kind === 'engaged') return heldFrom(view.enrolment.marks[node.key], node.times, node.within, -1);
  if (node.kind !== 'all' && node.kind !== 'any') return undefined;
  const moments = node.of.map((part) => heldLast(part, view));
  const known = moments.filter((at) => at !== undefined);
  return known.length === 0 || (node.kind === 'all' && known.length < moments.length) ? undefined : Math.max(...known);
}

/** Later moments at which silence alone may change the condition, ascending. */
export function momentsOf(node: Node, view: Asked): readonly number[] {
  let moments: number[] | undefined;
  for (const part of partsOf(node)) {
    if (part.kind === 'segment' || part.kind === 'persona') {
      const named = namedNode(view.published.settings, part);
      if (named !== undefined) (moments ??= []).push(...momentsOf(named, view));
    }
    if (part.kind === 'fit')
      for (const [, wishes] of personaWishes(view.published.settings))
        for (const { node: wish } of wishes) (moments ??= []).push(...momentsOf(wish, view));
    if (part.kind !== 'silentFor') continue;
    const at = silentSince(view) + part.ms;
    if (at > view.now) (moments ??= []).push(at);
  }
  return moments?.sort((a, b) => a - b) ?? none;
}
const none: readonly number[] = [];

/** The first later moment at which the condition holds if nothing happens until then. */
export function holdsFirstAt(node: Node, view: View): number | undefined {
  for (const now of momentsOf(node, view)) if (holds(node, { ...view, now })) return now;
  return undefined;
}
