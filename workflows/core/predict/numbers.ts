/** Numbers as people and exports write them: `1,234`, `1.234,5`, `€ 5`, `12%`. Knows single cells and how a column writes its decimals. */

export type Decimal = '.' | ',';

const currency = /[€$£¥₹]|\b(eur|usd|gbp|chf|inr|cad|aud|sek|nok|dkk|pln)\b|\brs\.?(?=\s*\d)/gi;

const bare = (text: string): string =>
  text
    .replace(currency, '')
    .replace(/[\s\u00a0\u202f'’]/g, '')
    .replace(/%$/, '');
const shape = /^[+-]?(\d+([.,]\d+)*|[.,]\d+)(e[+-]?\d+)?$/i;

/** A number in the writing of its column; `undefined` for any other text. Never NaN, never infinite. */
export function readNumber(text: string, decimal: Decimal): number | undefined {
  const digits = bare(text);
  if (!shape.test(digits)) return undefined;
  const group = decimal === '.' ? ',' : '.';
  const number = Number(digits.replaceAll(group, '').replace(decimal, '.'));
  return Number.isFinite(number) ? number : undefined;
}

/** By cells that can be read one way only; where none can, a comma before three digits groups thousands and a point is a decimal point. */
export function decimalOf(values: readonly string[]): Decimal {
  let comma = 0;
  let point = 0;
  for (const value of values) {
    const digits = bare(value);
    if (!shape.test(digits)) continue;
    const sure = sureDecimal(digits);
    if (sure === ',') comma += 1;
    else if (sure === '.') point += 1;
  }
  return comma > point ? ',' : '.';
}

function sureDecimal(digits: string): Decimal | undefined {
  const points = digits.split('.').length - 1;
  const commas = digits.split(',').length - 1;
  if (points > 0 && commas > 0) return digits.lastIndexOf('.') > digits.lastIndexOf(',') ? '.' : ',';
  if (points > 1) return ',';
  if (commas > 1) return '.';
  if (commas === 1 && !/,\d{3}$/.test(digits)) return ',';
  return points === 1 && !/\.\d{3}$/.test(digits) ? '.' : undefined;
}

/** `007` is a code. */
export const looksLikeCode = (text: string): boolean => /^0\d+$/.test(text.trim());
