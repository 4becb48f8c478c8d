/** How alike two values of one field are: the same, close enough to be one value with a slip of the pen, or different. Knows no record. */

export type Level = 'missing' | 'same' | 'close' | 'differs';

/** Letters and digits, small, without accents, single spaces: what two spellings of a value have in common. */
export const normal = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Of normal forms. */
export function levelOf(a: string, b: string): Level {
  if (a === '' || b === '') return 'missing';
  if (a === b) return 'same';
  return isClose(a, b) ? 'close' : 'differs';
}

function isClose(a: string, b: string): boolean {
  const one = a.replaceAll(' ', '');
  const other = b.replaceAll(' ', '');
  if (one === other) return true;
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  // An initial for the name; digits have none.
  if (short.length === 1) return /\p{L}/u.test(short) && long.startsWith(short);
  if (short.length >= 4 && long.startsWith(short) && !/\d/.test(long.slice(short.length))) return true;
  // Firm 4 and Firm 5 are two, however alike: a number inside a name is never a slip.
  if (/\p{L}/u.test(one) && one.replace(/\D/g, '') !== other.replace(/\D/g, '')) return false;
  const allowed = short.length >= 8 ? 2 : short.length >= 4 ? 1 : 0;
  return long.length - short.length <= allowed && allowed > 0 && slips(short, long, allowed) <= allowed;
}

/** Letters put in, left out, changed, or two swapped; counting stops above `most`. */
export function slips(a: string, b: string, most: number): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const changed = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + changed);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      next.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most) return least;
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
