/** A model of points made ready for counting: how each rule fades, its caps in thousandths, and what of it is counted by frequency. Made once a model; knows no lead. */
import type { Fading } from './cells';
import type { FieldTest, PointRule, PointsModel } from './plan';
import { dayMs, msOf } from './time';

/** A model that never decays to nothing forgets what is so much older than its last entry; keeps the state small. */
const forgetAfterDays = 400;

/** `times` in a span of `days` UTC days are worth `points` thousandths, once a span; spans of seven days begin on Mondays. */
export type Often = { readonly times: number; readonly days: number; readonly points: number };
export type CompiledRule = {
  readonly rule: PointRule;
  /** Under which its cells are kept. */
  readonly key: string;
  readonly tests: readonly (readonly [field: string, test: FieldTest])[];
  readonly fading: Fading;
  /** Thousandths a day; of a rule by frequency how often a day counts. */
  readonly perDay: number;
  readonly total: number;
  readonly often: Often | undefined;
};
export type CompiledModel = Fading & {
  /** Most thousandths by group; empty where no rule has one. */
  readonly groups: ReadonlyMap<string, number>;
  /** Most thousandths of all together. */
  readonly most: number | undefined;
  /** Age from which a day's cells are forgotten: a span of a rule by frequency is kept whole while any of its days counts. */
  readonly keptDays: number;
  readonly byEvent: ReadonlyMap<string, readonly CompiledRule[]>;
  readonly byKey: ReadonlyMap<string, CompiledRule>;
};

const compiled = new WeakMap<PointsModel, CompiledModel>();

export function compiledModel(model: PointsModel): CompiledModel {
  const known = compiled.get(model);
  if (known !== undefined) return known;
  const fading = fadingOf(model.decay);
  const rules = model.rules.map((rule) => compiledRule(rule, fading));
  const byEvent = new Map<string, CompiledRule[]>();
  for (const made of rules) byEvent.set(made.rule.on, [...(byEvent.get(made.rule.on) ?? []), made]);
  const made: CompiledModel = {
    ...fading,
    byEvent,
    byKey: new Map(rules.map((rule) => [rule.key, rule])),
    groups: new Map(Object.entries(model.groups ?? {}).map(([group, { total }]) => [group, total * 1000])),
    most: model.total === undefined ? undefined : model.total * 1000,
    keptDays: fading.forgetAge + Math.max(0, ...rules.map(({ often }) => often?.days ?? 0)),
  };
  compiled.set(model, made);
  return made;
}

function fadingOf(decay: PointsModel['decay']): Fading {
  const horizon = decay.at(-1)?.afterDays ?? 0;
  const percents = Array.from({ length: horizon + 1 }, (_, age) => decay.findLast(({ afterDays }) => afterDays <= age)?.percent ?? 100);
  const forgetAge = percents[horizon] === 0 ? horizon : horizon + forgetAfterDays;
  return { percents, forgetAge, fadesFrom: firstStep(percents, forgetAge) };
}

function firstStep(percents: readonly number[], otherwise: number): number {
  const changes = percents.findIndex((percent, age) => age > 0 && percent !== percents[age - 1]);
  return changes < 0 ? otherwise : changes;
}

/** While it is recent a day counts more, or less, than by its age alone. */
function whileRecent(fading: Fading, { days, percent }: NonNullable<PointRule['recent']>): Fading {
  const { percents, forgetAge } = fading;
  const length = Math.max(percents.length, Math.min(days, forgetAge) + 1);
  const made = Array.from({ length }, (_, age) => {
    const usual = age >= forgetAge ? 0 : (percents[Math.min(age, percents.length - 1)] ?? 0);
    return age < days ? Math.round((usual * percent) / 100) : usual;
  });
  return { percents: made, forgetAge, fadesFrom: firstStep(made, forgetAge) };
}

const thousandths = (points: number | undefined): number => (points === undefined ? Number.MAX_SAFE_INTEGER : points * 1000);

function compiledRule(rule: PointRule, fading: Fading): CompiledRule {
  const often =
    rule.times === undefined || rule.per === undefined
      ? undefined
      : { times: rule.times, days: Math.max(1, Math.round(msOf(rule.per) / dayMs)), points: rule.points * 1000 };
  return {
    rule,
    key: often === undefined ? rule.id : oftenKey(rule.id),
    tests: Object.entries(rule.where ?? {}),
    fading: rule.recent === undefined ? fading : whileRecent(fading, rule.recent),
    perDay: often === undefined ? thousandths(rule.perDay) : (rule.perDay ?? Number.MAX_SAFE_INTEGER),
    total: thousandths(rule.total),
    often,
  };
}

/** Cells of a rule by frequency hold how often, not points: under a name of their own, so that a version that gives the rule points does not read them as such. */
const oftenKey = (id: string): string => `#${id}`;
export const isOften = (key: string): boolean => key.startsWith('#');
/** The rule's id in the model. */
export const ruleId = (key: string): string => (isOften(key) ? key.slice(1) : key);

/** What one event adds to the rule's cells, thousandths: its points, or once. */
export const rawOfRule = ({ rule, often }: CompiledRule): number => (often === undefined ? rule.points * 1000 : 1000);
