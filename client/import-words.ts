/** What the commands about lists share: options that belong together, and why rows were refused, for people. Knows no file. */
import { spoken } from '../workflows/speech/words';
import type { Rejection } from './import-run';
import { section, table } from './print';
import { wrongUsage } from './refusal';
import { collect } from './verb';

/** `--map email=Mail,company=Firm`, as often as one likes. */
export const mapped = (text: string, before: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> =>
  text.split(',').reduce((all, pair) => collect(pair, all), before);

export function checkConsent({ consent, obtained }: { readonly consent?: string; readonly obtained?: string }): void {
  if ((consent === undefined) !== (obtained === undefined))
    throw wrongUsage('--consent and --obtained belong together: what people agreed to, and when.');
}

/** `undefined` where nothing was rejected. */
export function reasonTable(
  byReason: Readonly<Record<string, number>>,
  examples: ReadonlyMap<string, Pick<Rejection, 'row' | 'says'>>,
): string | undefined {
  const reasons = Object.entries(byReason).sort(([, a], [, b]) => b - a);
  if (reasons.length === 0) return undefined;
  const exampleOf = (code: string): string => {
    const example = examples.get(code);
    return example === undefined ? '' : `row ${example.row}: ${example.says}`;
  };
  return section(
    'Rejected, by reason',
    table(
      ['reason', { title: 'rows', align: 'right' }, { title: 'for example', flexible: true }],
      reasons.map(([code, number]) => [spoken(code), number, exampleOf(code)]),
    ),
  );
}

/** `1200EUR`, `99.50 usd`. */
export function moneyOf(text: string): { readonly cents: number; readonly currency: string } {
  const match = /^(\d+)(?:[.,](\d{1,2}))?\s*([A-Za-z]{3})$/.exec(text.trim());
  if (match === null) throw wrongUsage(`--cost "${text}" is no amount: write for example 1200EUR or 99.50USD.`);
  const [, whole = '', part = '', currency = ''] = match;
  return { cents: Number(whole) * 100 + Number(part.padEnd(2, '0')), currency: currency.toUpperCase() };
}

export const moneyText = ({ cents, currency }: { readonly cents: number; readonly currency: string }): string =>
  `${(cents / 100).toLocaleString('en', { minimumFractionDigits: cents % 100 === 0 ? 0 : 2 })} ${currency}`;
