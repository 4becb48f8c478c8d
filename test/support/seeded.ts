/** Chance from a seed, for fault runs that can be repeated as far as the machine lets them. */

export type Chance = {
  /** Whole, from `least` up to and with `most`. */
  readonly between: (least: number, most: number) => number;
  readonly oneOf: <T>(all: readonly T[]) => T;
};

/** Mulberry32: 32 bits of state are plenty here. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  const between = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  return {
    between,
    oneOf: (all) => {
      const one = all[between(0, all.length - 1)];
      if (one === undefined) throw new Error('there is nothing to choose from');
      return one;
    },
  };
}
