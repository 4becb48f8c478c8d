/** Chance that is the same on every machine: xoshiro128** over 32-bit integers (Blackman and Vigna, 2018), a stream of its own for every lead and matter. Knows no lead. */

/** A stream; its words change with every draw. */
export type Chance = { a: number; b: number; c: number; d: number };

/** A stream for these numbers: equal ones give equal streams, neighbours have nothing in common. */
export function chanceOf(seed: number, lead: number, matter = 0): Chance {
  let state = mixed(mixed(seed | 0, lead | 0), matter | 0);
  const word = (): number => (state = splitMix(state + 0x9e3779b9));
  return { a: word() | 1, b: word(), c: word(), d: word() };
}

/** The number of a matter's name, so that what a person does about one mail depends on no other. */
export function matterOf(name: string): number {
  let h = 0x811c9dc5;
  for (let at = 0; at < name.length; at += 1) h = Math.imul(h ^ name.charCodeAt(at), 0x01000193);
  return h | 0;
}

/** SplitMix's finaliser for 32 bits. */
function splitMix(value: number): number {
  let z = value | 0;
  z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
  return z ^ (z >>> 16);
}

export const mixed = (a: number, b: number): number => splitMix(Math.imul(a, 0x9e3779b1) ^ splitMix(b + 0x7f4a7c15));

/** The next 32 bits. */
function next(chance: Chance): number {
  const product = Math.imul(chance.b, 5);
  const result = Math.imul((product << 7) | (product >>> 25), 9);
  const shifted = chance.b << 9;
  chance.c ^= chance.a;
  chance.d ^= chance.b;
  chance.b ^= chance.c;
  chance.a ^= chance.d;
  chance.c ^= shifted;
  chance.d = (chance.d << 11) | (chance.d >>> 21);
  return result >>> 0;
}

/** A whole number from 0 to `n` - 1; `n` up to 2^21, so that every step is exact. */
export const below = (chance: Chance, n: number): number => Math.floor((next(chance) * n) / 0x1_0000_0000);

/** Rates are parts of ten thousand: 2.5 percent is 250. */
export const whole = 10_000;
export const happens = (chance: Chance, rate: number): boolean => below(chance, whole) < rate;

/** A moment from 0 to `span` - 1 ms in 65,536 steps: `span` may be years. */
export const within = (chance: Chance, span: number): number => Math.floor((span * below(chance, 0x1_0000)) / 0x1_0000);

/** How long something takes: five moments in ms, the soonest, those by which a quarter, half and three quarters have happened, the latest. */
export type Delay = readonly number[];

export function delayed(chance: Chance, delay: Delay): number {
  const place = below(chance, Math.max(1, delay.length - 1));
  const from = delay[place] ?? 0;
  return from + within(chance, (delay[place + 1] ?? from) - from);
}

/** Shares as running sums: the last is the whole. */
export type Shares<T> = { readonly of: readonly T[]; readonly upTo: readonly number[] };

export function sharesOf<T>(parts: readonly (readonly [thing: T, share: number])[]): Shares<T> {
  let sum = 0;
  return { of: parts.map(([thing]) => thing), upTo: parts.map(([, share]) => (sum += share)) };
}

export function pick<T>(chance: Chance, { of, upTo }: Shares<T>): T | undefined {
  const mark = below(chance, upTo[upTo.length - 1] ?? 1);
  for (let at = 0; at < of.length; at += 1) if (mark < (upTo[at] ?? 0)) return of[at];
  return undefined;
}
