/** A lead at a past moment: as its facts knew it then, or as today's knowledge has it. Folded and counted by what decides every day; writes nothing. */
import { contributionsOf } from './contributions';
import type { Contribution } from './contributions';
import { begin, conclude, UnknownRef } from './deciding';
import type { Deciding, NamedModel } from './deciding';
import { fold } from './evolve';
import type { Fact, FactType } from './facts';
import { frozen } from './frozen';
import { initial } from './initial';
import type { Published } from './plan';
import { placeIn } from './matrix';
import { isPoints } from './model';
import { takenBack } from './recorded';
import { change, decayTo } from './rule-points';
import type { NamedPoints } from './rule-points';
import { fitOf, gradeFor } from './score';
import type { LeadState } from './state';

/** The lead, and the facts that its points are the sum of. */
export type Past = { readonly state: LeadState; readonly facts: readonly Fact[] };

/** By what had been recorded until `at` (epoch ms, engine's clock), its points faded to that day by the rules they counted by. */
export function asKnown(published: Published, leadId: string, facts: readonly Fact[], at: number): Past {
  const until = facts.filter(({ recordedAt }) => recordedAt <= at);
  const known = fold(initial(leadId), until);
  const deciding = begin(frozen(published, known), known, 0, Math.max(at, known.at));
  decayTo(deciding);
  return { state: deciding.state, facts: [...until, ...deciding.facts] };
}

/**
 * By what happened until `at`, each thing at its own moment: what was learnt of it later counts, what was counted anew since counts as it does now.
 * Stage, lifecycle and whatever else the engine concluded are as they were concluded. Throws `UnknownRef` where the rules of its points are not published.
 */
export function inHindsight(published: Published, leadId: string, facts: readonly Fact[], at: number): Past {
  const today = fold(initial(leadId), facts);
  const view = frozen(published, today);
  const taken = takenBack(facts);
  const told = facts.filter(
    (fact) => fact.occurredAt <= at && !ofPoints.has(fact.type) && !(fact.type === 'EngagementRecorded' && taken.has(fact.id)),
  );
  const then = { ...fold(initial(leadId), told), scores: {} };
  const counted: Fact[] = [];
  let state: LeadState = { ...then, at: 0 };
  const step = (now: number, act: (deciding: Deciding) => void): void => {
    const deciding = begin(view, state, 0, now, () => told);
    decayTo(deciding);
    act(deciding);
    counted.push(...deciding.facts);
    state = deciding.state;
  };
  for (const { named, one } of inOrder(view, today, facts, at))
    step(one.at, (deciding) => change(deciding, named, one.rule, one.event, one.at, one.day, one.raw));
  step(at, (deciding) => grade(deciding, modelsIn(view, today)));
  return { state, facts: [...told, ...counted] };
}

const ofPoints: ReadonlySet<FactType> = new Set<FactType>([
  'PointsChanged',
  'PointsDecayed',
  'PointsRetracted',
  'LeadRescored',
  'GradeChanged',
  'MatrixScored',
]);

/** Throws `UnknownRef`. */
const modelsIn = (view: Published, { scores }: LeadState): readonly NamedModel[] =>
  Object.entries(scores).map(([id, { model: ref }]) => {
    const named = view.currentModel(id);
    if (named === undefined) throw new UnknownRef(ref);
    return named;
  });

type Counted = { readonly named: NamedPoints; readonly one: Contribution };

function inOrder(view: Published, today: LeadState, facts: readonly Fact[], at: number): readonly Counted[] {
  return modelsIn(view, today)
    .flatMap(({ ref, model }) => (isPoints(model) ? [{ ref, model }] : []))
    .flatMap((named) => contributionsOf(view, facts, named.model.id).map((one) => ({ named, one })))
    .filter(({ one }) => one.at <= at)
    .sort((a, b) => a.one.at - b.one.at);
}

/** Of the profile as it was then, none before the first; a matrix says where it puts what was known of the person. */
function grade(deciding: Deciding, models: readonly NamedModel[]): void {
  for (const named of models) placeIn(deciding, named);
  const { profileVersion, traits } = deciding.state;
  if (profileVersion === 0) return;
  for (const { ref, model } of models) {
    if (!isPoints(model)) continue;
    const fit = fitOf(model, traits);
    conclude(deciding, { type: 'GradeChanged', model: ref, fit, grade: gradeFor(model, fit) });
  }
}
