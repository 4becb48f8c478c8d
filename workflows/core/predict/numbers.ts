/** Numbers as people and exports write them: `1,234`, `1.234,5`, `€ 5`, `12%`, `1.5k`, `20.–`. Knows single cells and how a column writes its decimals. */

export type Decimal = '.' | ',';

const currency = /[€$£¥₹]|\b(eur|usd|gbp|chf|inr|cad|aud|sek|nok|dkk|pln)\b|\brs\.?(?=\s*\d)/gi;

const bare = (text: string): string =>
  text
    .replace(currency, '')
    .replace(/[\s\u00a0\u202f'’]/g, '')
    .replace(/%$/, '')
    // 20.– and 20,- are round sums.
    .replace(/(\d)[.,][-–—]{1,2}$/, '$1');
/** Short for thousands, millions and billions, behind a number. */
const short = /(\d)(k|tsd\.?|m|mn|mln|mio\.?|bn|mrd\.?)$/i;
const timesOf = (suffix: string): number => (/^(k|t)/i.test(suffix) ? 1e3 : /^(b|mrd)/i.test(suffix) ? 1e9 : 1e6);
const shape = /^[+-]?(\d+([.,]\d+)*|[.,]\d+)(e[+-]?\d+)?$/i;

function plain(text: string): readonly [digits: string, times: number] {
  const digits = bare(text);
  const suffix = short.exec(digits)?.[2];
  return suffix === undefined ? [digits, 1] : [digits.slice(0, -suffix.length), timesOf(suffix)];
}

/** A number in the writing of its column; `undefined` for any other text. Never NaN, never infinite. */
export function readNumber(text: string, decimal: Decimal): number | undefined {
  const [digits, times] = plain(text);
  if (!shape.test(digits)) return undefined;
  // A cell that can be read one way only is read so: a later list may be written by another machine.
  const point = sureDecimal(digits) ?? decimal;
  const number = Number(digits.replaceAll(point === '.' ? ',' : '.', '').replace(point, '.')) * times;
  return Number.isFinite(number) ? number : undefined;
}

/** By cells that can be read one way only; where none can, a comma before three digits groups thousands and a point is a decimal point. */
export function decimalOf(values: readonly string[]): Decimal {
  let comma = 0;
  let point = 0;
  for (const value of values) {
    const [digits] = plain(value);
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
