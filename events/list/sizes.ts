/** Sizes of companies as lists write them to bands. Knows no person. */

export const sizeBands = ['1-10', '11-50', '51-200', '201-1000', '1001+'] as const;
export type SizeBand = (typeof sizeBands)[number];

/** `420`, `1,500`, `51 - 200`, `1000+`, `over 50`: a range counts as its middle. */
export function sizeBandOf(text: string): SizeBand | undefined {
  // A separator of thousands stands before exactly three digits.
  const numbers = text.replace(/(?<=\d)[.,'\s](?=\d{3}(?!\d))/g, '').match(/\d+(?:\.\d+)?\s*k?/gi);
  if (numbers === null || numbers.length > 2) return undefined;
  const [first = 0, second] = numbers.map((number) => Number.parseFloat(number) * (/k/i.test(number) ? 1_000 : 1));
  const middle = second === undefined ? first + (/\+|>|over|more|über|plus/i.test(text) ? 1 : 0) : (first + second) / 2;
  if (middle < 1) return undefined;
  return middle <= 10 ? '1-10' : middle <= 50 ? '11-50' : middle <= 200 ? '51-200' : middle <= 1_000 ? '201-1000' : '1001+';
}
