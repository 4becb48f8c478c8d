/** A lead's score taken apart: every entry of points with its event, rule, cap and decay. What no entry explains is not made up. Pure. */
import type { Fact, FactOf, LeadState } from '../workflows/core';
import { partsWord } from '../workflows/speech/fact-words';
import { isOften, ruleId } from '../workflows/core/compiled-model';
import { stageRule } from '../workflows/core/starting-rule';
import { nameOf, spoken, versionOf } from '../workflows/speech/words';

/** Points in thousandths. */
export type Entry = {
  readonly at: number;
  /** `event` and `rule`, or what else moved the points. */
  readonly what: string;
  /** Id of the event, as the history has it. */
  readonly event?: string;
  readonly rule?: string;
  readonly raw: number;
  readonly counted: number;
  readonly capped?: 'day' | 'total' | 'group' | 'model';
  readonly decayPercent?: number;
  /** By a rule of frequency: `raw` is how often, in thousandths. */
  readonly often?: true;
  /** Of a matrix: the place on the axis, or the answer. */
  readonly is?: string;
  /** `model@version#digest`. */
  readonly by: string;
  readonly note?: string;
};
export type Ledger = {
  readonly model: string;
  readonly ref: string;
  readonly entries: readonly Entry[];
  /** What the entries come to. Anything but `total` is a fault of the engine. */
  readonly sum: number;
  readonly total: number;
};

/** Whose events came with a merge: event id -> lead id. */
export type Brought = ReadonlyMap<string, string>;

/** One ledger a model. */
export const ledgersOf = (facts: readonly Fact[], state: LeadState, brought: Brought = new Map()): readonly Ledger[] =>
  Object.entries(state.scores).map(([model, { model: ref, total }]) => {
    const entries = entriesOf(facts, model, brought);
    return { model, ref, entries, sum: entries.reduce((sum, { counted }) => sum + counted, 0), total };
  });

function entriesOf(facts: readonly Fact[], model: string, brought: Brought): readonly Entry[] {
  const events = new Map<string, string>();
  const because = new Map<string, string>();
  let entries: Entry[] = [];
  for (const fact of restatedFrom(facts)) {
    if (fact.type === 'EngagementRecorded') events.set(fact.id, fact.event);
    if (fact.type === 'LeadRestated') entries = repaired(fact.state, model, fact.recordedAt);
    if (fact.type === 'PointsDecayed' && nameOf(fact.model) === model)
      entries.push({ at: fact.recordedAt, what: whyDecayed(fact), raw: 0, counted: fact.delta, by: fact.model });
    if (fact.type === 'LeadRescored' && nameOf(fact.model) === model)
      entries.push({ at: fact.recordedAt, what: 'counted again by changed rules', raw: fact.delta, counted: fact.delta, by: fact.model });
    if (fact.type === 'MatrixScored' && nameOf(fact.model) === model) entries.push(...partsOf(fact, events));
    if (fact.type === 'EngagementRetracted') because.set(fact.event, fact.because);
    if (fact.type === 'PointsChanged' && nameOf(fact.model) === model) entries.push(entryOf(fact, events, brought));
    if (fact.type === 'PointsRetracted' && nameOf(fact.model) === model) entries.push(takenBack(fact, events, because));
  }
  return entries;
}

function takenBack(fact: FactOf<'PointsRetracted'>, events: ReadonlyMap<string, string>, because: ReadonlyMap<string, string>): Entry {
  const why = because.get(fact.event) ?? '';
  return {
    at: fact.recordedAt,
    what: `taken back: ${events.get(fact.event) ?? 'an event'}`,
    event: fact.event,
    rule: ruleId(fact.rule),
    raw: -fact.raw,
    counted: fact.delta,
    by: fact.model,
    ...(isOften(fact.rule) ? { often: true as const } : {}),
    ...(fact.capped === undefined ? {} : { capped: fact.capped }),
    ...(fact.decayPercent === undefined ? {} : { decayPercent: fact.decayPercent }),
    ...(why === '' ? {} : { note: spoken(why) }),
  };
}

function entryOf(fact: FactOf<'PointsChanged'>, events: ReadonlyMap<string, string>, brought: Brought): Entry {
  const other = brought.get(fact.event);
  return {
    at: fact.occurredAt,
    what:
      events.get(fact.event) ??
      (fact.event === '' ? (fact.rule === stageRule ? 'the stage they began at' : 'where the person comes from') : 'an event'),
    ...(fact.event === '' ? {} : { event: fact.event }),
    rule: ruleId(fact.rule),
    raw: fact.raw,
    counted: fact.delta,
    by: fact.model,
    ...(isOften(fact.rule) ? { often: true as const } : {}),
    ...(fact.capped === undefined ? {} : { capped: fact.capped }),
    ...(fact.decayPercent === undefined ? {} : { decayPercent: fact.decayPercent }),
    ...(other === undefined ? {} : { note: `as the merged lead ${other}` }),
  };
}

/** An entry for each part of a matrix that changed the total; what all is worth where nothing did. */
function partsOf(fact: FactOf<'MatrixScored'>, events: ReadonlyMap<string, string>): readonly Entry[] {
  const what = (fact.event === undefined ? undefined : events.get(fact.event)) ?? 'what is known of the person';
  const entry = (rule: string, delta: number, is?: string): Entry => ({
    at: fact.occurredAt,
    what,
    rule,
    raw: delta,
    counted: delta,
    by: fact.model,
    ...(is === undefined ? {} : { is }),
  });
  const changed = fact.parts.filter(({ delta }) => delta !== 0);
  return [
    ...changed.map((part) => entry(part.part, part.delta, partsWord([part]))),
    ...(fact.gone ?? []).map(({ part, delta }) => entry(part, delta, 'no longer asked')),
  ];
}

/** The same fact says both: days took something, or another version of the model is in force. */
const whyDecayed = ({ from, model }: FactOf<'PointsDecayed'>): string =>
  from === undefined ? 'the passing of time' : `a new version of the rules, ${versionOf(model)}`;

/** Facts of before points said what they were restated from, said so by the version that counted before them. */
export function restatedFrom(facts: readonly Fact[]): readonly Fact[] {
  const last = new Map<string, string>();
  return facts.map((fact) => {
    if (!('model' in fact) || fact.type === 'HandOffRequested') return fact;
    const id = nameOf(fact.model);
    const before = last.get(id);
    last.set(id, fact.model);
    return fact.type === 'PointsDecayed' && before !== undefined && before !== fact.model ? { ...fact, from: before } : fact;
  });
}

const repaired = (state: LeadState, model: string, at: number): Entry[] => {
  const aggregate = state.scores[model];
  return aggregate === undefined
    ? []
    : [{ at, what: 'set by a repair', raw: aggregate.total, counted: aggregate.total, by: aggregate.model }];
};

/** What last said how well somebody fits by that model. */
export const gradedBy = (facts: readonly Fact[], model: string | undefined): FactOf<'GradeChanged' | 'MatrixScored'> | undefined =>
  facts.findLast(
    (fact): fact is FactOf<'GradeChanged' | 'MatrixScored'> =>
      (fact.type === 'GradeChanged' || fact.type === 'MatrixScored') && nameOf(fact.model) === model,
  );
