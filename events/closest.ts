/** The word somebody probably meant. Knows no vocabulary. */

/** Letters to add, drop, change or swap with their neighbour to make one of the other. */
export function distance(a: string, b: string): number {
  let [older, old] = [[] as number[], Array.from({ length: b.length + 1 }, (_, at) => at)];
  for (let row = 1; row <= a.length; row += 1) {
    const next = [row];
    for (let at = 1; at <= b.length; at += 1) {
      const same = a[row - 1] === b[at - 1];
      const ways = [(old[at] ?? 0) + 1, (next[at - 1] ?? 0) + 1, (old[at - 1] ?? 0) + (same ? 0 : 1)];
      if (a[row - 1] === b[at - 2] && a[row - 2] === b[at - 1]) ways.push((older[at - 2] ?? 0) + 1);
      next.push(Math.min(...ways));
    }
    [older, old] = [old, next];
  }
  return old[b.length] ?? 0;
}

const bare = (word: string): string => word.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

/** The nearest of them, where at most one letter in three differs; case and punctuation do not count. */
export function closest(word: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Infinity;
  for (const one of known) {
    const far = distance(bare(word), bare(one));
    if (far < least && far <= Math.max(1, Math.floor(bare(one).length / 3))) [best, least] = [one, far];
  }
  return best;
}

/** `; did you mean "owner"?`, or the end of the sentence; more may follow. */
export const meant = (word: string | undefined): string => (word === undefined ? '.' : `; did you mean "${word}"?`);
