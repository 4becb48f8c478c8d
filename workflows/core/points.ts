/**
 * Points as sums of integer thousandths: caps from raw sums per rule and UTC day, decay by an integer table,
 * so any order of arrival of the same events ends in the same points. Knows no lead.
 */
import type { Code } from '../../events/stripped';
import { eachCell, rawOn } from './cells';
import { meets } from './field-test';
import type { Model, PointRule } from './plan';

/** A model that never decays to nothing forgets what is so much older than its last entry; keeps the state small. */
const forgetAfterDays = 400;

type CompiledModel = {
  readonly byEvent: ReadonlyMap<string, readonly PointRule[]>;
  readonly byId: ReadonlyMap<string, PointRule>;
  /** Percent by age in days up to the last entry; the last one holds until `forgetAge`. */
  readonly percents: readonly number[];
  /** From this age on a day counts nothing. */
  readonly forgetAge: number;
};

const compiled = new WeakMap<Model, CompiledModel>();

export function compiledModel(model: Model): CompiledModel {
  const known = compiled.get(model);
  if (known !== undefined) return known;
  const byEvent = new Map<string, PointRule[]>();
  for (const rule of model.rules) byEvent.set(rule.on, [...(byEvent.get(rule.on) ?? []), rule]);
  const horizon = model.decay.at(-1)?.afterDays ?? 0;
  const percents = Array.from(
    { length: horizon + 1 },
    (_, age) => model.decay.findLast(({ afterDays }) => afterDays <= age)?.percent ?? 100,
  );
  const forgetAge = percents[horizon] === 0 ? horizon : horizon + forgetAfterDays;
  const made = { byEvent, byId: new Map(model.rules.map((rule) => [rule.id, rule])), percents, forgetAge };
  compiled.set(model, made);
  return made;
}

/** Percent of a day's points that still counts at that age. */
export function percentAt(model: Model, age: number): number {
  const { percents, forgetAge } = compiledModel(model);
  if (age >= forgetAge) return 0;
  return percents[age < 0 ? 0 : Math.min(age, percents.length - 1)] ?? 100;
}

const bounded = (value: number, most: number | undefined): number =>
  most === undefined ? value : Math.max(-most * 1000, Math.min(most * 1000, value));
const decayed = (raw: number, rule: PointRule | undefined, percent: number): number =>
  Math.trunc((bounded(raw, rule?.perDay) * percent) / 100);

function ruleTotal(model: Model, rule: PointRule | undefined, cells: string, today: number): number {
  let total = 0;
  eachCell(cells, (day, raw) => {
    total += decayed(raw, rule, percentAt(model, today - day));
  });
  return bounded(total, rule?.total);
}

/** What the raw sums are worth on the UTC day `today`, thousandths. */
export function totalOf(model: Model, raw: Readonly<Record<string, string>>, today: number): number {
  const { byId } = compiledModel(model);
  let total = 0;
  for (const id in raw) total += ruleTotal(model, byId.get(id), raw[id] ?? '', today);
  return total;
}

export type Change = { readonly delta: number; readonly capped?: 'day' | 'total'; readonly decayPercent?: number };

/** What `raw` thousandths more of a rule on `day` change the total of `today` by, thousandths. */
export function changeBy(model: Model, rule: PointRule | undefined, cells: string, day: number, raw: number, today: number): Change {
  const percent = percentAt(model, today - day);
  const before = rawOn(cells, day);
  const more = decayed(before + raw, rule, percent) - decayed(before, rule, percent);
  const decay = percent === 100 ? {} : { decayPercent: percent };
  const dayCapped = bounded(before + raw, rule?.perDay) - bounded(before, rule?.perDay) !== raw;
  if (rule?.total === undefined) return { delta: more, ...(dayCapped ? { capped: 'day' } : {}), ...decay };
  let uncapped = 0;
  eachCell(cells, (at, sum) => {
    uncapped += decayed(sum, rule, percentAt(model, today - at));
  });
  const delta = bounded(uncapped + more, rule.total) - bounded(uncapped, rule.total);
  const capped = delta !== more ? { capped: 'total' as const } : dayCapped ? { capped: 'day' as const } : {};
  return { delta, ...capped, ...decay };
}

/** Rules of the model that count this event. */
export function rulesFor(model: Model, type: string, data: Readonly<Record<string, Code>>): readonly PointRule[] {
  const rules = compiledModel(model).byEvent.get(type);
  if (rules === undefined) return none;
  if (rules.every(({ where }) => where === undefined)) return rules;
  return rules.filter(({ where }) => where === undefined || Object.entries(where).every(([field, test]) => meets(data[field], test)));
}
const none: readonly PointRule[] = [];
