/** A lead's ledger counted again from its first event by the model in force: exact, because points are sums over events whatever the order. */
import type { StrippedEvent } from '../../events/stripped';
import { rawOn, withRaw } from './cells';
import { conclude, recordedIn } from './deciding';
import type { Deciding, NamedModel } from './deciding';
import type { Judged } from './hand-off-words';
import { placedAs } from './matrix';
import { isPoints } from './model';
import type { PointsModel } from './model';
import type { Published } from './plan';
import { rawOfRule } from './compiled-model';
import { eachRule, isKept, totalOf } from './points';
import { eventsIn } from './recorded';
import { cellsOf, withCells } from './rule-cells';
import type { RuleCells } from './rule-cells';
import { fitOf, gradeFor, readScore } from './score';
import type { Aggregate, LeadState } from './state';
import { stageRule, startingRule } from './starting-rule';
import { utcDay } from './time';
import { given } from './without';

/** What one event is worth by each rule, thousandths, and on which day; nothing where the day counts no more on `today`. */
export function worthsOf(
  model: PointsModel,
  { actor, type, data, occurredAt }: StrippedEvent,
  today: number,
): readonly { readonly rule: string; readonly day: number; readonly raw: number }[] {
  const day = Math.max(0, Math.min(utcDay(occurredAt), today + 1));
  if (actor !== 'human' || !isKept(model, today - day)) return [];
  const worths: { readonly rule: string; readonly day: number; readonly raw: number }[] = [];
  eachRule(model, type, data, (rule) => {
    const raw = rawOfRule(rule);
    if (raw !== 0) worths.push({ rule: rule.key, day, raw });
  });
  return worths;
}

/** The raw sums of all of them; days that count nothing any more on `today` are left out. */
export function rawOf(model: PointsModel, events: readonly StrippedEvent[], today: number): RuleCells {
  let cells: RuleCells = [];
  for (const event of events)
    for (const { rule, day, raw } of worthsOf(model, event, today))
      cells = withCells(cells, rule, withRaw(cellsOf(cells, rule) ?? '', day, raw));
  return cells;
}

/** With the points the lead began with, on the day it began. A matrix says what is known now. */
export function recounted(
  published: Published,
  { model, ref }: NamedModel,
  state: LeadState,
  events: readonly StrippedEvent[],
  now: number,
): Aggregate {
  return isPoints(model) ? pointsAgain(model, ref, state, events, now) : placedAs(model, ref, published, state, now);
}

function pointsAgain(model: PointsModel, ref: string, state: LeadState, events: readonly StrippedEvent[], now: number): Aggregate {
  const today = utcDay(now);
  const known = state.scores[model.id];
  const starting = (model.starting?.[state.traits.source ?? ''] ?? model.starting?.['otherwise'] ?? 0) * 1000;
  let raw = rawOf(model, events, today);
  const begins = (rule: string, worth: number): void => {
    const began = cellsOf(known?.raw ?? [], rule) ?? '';
    raw = withCells(raw, rule, withRaw('', began === '' ? today : firstDay(began, today), worth));
  };
  if (starting !== 0 && state.profileVersion > 0) begins(startingRule, starting);
  const byStage = state.began === undefined ? 0 : (model.startingByStage?.[state.began] ?? 0) * 1000;
  if (byStage !== 0) begins(stageRule, byStage);
  const fit = fitOf(model, state.traits);
  return {
    model: ref,
    total: totalOf(model, raw, today),
    throughDay: today,
    raw,
    seen: raw.length > 0 || known?.seen === true,
    ...(state.profileVersion === 0 ? {} : { fit, grade: gradeFor(model, fit) }),
  };
}

function firstDay(cells: string, today: number): number {
  for (let day = today; day > 0; day -= 1) if (rawOn(cells, day) !== 0) return day;
  return today;
}

/** By the model of that id in force. `quiet`: rules, grade bands and the lifecycle go on as before until the person does something. */
export function judgeRescore(deciding: Deciding, id: string, quiet: boolean): Judged {
  const named = deciding.published.currentModel(id);
  if (named === undefined) return { ok: false, says: `There is no scoring model "${id}".` };
  if (!isPoints(named.model))
    return { ok: true, says: `${named.ref.split('#', 1)[0] ?? id} always says what is known now; there is nothing to count again.` };
  const known = deciding.state.scores[id];
  const events = eventsIn(recordedIn(deciding));
  const made = recounted(deciding.published, named, deciding.state, events, deciding.now);
  const same = known?.model === made.model && known.total === made.total && known.grade === made.grade && known.fit === made.fit;
  if (same || (known === undefined && !made.seen))
    return { ok: true, says: `The score of ${named.ref.split('#', 1)[0] ?? id} is as it was.` };
  const [before, after] = [readScore(known), readScore(made)];
  return {
    ok: true,
    says: `The score was ${before} and is ${after} by ${named.ref.split('#', 1)[0] ?? id}.`,
    act: () =>
      conclude(deciding, {
        type: 'LeadRescored',
        model: made.model,
        ...given('from', known?.model),
        delta: made.total - (known?.total ?? 0),
        raw: made.raw,
        ...given('fit', made.fit),
        ...given('grade', made.grade),
        ...given('quiet', quiet ? (true as const) : undefined),
      }),
  };
}
