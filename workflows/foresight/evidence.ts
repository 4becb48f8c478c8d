/**
 * Which actions come before a purchase. Every person-day before the purchase counts either as "did it not long ago" or as "did not"; the lift is the
 * ratio of the rates of buying on both sides, so time that somebody needed to get to an action is never counted for it. Pure; knows no store.
 */
import { dayMs } from '../core/time';

export type Deed = { readonly key: string; readonly at: number };
/** One person until they bought or until now; epoch ms, engine's clock. Deeds in any order. */
export type Watched = { readonly from: number; readonly until: number; readonly bought: boolean; readonly deeds: readonly Deed[] };

type Sum = { people: number; bought: number; ms: number };
export type Evidence = {
  readonly people: number;
  readonly bought: number;
  readonly personDays: number;
  /** Strongest first; those with too little data last. */
  readonly actions: readonly ActionEvidence[];
};
export type ActionEvidence = {
  readonly key: string;
  /** Who did it, and who bought within the window after it. */
  readonly people: number;
  readonly bought: number;
  readonly personDays: number;
  /** How many times as often per day people buy in the window after it; absent with too little data. */
  readonly lift?: number;
  /** 95 percent interval of the lift. */
  readonly interval?: readonly [low: number, high: number];
  readonly tooLittle?: string;
};

/** Fewer say nothing that holds. */
export const least = { people: 30, bought: 5 } as const;

export function evidenceOf(everybody: Iterable<Watched>, windowMs: number): Evidence {
  const all: Sum = { people: 0, bought: 0, ms: 0 };
  const byKey = new Map<string, Sum>();
  for (const one of everybody) {
    add(all, one.until - one.from, one.bought);
    for (const [key, { ms, last }] of exposures(one, windowMs)) {
      const sum = byKey.get(key) ?? { people: 0, bought: 0, ms: 0 };
      byKey.set(key, sum);
      add(sum, ms, one.bought && one.until - last <= windowMs);
    }
  }
  const actions = [...byKey].map(([key, sum]) => judged(key, sum, all));
  return {
    people: all.people,
    bought: all.bought,
    personDays: Math.round(all.ms / dayMs),
    actions: actions.sort((a, b) => (b.lift ?? -1) - (a.lift ?? -1) || b.people - a.people || (a.key < b.key ? -1 : 1)),
  };
}

function add(sum: Sum, ms: number, bought: boolean): void {
  sum.people += 1;
  sum.ms += Math.max(0, ms);
  if (bought) sum.bought += 1;
}

/** Per action the time within the window after any doing of it, each moment once, and when it was done last. */
function exposures({ from, until, deeds }: Watched, windowMs: number): ReadonlyMap<string, { readonly ms: number; readonly last: number }> {
  const found = new Map<string, { ms: number; last: number; through: number }>();
  for (const { key, at } of deeds.toSorted((a, b) => a.at - b.at)) {
    if (at < from || at >= until) continue;
    const known = found.get(key) ?? { ms: 0, last: at, through: at };
    const end = Math.min(until, at + windowMs);
    found.set(key, { ms: known.ms + end - Math.max(at, Math.min(known.through, end)), last: at, through: end });
  }
  return found;
}

/** Ratio of two rates with the usual interval of its logarithm: variance 1/a + 1/b (Rothman, Epidemiology, 2nd edition, chapter 7). */
function judged(key: string, did: Sum, all: Sum): ActionEvidence {
  const { people, bought } = did;
  const personDays = Math.round(did.ms / dayMs);
  const rest = { bought: all.bought - bought, ms: all.ms - did.ms, people: all.people - people };
  const few = tooFew(did, rest);
  if (few !== undefined) return { key, people, bought, personDays, tooLittle: few };
  const lift = bought / did.ms / (rest.bought / rest.ms);
  const spread = Math.exp(1.96 * Math.sqrt(1 / bought + 1 / rest.bought));
  return { key, people, bought, personDays, lift, interval: [lift / spread, lift * spread] };
}

function tooFew(did: Sum, rest: Sum): string | undefined {
  if (did.people < least.people) return `only ${did.people} did it; ${least.people} are needed`;
  if (did.bought < least.bought) return `only ${did.bought} bought after it; ${least.bought} are needed`;
  if (rest.bought < least.bought) return `only ${rest.bought} bought without it; ${least.bought} are needed`;
  return did.ms <= 0 || rest.ms <= 0 ? 'nobody was watched long enough' : undefined;
}

export type Suggestion = { readonly rule: string; readonly from: number; readonly to: number };

/**
 * Points after the logarithm of the lift's cautious end, on the scale the model has: what all judged rules give together stays as it is.
 * A rule whose interval holds 1 keeps its points; what makes a purchase rarer gets no points or fewer.
 */
export function suggested(
  rules: readonly { readonly id: string; readonly points: number }[],
  evidence: ReadonlyMap<string, ActionEvidence>,
): readonly Suggestion[] {
  const told = rules.flatMap(({ id, points }) => {
    const weight = weightOf(evidence.get(id));
    return weight === undefined || points <= 0 ? [] : [{ id, points, weight }];
  });
  const given = told.reduce((sum, { points }) => sum + points, 0);
  const weights = told.reduce((sum, { weight }) => sum + Math.max(0, weight), 0);
  if (weights === 0) return told.filter(({ weight }) => weight < 0).map(({ id, points }) => ({ rule: id, from: points, to: 0 }));
  return told
    .map(({ id, points, weight }) => ({ rule: id, from: points, to: weight < 0 ? 0 : Math.max(1, Math.round((given * weight) / weights)) }))
    .filter(({ from, to }) => from !== to);
}

function weightOf(one: ActionEvidence | undefined): number | undefined {
  if (one?.interval === undefined) return undefined;
  const [low, high] = one.interval;
  if (low > 1) return Math.log(low);
  return high < 1 ? Math.log(high) : undefined;
}
