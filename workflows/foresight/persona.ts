/** What those who bought are more often than those who did not, and a persona drafted from it. Pure; knows no store. */
import type { Code } from '../../events/stripped';
import { specialCategory } from '../core/predict/special';
import { specialValue } from '../checking/special-values';

export type TraitCount = { readonly field: string; readonly value: string; readonly people: number; readonly won: number };
/** How many there are, and of whom a field is known; `won`: of those, customers. */
export type Base = { readonly people: number; readonly won: number };
export type Counted = Base & { readonly known: Readonly<Record<string, Base>>; readonly values: readonly TraitCount[] };

export type Standing = 'stands-out' | 'rarer' | 'may-be-chance' | 'too-little-data';
export type Compared = TraitCount & {
  /** Of those of whom the field is known, 0..1. */
  readonly shareOfWon: number;
  readonly shareOfAll: number;
  /** How many times as common among the won as among all. */
  readonly times: number;
  readonly standing: Standing;
  readonly says?: string;
  /** The cautious end of the ratio of won to others; of what stands out. */
  readonly surely?: number;
};

/** Fewer say nothing that holds. */
export const least = { won: 30, others: 30, each: 5 } as const;
/** 99.9 percent, because some fifty values are looked at together: one in twenty such tables names one by chance (Bonferroni). */
const sure = 3.29;
/** Less is no difference anybody would write for. */
const muchMore = 1.25;

/** Who people are; the rest of the traits says where they came from, what they asked for or how an address was read. */
const leftOut: ReadonlySet<string> = new Set([
  'account',
  'customer',
  'source',
  'zone',
  'need',
  'budget',
  'timeframe',
  'frequency',
  'topic',
]);

export const tooFew = ({ people, won }: Base): string | undefined => {
  if (won < least.won) return `only ${won} of them bought; ${least.won} are needed`;
  return people - won < least.others ? `only ${people - won} of them did not buy; ${least.others} are needed` : undefined;
};

/** Strongest first; nobody is sorted by special categories, so those are left out whatever they would say. */
export function compared({ known, values }: Counted, fields?: (field: string) => boolean): readonly Compared[] {
  const asked = fields ?? ((field: string) => !leftOut.has(field));
  return values
    .filter(({ field, value }) => asked(field) && specialCategory(field) === undefined && specialValue(value) === undefined)
    .map((one) => compare(one, known[one.field] ?? one))
    .sort((a, b) => (b.surely ?? 0) - (a.surely ?? 0) || b.times - a.times || b.won - a.won || (a.value < b.value ? -1 : 1));
}

/** Ratio of two shares with the interval of its logarithm (Katz and others, Biometrics 34, 1978). */
function compare(one: TraitCount, base: Base): Compared {
  const others = { with: one.people - one.won, all: base.people - base.won };
  const shareOfWon = base.won === 0 ? 0 : one.won / base.won;
  const shareOfAll = base.people === 0 ? 0 : one.people / base.people;
  const shown = { ...one, shareOfWon, shareOfAll, times: shareOfAll === 0 ? 0 : shareOfWon / shareOfAll };
  const few =
    tooFew(base) ??
    (one.won < least.each && (others.with * base.won) / Math.max(1, others.all) < least.each ? `only ${one.won} bought` : undefined);
  if (few !== undefined) return { ...shown, standing: 'too-little-data', says: few };
  // Half a person on either side, so that nobody among the others is not an endless ratio.
  const [a, c] = [one.won + 0.5, others.with + 0.5];
  const ratio = a / (base.won + 0.5) / (c / (others.all + 0.5));
  const spread = Math.exp(sure * Math.sqrt(Math.max(0, 1 / a - 1 / (base.won + 0.5) + 1 / c - 1 / (others.all + 0.5))));
  if (ratio * spread < 1) return { ...shown, standing: 'rarer' };
  if (ratio / spread <= 1 || shown.times < muchMore) return { ...shown, standing: 'may-be-chance' };
  return { ...shown, standing: 'stands-out', surely: ratio / spread };
}

/** One field with all its values that stand out. */
export type Trait = { readonly field: string; readonly values: readonly string[]; readonly weight: number };

/** Weights after the logarithm of the cautious end of the strongest value, ten in all; strongest first. Who speaks a country's language is not asked twice. */
export function traitsThatStandOut(rows: readonly Compared[]): readonly Trait[] {
  const by = new Map<string, Compared[]>();
  for (const one of rows) if (one.standing === 'stands-out') by.set(one.field, [...(by.get(one.field) ?? []), one]);
  if (by.has('country')) by.delete('language');
  const found = [...by].map(([field, of]) => ({
    field,
    values: of.map(({ value }) => value),
    strength: Math.log(Math.max(...of.map(({ surely = 1 }) => surely))),
  }));
  const all = found.reduce((sum, { strength }) => sum + strength, 0);
  return found
    .map(({ field, values, strength }) => ({ field, values, weight: Math.max(1, Math.round((10 * strength) / all)) }))
    .sort((a, b) => b.weight - a.weight);
}

/** As marketing writes it in a settings file. */
export type Wish = { readonly field: string } & ({ readonly is: Code } | { readonly oneOf: readonly Code[] });
export type Draft = {
  readonly says: string;
  readonly channels?: readonly string[];
  readonly when: Wish | { readonly all: readonly Wish[] };
  readonly like: readonly { readonly weight: number; readonly when: Wish }[];
};

const codeOf = (value: string): Code => (value === 'true' ? true : value === 'false' ? false : value);

function wishOf({ field, values }: Trait): Wish {
  const [only, ...more] = values.map(codeOf);
  return only !== undefined && more.length === 0 ? { field, is: only } : { field, oneOf: values.map(codeOf) };
}

/** `when`: what somebody must be, at least one; `channels`: sources that stand out. Needs and pains nobody can count. */
export function draftOf(when: readonly Trait[], all: readonly Trait[], channels: readonly string[]): Draft {
  const wishes = when.map(wishOf);
  const [only] = wishes;
  return {
    says: `Mostly ${when.map(({ field, values }) => `${field} ${values.join(' or ')}`).join(', ')}; say in a sentence of your own who this is`,
    ...(channels.length === 0 ? {} : { channels }),
    when: wishes.length === 1 && only !== undefined ? only : { all: wishes },
    like: all.map((trait) => ({ weight: trait.weight, when: wishOf(trait) })),
  };
}
