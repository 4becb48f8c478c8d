/**
 * Points as sums of integer thousandths: caps from raw sums per rule and UTC day, decay by an integer table,
 * so any order of arrival of the same events ends in the same points. Knows no lead.
 */
import type { Code } from '../../events/stripped';
import { rawOn, worthOf } from './cells';
import { meets } from './field-test';
import type { FieldTest, Model, PointRule } from './plan';
import type { RuleCells } from './rule-cells';

/** A model that never decays to nothing forgets what is so much older than its last entry; keeps the state small. */
const forgetAfterDays = 400;

type CompiledRule = { readonly rule: PointRule; readonly tests: readonly (readonly [field: string, test: FieldTest])[] };
type CompiledModel = {
  readonly byEvent: ReadonlyMap<string, readonly CompiledRule[]>;
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
  const byEvent = new Map<string, CompiledRule[]>();
  for (const rule of model.rules)
    byEvent.set(rule.on, [...(byEvent.get(rule.on) ?? []), { rule, tests: Object.entries(rule.where ?? {}) }]);
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
export const percentAt = (model: Model, age: number): number => percentIn(compiledModel(model), age);

function percentIn({ percents, forgetAge }: CompiledModel, age: number): number {
  if (age >= forgetAge) return 0;
  return percents[age < 0 ? 0 : age < percents.length ? age : percents.length - 1] ?? 100;
}

const bounded = (value: number, most: number | undefined): number =>
  most === undefined ? value : Math.max(-most * 1000, Math.min(most * 1000, value));
const decayed = (raw: number, perDay: number | undefined, percent: number): number => Math.trunc((bounded(raw, perDay) * percent) / 100);

/** What the cells of one rule are worth before its cap in total. */
const sumOf = ({ percents, forgetAge }: CompiledModel, perDay: number | undefined, cells: string, today: number): number =>
  worthOf(cells, today, percents, forgetAge, perDay === undefined ? Number.MAX_SAFE_INTEGER : perDay * 1000);

/** What the raw sums are worth on the UTC day `today`, thousandths. */
export function totalOf(model: Model, raw: RuleCells, today: number): number {
  const made = compiledModel(model);
  let total = 0;
  for (const [id, cells] of raw) {
    const rule = made.byId.get(id);
    total += bounded(sumOf(made, rule?.perDay, cells, today), rule?.total);
  }
  return total;
}

export type Change = { readonly delta: number; readonly capped: 'day' | 'total' | undefined; readonly decayPercent: number | undefined };

/** What `raw` thousandths more of a rule on `day` change the total of `today` by, thousandths. */
export function changeBy(model: Model, rule: PointRule | undefined, cells: string, day: number, raw: number, today: number): Change {
  const made = compiledModel(model);
  const percent = percentIn(made, today - day);
  const decayPercent = percent === 100 ? undefined : percent;
  const perDay = rule?.perDay;
  const before = perDay === undefined ? 0 : rawOn(cells, day);
  const more = decayed(before + raw, perDay, percent) - decayed(before, perDay, percent);
  const capped = bounded(before + raw, perDay) - bounded(before, perDay) === raw ? undefined : 'day';
  if (rule?.total === undefined) return { delta: more, capped, decayPercent };
  const uncapped = sumOf(made, perDay, cells, today);
  const delta = bounded(uncapped + more, rule.total) - bounded(uncapped, rule.total);
  return { delta, capped: delta === more ? capped : 'total', decayPercent };
}

/** Calls `take` for every rule of the model that counts this event. */
export function eachRule(model: Model, type: string, data: Readonly<Record<string, Code>>, take: (rule: PointRule) => void): void {
  const rules = compiledModel(model).byEvent.get(type);
  if (rules === undefined) return;
  for (const { rule, tests } of rules) {
    let counts = true;
    for (const [field, test] of tests) counts &&= meets(data[field], test);
    if (counts) take(rule);
  }
}
