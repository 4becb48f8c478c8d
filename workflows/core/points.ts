/**
 * Points as sums of integer thousandths: caps from raw sums per rule and UTC day, decay by an integer table,
 * so any order of arrival of the same events ends in the same points. Knows no lead.
 */
import type { Code } from '../../events/stripped';
import { counted, fadedBetween, percentAt as percentIn, rawOn, since, withRaw, worthOf } from './cells';
import type { Fading } from './cells';
import { compiledModel } from './compiled-model';
import type { CompiledModel, CompiledRule } from './compiled-model';
import { meets } from './field-test';
import { oftenWorth } from './often';
import type { PointsModel } from './plan';
import { cellsOf } from './rule-cells';
import type { RuleCells } from './rule-cells';
import { isStarting } from './starting-rule';

/** Does a day of that age still count, or help to count a younger one? */
export const isKept = (model: PointsModel, age: number): boolean => {
  const made = compiledModel(model);
  return percentIn(made, age) !== 0 || (made.keptDays > made.forgetAge && age < made.keptDays);
};

const unbounded = Number.MAX_SAFE_INTEGER;
const bounded = (value: number, most: number): number => Math.max(-most, Math.min(most, value));

/** What the raw sums are worth on the UTC day `today`, thousandths. */
export function totalOf(model: PointsModel, raw: RuleCells, today: number): number {
  const made = compiledModel(model);
  return bounded(uncapped(made, raw, today), made.most ?? unbounded);
}

/** Within the caps of rules and groups, before that of the whole model. */
function uncapped(made: CompiledModel, raw: RuleCells, today: number): number {
  let total = 0;
  const grouped = made.groups.size === 0 ? undefined : new Map<string, number>();
  for (const [key, cells] of raw) {
    const rule = made.byKey.get(key);
    if (isGone(key, rule)) continue;
    const worth = valueOf(made, rule, cells, today);
    const group = grouped === undefined ? undefined : rule?.rule.group;
    if (group === undefined) total += worth;
    else grouped?.set(group, (grouped.get(group) ?? 0) + worth);
  }
  for (const [group, sum] of grouped ?? []) total += bounded(sum, made.groups.get(group) ?? unbounded);
  return total;
}

/** What one rule is worth that day within its own caps, thousandths. */
function valueOf(made: CompiledModel, rule: CompiledRule | undefined, cells: string, today: number): number {
  if (rule === undefined) return worthOf(cells, today, made, unbounded);
  const { fading, often, perDay, total } = rule;
  if (often === undefined) return bounded(worthOf(cells, today, fading, perDay), total);
  return bounded(
    oftenWorth(cells, often, perDay, (day) => percentIn(fading, today - day)),
    total,
  );
}

/** A rule this version of the model no longer has is worth nothing: its caps are gone with it, and without them its raw sums would be worth far more than they ever counted. */
const isGone = (key: string, rule: CompiledRule | undefined): boolean => rule === undefined && !isStarting(key);

/** What the rules are worth on the UTC days from `fromDay` on, thousandths: within their caps, before any decay, without what everybody starts with. */
export function gainedSince(model: PointsModel, raw: RuleCells, fromDay: number): number {
  const made = compiledModel(model);
  let [all, early] = [0, 0];
  const grouped = new Map<string, readonly [all: number, early: number]>();
  for (const [key, cells] of raw) {
    const rule = made.byKey.get(key);
    if (rule === undefined) continue;
    const sum = undimmedWorth(rule, cells, 0);
    const [whole, before] = [bounded(sum, rule.total), bounded(sum - undimmedWorth(rule, cells, fromDay), rule.total)];
    const { group } = rule.rule;
    if (group === undefined || made.groups.size === 0) [all, early] = [all + whole, early + before];
    else {
      const [otherAll, otherEarly] = grouped.get(group) ?? [0, 0];
      grouped.set(group, [otherAll + whole, otherEarly + before]);
    }
  }
  for (const [group, [whole, before]] of grouped) {
    const most = made.groups.get(group) ?? unbounded;
    [all, early] = [all + bounded(whole, most), early + bounded(before, most)];
  }
  return made.most === undefined ? all - early : bounded(all, made.most) - bounded(early, made.most);
}

/** Of the days from `fromDay` on. */
const undimmedWorth = ({ often, perDay }: CompiledRule, cells: string, fromDay: number): number =>
  often === undefined
    ? worthOf(since(cells, fromDay), 0, undimmed, perDay)
    : oftenWorth(cells, often, perDay, (day) => (day < fromDay ? 0 : 100));
const undimmed: Fading = { percents: [100], forgetAge: Infinity, fadesFrom: Infinity };

/** What the days from `from` to `today` change the total by, thousandths: `totalOf` of the one less that of the other, in less time. */
export function decayBetween(model: PointsModel, raw: RuleCells, from: number, today: number): number {
  const made = compiledModel(model);
  if (made.groups.size > 0 || made.most !== undefined) return totalOf(model, raw, today) - totalOf(model, raw, from);
  let delta = 0;
  for (const [key, cells] of raw) {
    const rule = made.byKey.get(key);
    if (isGone(key, rule)) continue;
    if (rule?.often === undefined && (rule === undefined || rule.total === unbounded))
      delta += fadedBetween(cells, from, today, rule?.fading ?? made, rule?.perDay ?? unbounded);
    else delta += valueOf(made, rule, cells, today) - valueOf(made, rule, cells, from);
  }
  return delta;
}

export type Change = {
  readonly delta: number;
  readonly capped: 'day' | 'total' | 'group' | 'model' | undefined;
  readonly decayPercent: number | undefined;
};

/** What `more` thousandths of a rule on `day` change the total of `today` by, thousandths, beside all the lead has. */
export function changeBy(model: PointsModel, key: string, cells: RuleCells, day: number, more: number, today: number): Change {
  const made = compiledModel(model);
  const rule = made.byKey.get(key);
  if (isGone(key, rule)) return nothing;
  const own = cellsOf(cells, key) ?? '';
  const ofRule =
    rule?.often === undefined ? changeOfRule(made, rule, own, day, more, today) : changeOfOften(made, rule, own, day, more, today);
  const change = withinGroup(made, rule, cells, today, ofRule);
  if (made.most === undefined) return change;
  const before = uncapped(made, cells, today);
  const delta = bounded(before + change.delta, made.most) - bounded(before, made.most);
  return delta === change.delta ? change : { ...change, delta, capped: 'model' };
}

/** By a rule that the model no longer has. */
const nothing: Change = { delta: 0, capped: undefined, decayPercent: undefined };

function withinGroup(made: CompiledModel, rule: CompiledRule | undefined, cells: RuleCells, today: number, change: Change): Change {
  const group = rule?.rule.group;
  const most = group === undefined ? undefined : made.groups.get(group);
  if (most === undefined) return change;
  let before = 0;
  for (const [other, theirs] of cells) {
    const mate = made.byKey.get(other);
    if (mate?.rule.group === group) before += valueOf(made, mate, theirs, today);
  }
  const delta = bounded(before + change.delta, most) - bounded(before, most);
  return delta === change.delta ? change : { ...change, delta, capped: 'group' };
}

function changeOfRule(made: CompiledModel, rule: CompiledRule | undefined, cells: string, day: number, raw: number, today: number): Change {
  const fading = rule?.fading ?? made;
  const [perDay, most] = [rule?.perDay ?? unbounded, rule?.total ?? unbounded];
  const percent = percentIn(fading, today - day);
  const decayPercent = percent === 100 ? undefined : percent;
  const before = perDay === unbounded ? 0 : rawOn(cells, day);
  const more = counted(before + raw, perDay, percent) - counted(before, perDay, percent);
  const capped = bounded(before + raw, perDay) - bounded(before, perDay) === raw ? undefined : 'day';
  if (most === unbounded) return { delta: more, capped, decayPercent };
  const uncappedWorth = worthOf(cells, today, fading, perDay);
  const delta = bounded(uncappedWorth + more, most) - bounded(uncappedWorth, most);
  return { delta, capped: delta === more ? capped : 'total', decayPercent };
}

/** Nothing until the span is full. */
function changeOfOften(made: CompiledModel, rule: CompiledRule, cells: string, day: number, raw: number, today: number): Change {
  const free = { ...rule, total: unbounded };
  const after = withRaw(cells, day, raw);
  const more = valueOf(made, free, after, today) - valueOf(made, free, cells, today);
  const delta = valueOf(made, rule, after, today) - valueOf(made, rule, cells, today);
  const percent = percentIn(rule.fading, today - day);
  return { delta, capped: delta === more ? undefined : 'total', decayPercent: more === 0 || percent === 100 ? undefined : percent };
}

/** Calls `take` for every rule of the model that counts this event. */
export function eachRule(model: PointsModel, type: string, data: Readonly<Record<string, Code>>, take: (rule: CompiledRule) => void): void {
  const rules = compiledModel(model).byEvent.get(type);
  if (rules === undefined) return;
  for (const rule of rules) {
    let counts = true;
    for (const [field, test] of rule.tests) counts &&= meets(data[field], test);
    if (counts) take(rule);
  }
}
