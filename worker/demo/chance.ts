/** Chance that is the same every time: a number from a seed and names, not from a generator whose state depends on order. */
import { createHash } from 'node:crypto';

/** 0 <= number < 1; equal names give equal numbers. */
export function chance(seed: number, ...names: readonly string[]): number {
  return (
    createHash('sha256')
      .update([seed, ...names].join('\0'))
      .digest()
      .readUInt32BE(0) / 0x1_0000_0000
  );
}

/** Between `least` and `most`, more often near `least`: people answer soon or late, seldom exactly in between. */
export function delay(seed: number, least: number, most: number, ...names: readonly string[]): number {
  return Math.round(least + (most - least) * chance(seed, 'delay', ...names) ** 2);
}
