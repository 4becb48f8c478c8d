/** Points, fit and grade: what an event or a profile is worth in every model that counts for the lead. */
import type { Stage, StrippedEvent } from '../../events/stripped';
import { conclude, modelsOf, record } from './deciding';
import type { Deciding, NamedModel } from './deciding';
import type { FactOf } from './facts';
import { isPoints } from './model';
import type { PointsModel } from './plan';
import { compiledModel, rawOfRule } from './compiled-model';
import { changeBy, decayBetween, eachRule, isKept, totalOf } from './points';
import { cellsOf } from './rule-cells';
import { fitOf, gradeFor } from './score';
import { stageRule, startingRule } from './starting-rule';
import { utcDay } from './time';
import { given } from './without';

/** Takes from every ledger what the days since took, or restates it by the version in force. Lazy: a silent lead is not woken for it. */
export function decayTo(deciding: Deciding): void {
  const today = utcDay(deciding.now);
  for (const id in deciding.state.scores) {
    const aggregate = deciding.state.scores[id];
    if (aggregate === undefined) continue;
    const named = deciding.published.currentModel(id);
    const same = named === undefined || named.ref === aggregate.model;
    // By another version it is restated even on the same day: the next entry of points is by that version, and nothing would tell later that the rest is not.
    if (same && aggregate.throughDay >= today) continue;
    const model = named?.model ?? deciding.published.model(aggregate.model);
    if (model === undefined || !isPoints(model)) continue;
    const delta = same
      ? decayBetween(model, aggregate.raw, aggregate.throughDay, today)
      : totalOf(model, aggregate.raw, today) - aggregate.total;
    if (delta === 0) continue;
    const forgetBefore = today - compiledModel(model).keptDays + 1;
    conclude(deciding, {
      type: 'PointsDecayed',
      model: named?.ref ?? aggregate.model,
      day: today,
      delta,
      forgetBefore,
      ...given('from', same ? undefined : aggregate.model),
    });
  }
}

/** Only for what a human did. */
export function scoreEvent(deciding: Deciding, event: StrippedEvent, id: string): void {
  // A clock ahead of ours must not buy points that never decay.
  const day = Math.max(0, Math.min(utcDay(event.occurredAt), utcDay(deciding.now) + 1));
  for (const named of modelsOf(deciding)) {
    const { model } = named;
    if (!isPoints(model)) continue;
    eachRule(model, event.type, event.data, (rule) => {
      const raw = rawOfRule(rule);
      if (raw !== 0) change(deciding, { ref: named.ref, model }, rule.key, id, event.occurredAt, day, raw);
    });
  }
}

export type NamedPoints = NamedModel & { readonly model: PointsModel };
type Change = { -readonly [K in keyof FactOf<'PointsChanged'>]: FactOf<'PointsChanged'>[K] };

/** `raw` thousandths more by a rule on that UTC day; nothing where the day counts no more. */
export function change(
  deciding: Deciding,
  { ref, model }: NamedPoints,
  rule: string,
  event: string,
  occurredAt: number,
  day: number,
  raw: number,
): void {
  const today = utcDay(deciding.now);
  if (!isKept(model, today - day)) return;
  const { delta, capped, decayPercent } = changeBy(model, rule, deciding.state.scores[model.id]?.raw ?? [], day, raw, today);
  const fact: Change = { v: 1, type: 'PointsChanged', occurredAt, recordedAt: deciding.now, model: ref, rule, event, day, raw, delta };
  if (capped !== undefined) fact.capped = capped;
  if (decayPercent !== undefined) fact.decayPercent = decayPercent;
  record(deciding, fact);
}

/** Once, when the lead is first in a stage; whatever stage follows brings none. */
export function scoreStage(deciding: Deciding, stage: Stage): void {
  const today = utcDay(deciding.now);
  for (const { ref, model } of modelsOf(deciding)) {
    const points = isPoints(model) ? (model.startingByStage?.[stage] ?? 0) : 0;
    if (!isPoints(model) || points === 0) continue;
    const started = cellsOf(deciding.state.scores[model.id]?.raw ?? [], stageRule) !== undefined;
    if (!started) change(deciding, { ref, model }, stageRule, '', deciding.now, today, points * 1000);
  }
}

/** Starting points once, fit and grade whenever they change; nothing before the first profile. */
export function scoreProfile(deciding: Deciding): void {
  if (deciding.state.profileVersion === 0) return;
  const today = utcDay(deciding.now);
  for (const named of modelsOf(deciding)) {
    const { ref, model } = named;
    if (!isPoints(model)) continue;
    const { traits } = deciding.state;
    const starting = model.starting?.[traits.source ?? ''] ?? model.starting?.['otherwise'] ?? 0;
    const started = cellsOf(deciding.state.scores[model.id]?.raw ?? [], startingRule) !== undefined;
    if (starting !== 0 && !started) change(deciding, { ref, model }, startingRule, '', deciding.now, today, starting * 1000);
    const fit = fitOf(model, traits);
    const grade = gradeFor(model, fit);
    const known = deciding.state.scores[model.id];
    if (known?.fit !== fit || known.grade !== grade) conclude(deciding, { type: 'GradeChanged', model: ref, fit, grade });
  }
}
