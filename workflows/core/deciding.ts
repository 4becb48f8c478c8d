/** One decision under way: what is published, the moment, the facts so far and the state folded with them. */
import type { Fact } from './facts';
import { evolve } from './evolve';
import { compiledPlan } from './compile';
import type { CompiledPlan } from './compile';
import type { View } from './conditions';
import type { Model, Published } from './plan';
import type { Enrolment, LeadState } from './state';

export type Deciding = {
  readonly published: Published;
  readonly now: number;
  readonly facts: Fact[];
  state: LeadState;
  /** Models that count for this lead; emptied when an enrolment begins or ends. */
  models: readonly NamedModel[] | undefined;
};
export type NamedModel = { readonly ref: string; readonly model: Model };

/** The published thing is not in the cache the decision was given: the caller must fetch it and decide again. */
export class UnknownRef extends Error {
  override name = 'UnknownRef';
  constructor(readonly ref: string) {
    super(`nothing is published as ${ref} (digest-unknown)`);
  }
}

type Stamp = 'v' | 'occurredAt' | 'recordedAt';
/** A fact before it is stamped. */
export type Conclusion = Fact extends infer F ? (F extends Fact ? Omit<F, Stamp> : never) : never;

export function record(deciding: Deciding, fact: Fact): void {
  deciding.facts.push(fact);
  deciding.state = evolve(deciding.state, fact);
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

export const viewOf = (
  deciding: Pick<Deciding, 'published' | 'state' | 'now'>,
  enrolment: Enrolment,
  plan: CompiledPlan = planOf(deciding.published, enrolment),
): View => ({
  published: deciding.published,
  state: deciding.state,
  enrolment,
  plan,
  now: deciding.now,
  floorAt: -1,
});

/** The workspace's model and those the lead's sequences name. A model that is not published counts nothing. */
export function modelsOf(deciding: Deciding): readonly NamedModel[] {
  if (deciding.models !== undefined) return deciding.models;
  const ids = new Set([deciding.published.settings.model]);
  for (const id in deciding.state.enrolments) {
    const enrolment = deciding.state.enrolments[id];
    if (enrolment !== undefined) ids.add(planOf(deciding.published, enrolment).plan.model);
  }
  const models = [...ids].flatMap((id) => deciding.published.currentModel(id) ?? []);
  deciding.models = models;
  return models;
}

/** Is a send of this enrolment under way? */
export function sending(state: LeadState, enrolment: string): boolean {
  for (const id in state.effects) {
    const effect = state.effects[id];
    if (effect?.type === 'SendTouch' && effect.enrolment === enrolment) return true;
  }
  return false;
}
