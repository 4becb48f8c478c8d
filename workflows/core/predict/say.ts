/** Small words for sentences about columns. Knows no column. */

/** `12,345`. */
export const grouped = (number: number): string => String(number).replace(/\B(?=(\d{3})+$)/g, ',');

/** `12%`, `0.4%`. */
export function percent(share: number): string {
  const value = share * 100;
  return `${value > 0 && value < 10 ? value.toFixed(1).replace(/\.0$/, '') : Math.round(value)}%`;
}

export const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

/** At most four significant digits, `1,428`. */
export function shortNumber(value: number): string {
  if (Math.abs(value) >= 1_000) return grouped(Math.round(value)).replace(/^-,?/, '-');
  return String(Number(value.toPrecision(4)));
}
