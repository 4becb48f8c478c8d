/** One decision under way: what is published, the moment, the facts so far and the state folded with them. */
import type { Fact } from './facts';
import { draftOf } from './draft';
import type { Draft } from './draft';
import { isOfStep } from './effects';
import { apply } from './evolve';
import { compiledPlan } from './compile';
import { crossing } from './listens';
import type { CompiledPlan } from './compile';
import type { View } from './conditions';
import type { Model, Published } from './plan';
import { idsOf, inRing, packed } from './ring';
import type { Enrolment, LeadState } from './state';

export type Deciding = {
  readonly published: Published;
  readonly now: number;
  readonly facts: Fact[];
  /** Folded with the facts as they are concluded. */
  readonly state: Draft;
  /** What was looked up for the enrolments as they are; renewed when they change. */
  open: Open | undefined;
  /** Ids known before, where a batch asks often; else the ring is asked. */
  known: Set<string> | undefined;
  /** What was recorded of the lead, oldest first, where the caller can give it. */
  readonly recorded: Recorded | undefined;
};
/** All facts of the lead. Read only where a plan changes under an enrolment, points are counted again or an event is taken back: all of it rare. */
export type Recorded = () => readonly Fact[];
type Open = { readonly of: LeadState['enrolments']; readonly views: readonly View[]; readonly models: readonly NamedModel[] };
export type NamedModel = { readonly ref: string; readonly model: Model };

/** The published thing is not in the cache the decision was given: the caller must fetch it and decide again. */
export class UnknownRef extends Error {
  override name = 'UnknownRef';
  constructor(readonly ref: string) {
    super(`nothing is published as ${ref} (digest-unknown)`);
  }
}

/** The decision needs what was recorded of the lead: the caller must read its log and decide again. */
export class HistoryNeeded extends Error {
  override name = 'HistoryNeeded';
  constructor() {
    super("the lead's recorded facts are needed to decide this");
  }
}

/** Those of this decision included. Throws `HistoryNeeded`. */
export function recordedIn({ recorded, facts }: Pick<Deciding, 'recorded' | 'facts'>): readonly Fact[] {
  if (recorded === undefined) throw new HistoryNeeded();
  return [...recorded(), ...facts];
}

type Stamp = 'v' | 'occurredAt' | 'recordedAt';
/** A fact before it is stamped. */
export type Conclusion = Fact extends infer F ? (F extends Fact ? Omit<F, Stamp> : never) : never;

export function record(deciding: Deciding, fact: Fact): void {
  deciding.facts.push(fact);
  apply(deciding.state, fact);
}

/** Stamps and records. */
export const conclude = (deciding: Deciding, conclusion: Conclusion, occurredAt: number = deciding.now): void =>
  record(deciding, { v: 1, occurredAt, recordedAt: deciding.now, ...conclusion } as Fact);

/** Throws `UnknownRef`. */
export function planOf(published: Published, enrolment: Pick<Enrolment, 'sequence'>): CompiledPlan {
  const plan = published.plan(enrolment.sequence);
  if (plan === undefined) throw new UnknownRef(enrolment.sequence);
  return compiledPlan(plan);
}

/** `state` is the draft itself: a view shows the person as they are now, and its enrolment as it was when the view was made. */
export const viewOf = (
  deciding: Pick<Deciding, 'published' | 'now'> & { readonly state: LeadState },
  id: string,
  enrolment: Enrolment,
  plan: CompiledPlan = planOf(deciding.published, enrolment),
): View => ({
  published: deciding.published,
  state: deciding.state,
  id,
  enrolment,
  plan,
  now: deciding.now,
  floorAt: -1,
});

/** One view an open enrolment. */
export const viewsOf = (deciding: Deciding): readonly View[] => openOf(deciding).views;

/** The workspace's model, those beside it, and those the lead's sequences name. A model that is not published counts nothing. */
export const modelsOf = (deciding: Deciding): readonly NamedModel[] => openOf(deciding).models;

function openOf(deciding: Deciding): Open {
  const { enrolments } = deciding.state;
  if (deciding.open?.of === enrolments) return deciding.open;
  const views: View[] = [];
  const models: NamedModel[] = [];
  const { model, beside = [] } = deciding.published.settings;
  for (const id of [model, ...beside]) addModel(models, deciding.published, id);
  for (const id in enrolments) {
    const enrolment = enrolments[id];
    if (enrolment === undefined) continue;
    const view = viewOf(deciding, id, enrolment);
    views.push(view);
    addModel(models, deciding.published, view.plan.plan.model);
  }
  // A score that enrols is counted for everybody.
  for (const { plan } of deciding.published.enrolledBy(crossing)) addModel(models, deciding.published, plan.model);
  deciding.open = { of: enrolments, views, models };
  return deciding.open;
}

function addModel(models: NamedModel[], published: Published, id: string): void {
  for (const { model } of models) if (model.id === id) return;
  const named = published.currentModel(id);
  if (named !== undefined) models.push(named);
}

/** From so many inputs on it pays to unpack the ring once. */
const manyInputs = 8;

export const begin = (published: Published, state: LeadState, inputs: number, now: number, recorded?: Recorded): Deciding => ({
  published,
  now,
  facts: [],
  state: draftOf(state),
  open: undefined,
  known: inputs < manyInputs ? undefined : idsOf(state.ring),
  recorded,
});

/** Was an event or command of that id taken before, in this batch too? Remembers it as taken. */
export function isKnown({ known, state }: Deciding, id: string): boolean {
  if (known === undefined) return inRing(state.ring, id);
  const before = known.size;
  return known.add(packed(id)).size === before;
}

/** Is a step of this enrolment under way? */
export function sending(state: LeadState, enrolment: string): boolean {
  for (const id in state.effects) {
    const effect = state.effects[id];
    if (isOfStep(effect) && effect.enrolment === enrolment) return true;
  }
  return false;
}
