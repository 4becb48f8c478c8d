/**
 * Points as sums of integer thousandths: caps from raw sums per rule and UTC day, decay by an integer table,
 * so any order of arrival of the same events ends in the same points. Knows no lead.
 */
import type { Code } from '../../events/stripped';
import { counted, fadedBetween, percentAt as percentIn, rawOn, since, worthOf } from './cells';
import type { Fading } from './cells';
import { meets } from './field-test';
import type { FieldTest, PointRule, PointsModel } from './plan';
import { cellsOf } from './rule-cells';
import type { RuleCells } from './rule-cells';
import { startingRule } from './starting-rule';

/** A model that never decays to nothing forgets what is so much older than its last entry; keeps the state small. */
const forgetAfterDays = 400;

type CompiledRule = { readonly rule: PointRule; readonly tests: readonly (readonly [field: string, test: FieldTest])[] };
type CompiledModel = Fading & {
  /** Most thousandths by group; empty where no rule has one. */
  readonly groups: ReadonlyMap<string, number>;
  readonly byEvent: ReadonlyMap<string, readonly CompiledRule[]>;
  readonly byId: ReadonlyMap<string, PointRule>;
};

const compiled = new WeakMap<PointsModel, CompiledModel>();

export function compiledModel(model: PointsModel): CompiledModel {
  const known = compiled.get(model);
  if (known !== undefined) return known;
  const byEvent = new Map<string, CompiledRule[]>();
  for (const rule of model.rules)
    byEvent.set(rule.on, [...(byEvent.get(rule.on) ?? []), { rule, tests: Object.entries(rule.where ?? {}) }]);
  const horizon = model.decay.at(-1)?.afterDays ?? 0;
  const percents = Array.from(
    { length: horizon + 1 },
    (_, age) => model.decay.findLast(({ afterDays }) => afterDays <= age)?.percent ?? 100,
  );
  const forgetAge = percents[horizon] === 0 ? horizon : horizon + forgetAfterDays;
  const changes = percents.findIndex((percent, age) => age > 0 && percent !== percents[age - 1]);
  const fadesFrom = changes < 0 ? forgetAge : changes;
  const groups = new Map(Object.entries(model.groups ?? {}).map(([group, { total }]) => [group, total * 1000]));
  const made = { byEvent, byId: new Map(model.rules.map((rule) => [rule.id, rule])), groups, percents, forgetAge, fadesFrom };
  compiled.set(model, made);
  return made;
}

/** Percent of a day's points that still counts at that age. */
export const percentAt = (model: PointsModel, age: number): number => percentIn(compiledModel(model), age);

const thousandths = (points: number | undefined): number => (points === undefined ? Number.MAX_SAFE_INTEGER : points * 1000);
const bounded = (value: number, most: number): number => Math.max(-most, Math.min(most, value));

/** What the raw sums are worth on the UTC day `today`, thousandths. */
export function totalOf(model: PointsModel, raw: RuleCells, today: number): number {
  const made = compiledModel(model);
  let total = 0;
  const grouped = made.groups.size === 0 ? undefined : new Map<string, number>();
  for (const [id, cells] of raw) {
    const rule = made.byId.get(id);
    if (isGone(id, rule)) continue;
    const worth = valueOf(made, rule, cells, today);
    const group = grouped === undefined ? undefined : rule?.group;
    if (group === undefined) total += worth;
    else grouped?.set(group, (grouped.get(group) ?? 0) + worth);
  }
  for (const [group, sum] of grouped ?? []) total += bounded(sum, made.groups.get(group) ?? Number.MAX_SAFE_INTEGER);
  return total;
}

/** What one rule is worth that day within its own caps, thousandths. */
const valueOf = (made: CompiledModel, rule: PointRule | undefined, cells: string, today: number): number =>
  bounded(worthOf(cells, today, made, thousandths(rule?.perDay)), thousandths(rule?.total));

/** A rule this version of the model no longer has is worth nothing: its caps are gone with it, and without them its raw sums would be worth far more than they ever counted. */
const isGone = (id: string, rule: PointRule | undefined): boolean => rule === undefined && id !== startingRule;

/** What the rules are worth on the UTC days from `fromDay` on, thousandths: within their caps, before any decay, without what everybody starts with. */
export function gainedSince(model: PointsModel, raw: RuleCells, fromDay: number): number {
  const made = compiledModel(model);
  let gained = 0;
  const grouped = new Map<string, readonly [all: number, early: number]>();
  for (const [id, cells] of raw) {
    if (id === startingRule) continue;
    const rule = made.byId.get(id);
    if (isGone(id, rule)) continue;
    const [perDay, total] = [thousandths(rule?.perDay), thousandths(rule?.total)];
    const late = since(cells, fromDay);
    const sum = worthOf(cells, 0, undimmed, perDay);
    const [all, early] = [bounded(sum, total), bounded(sum - worthOf(late, 0, undimmed, perDay), total)];
    if (rule?.group === undefined || made.groups.size === 0) gained += all - early;
    else {
      const [otherAll, otherEarly] = grouped.get(rule.group) ?? [0, 0];
      grouped.set(rule.group, [otherAll + all, otherEarly + early]);
    }
  }
  for (const [group, [all, early]] of grouped) {
    const most = made.groups.get(group) ?? Number.MAX_SAFE_INTEGER;
    gained += bounded(all, most) - bounded(early, most);
  }
  return gained;
}
const undimmed: Fading = { percents: [100], forgetAge: Infinity, fadesFrom: Infinity };

/** What the days from `from` to `today` change the total by, thousandths: `totalOf` of the one less that of the other, in less time. */
export function decayBetween(model: PointsModel, raw: RuleCells, from: number, today: number): number {
  const made = compiledModel(model);
  if (made.groups.size > 0) return totalOf(model, raw, today) - totalOf(model, raw, from);
  let delta = 0;
  for (const [id, cells] of raw) {
    const rule = made.byId.get(id);
    if (isGone(id, rule)) continue;
    const perDay = thousandths(rule?.perDay);
    if (rule?.total === undefined) delta += fadedBetween(cells, from, today, made, perDay);
    else
      delta +=
        bounded(worthOf(cells, today, made, perDay), thousandths(rule.total)) -
        bounded(worthOf(cells, from, made, perDay), thousandths(rule.total));
  }
  return delta;
}

export type Change = {
  readonly delta: number;
  readonly capped: 'day' | 'total' | 'group' | undefined;
  readonly decayPercent: number | undefined;
};

/** What `more` thousandths of a rule on `day` change the total of `today` by, thousandths, beside all the lead has. */
export function changeBy(model: PointsModel, id: string, cells: RuleCells, day: number, more: number, today: number): Change {
  const made = compiledModel(model);
  const rule = made.byId.get(id);
  const own = cellsOf(cells, id) ?? '';
  const change = changeOfRule(model, rule, own, day, more, today);
  const most = rule?.group === undefined ? undefined : made.groups.get(rule.group);
  if (most === undefined) return change;
  let before = 0;
  for (const [other, theirs] of cells) {
    const mate = made.byId.get(other);
    if (mate?.group === rule?.group) before += valueOf(made, mate, theirs, today);
  }
  const delta = bounded(before + change.delta, most) - bounded(before, most);
  return delta === change.delta ? change : { ...change, delta, capped: 'group' };
}

function changeOfRule(model: PointsModel, rule: PointRule | undefined, cells: string, day: number, raw: number, today: number): Change {
  const made = compiledModel(model);
  const percent = percentIn(made, today - day);
  const decayPercent = percent === 100 ? undefined : percent;
  const perDay = thousandths(rule?.perDay);
  const before = rule?.perDay === undefined ? 0 : rawOn(cells, day);
  const more = counted(before + raw, perDay, percent) - counted(before, perDay, percent);
  const capped = bounded(before + raw, perDay) - bounded(before, perDay) === raw ? undefined : 'day';
  if (rule?.total === undefined) return { delta: more, capped, decayPercent };
  const uncapped = worthOf(cells, today, made, perDay);
  const most = thousandths(rule.total);
  const delta = bounded(uncapped + more, most) - bounded(uncapped, most);
  return { delta, capped: delta === more ? capped : 'total', decayPercent };
}

/** Calls `take` for every rule of the model that counts this event. */
export function eachRule(model: PointsModel, type: string, data: Readonly<Record<string, Code>>, take: (rule: PointRule) => void): void {
  const rules = compiledModel(model).byEvent.get(type);
  if (rules === undefined) return;
  for (const { rule, tests } of rules) {
    let counts = true;
    for (const [field, test] of tests) counts &&= meets(data[field], test);
    if (counts) take(rule);
  }
}
