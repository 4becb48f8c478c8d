/** The score of a predictive model: the probability that a person becomes a customer, 0 to 100, and by what it differs from everybody's. What is known now decides. */
import type { Code } from '../../events/stripped';
import { isEngagement } from './evolve-lead';
import type { Fact } from './facts';
import type { Placing } from './matrix';
import type { PredictiveScoring } from './model';
import { oddsOf } from './predict/calibration';
import { byAge, isDeed, knownOf, readFor } from './predict/engine-record';
import type { Deeds } from './predict/engine-record';
import type { LeadRecord, Scorer, Weighed } from './predict/probability';
import { scorerOf } from './predict/probability';
import { logistic } from './predict/logistic';
import { takenBack } from './recorded';
import { gradeFor } from './score';
import type { LeadState, Part } from './state';
import { given } from './without';

/** What everybody has before anything is known of them, and what is too little to be told apart. */
export const wholeParts = { base: 'everybody', rest: 'everything else' } as const;
/** Reasons that are kept by name, and the least one moves the probability by, in percent. */
const most = 8;
const least = 0.5;

type Reader = { readonly after: number; readonly scorer: Scorer; readonly columns: readonly string[]; readonly base: number };
const readers = new WeakMap<PredictiveScoring, readonly Reader[]>();

/** One an age, youngest first. Making them costs more than asking them. */
function readersOf(model: PredictiveScoring): readonly Reader[] {
  const known = readers.get(model);
  if (known !== undefined) return known;
  const made = byAge(model.artefact.models).map(({ age, aged, after }) => ({
    after,
    scorer: scorerOf(model.artefact, age),
    columns: [...new Set(aged.terms.map(({ source }) => source.column))],
    base: oddsOf(aged.calibration, aged.intercept),
  }));
  readers.set(model, made);
  return made;
}

type Read = { readonly scored: Weighed; readonly base: number; readonly cells: LeadRecord };

function readBy({ scorer, columns, base }: Reader, known: LeadRecord): Read {
  const cells: LeadRecord = Object.fromEntries(columns.map((column) => [column, readFor(known, column)]));
  return { scored: scorer.weighed(cells), base, cells };
}

/**
 * By the age the lead has reached; what is not done yet is not held against anybody before its time. Who has already done more than the usual lead of the next
 * age is read as one of that age: it can only become more.
 */
function readAt(model: PredictiveScoring, known: LeadRecord, age: number): Read | undefined {
  const all = readersOf(model);
  const own = Math.max(
    0,
    all.findLastIndex(({ after }) => after <= age),
  );
  const [first, ...older] = all.slice(own);
  if (first === undefined) return undefined;
  let read = readBy(first, known);
  for (const next of older) {
    const ahead = readBy(next, known);
    if (!didMore(ahead.scored)) break;
    read = ahead;
  }
  return read;
}

const didMore = ({ reasons }: Weighed): boolean => reasons.reduce((sum, { name, weight }) => sum + (isDeed(name) ? weight : 0), 0) > 0;

type Asked = readonly unknown[];
/** A decision asks several times before anything changes. */
const answers = new WeakMap<PredictiveScoring, { readonly asked: Asked; readonly placing: Placing }>();

/** `deeds`: how often the person did what, where the state does not say. */
export function foreseen(model: PredictiveScoring, state: LeadState, now: number, deeds: Deeds = state.deeds ?? {}): Placing {
  const { traits, bant, pain, lastEngagedAt, knownAt = 0, profileVersion } = state;
  const asked: Asked = [now, traits, bant, pain, lastEngagedAt, knownAt, profileVersion, deeds];
  const last = answers.get(model);
  if (last?.asked.every((value, at) => value === asked[at]) === true) return last.placing;
  const placing = placingBy(model, readAt(model, knownOf(state, deeds, now), now - knownAt), profileVersion > 0 || !isEmpty(deeds));
  answers.set(model, { asked, placing });
  return placing;
}

function isEmpty(deeds: Deeds): boolean {
  for (const _type in deeds) return false;
  return true;
}

function placingBy(model: PredictiveScoring, read: Read | undefined, seen: boolean): Placing {
  if (read === undefined) return { parts: [], total: 0, fit: 0, grade: gradeFor(model, 0), seen: false };
  // Tenths of a percent, in thousandths of a point.
  const total = Math.round(read.scored.probability * 1000) * 100;
  const fit = Math.floor(total / 1000);
  return { parts: partsOf(read, total), total, fit, grade: gradeFor(model, fit), seen };
}

/** From everybody's probability one reason after the other, the strongest first: each is worth what it moves it by, and together they come to the probability. */
function partsOf({ scored: { reasons }, base, cells }: Read, total: number): readonly Part[] {
  let odds = base;
  let told = Math.round(logistic(base) * 1000) * 100;
  const parts: Part[] = [{ part: wholeParts.base, points: told }];
  for (const { name, weight } of reasons.slice(0, most)) {
    const before = logistic(odds);
    odds += weight;
    const points = Math.round((logistic(odds) - before) * 1000) * 100;
    if (Math.abs(points) < least * 1000) continue;
    told += points;
    parts.push({ part: name, points, ...given('is', codeOf(cells[name])) });
  }
  return total === told ? parts : [...parts, { part: wholeParts.rest, points: total - told }];
}

const codeOf = (cell: LeadRecord[string]): Code | undefined => (cell === null || cell === undefined || cell === '' ? undefined : cell);

/** From the lead's facts, for states from before the state counted it. */
export function deedsIn(facts: readonly Fact[]): Deeds {
  const gone = takenBack(facts);
  const deeds: Record<string, number> = {};
  for (const fact of facts)
    if (fact.type === 'EngagementRecorded' && isEngagement(fact.actor, fact.event) && !gone.has(fact.id))
      deeds[fact.event] = (deeds[fact.event] ?? 0) + 1;
  return deeds;
}
