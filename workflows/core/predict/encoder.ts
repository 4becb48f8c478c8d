/** From a cell to places in a model: an answer has one place, a number lies between two, and what is missing has a place of its own. Knows no outcome. */
import { keyOf, noAnswer } from './answers';
import { readNumber } from './numbers';
import type { Decimal } from './numbers';
import { leastSupport } from './profile';
import type { Column } from './table';

export type AnswerEncoder = {
  readonly as: 'answers';
  /** Common answers: key and spelling. */ readonly levels: readonly (readonly [string, string])[];
};
export type NumberEncoder = {
  readonly as: 'number';
  readonly decimal: Decimal;
  /** Values so common that each is an answer of its own: 0, -1, 999. */
  readonly spikes: readonly number[];
  /** Ascending; a number between two shares itself between them, one outside goes to the nearest. */
  readonly knots: readonly number[];
};
export type Encoder = AnswerEncoder | NumberEncoder;

/** Places of `answers`: the levels, then rare or unseen, empty, placeholder. Places of `number`: spikes, knots, then empty, text. */
export const placesOf = (encoder: Encoder): number =>
  encoder.as === 'answers' ? encoder.levels.length + 3 : encoder.spikes.length + encoder.knots.length + 2;
/** Place and share; the shares of a cell add up to 1. */
export type Placed = readonly (readonly [place: number, share: number])[];

const mostLevels = 40;
const mostKnots = 9;
const spikeShare = 0.04;
const fewValues = 12;

/** `counts`: rows per distinct value, of the rows to learn from; `rows`: how many those are. */
export function answerEncoder(column: Column, counts: Uint32Array, rows: number): AnswerEncoder {
  const levels = new Map<string, { readonly shown: string; count: number }>();
  column.values.forEach((value, at) => {
    if (noAnswer(value) !== undefined) return;
    const known = levels.get(keyOf(value));
    if (known === undefined) levels.set(keyOf(value), { shown: value, count: counts[at] ?? 0 });
    else known.count += counts[at] ?? 0;
  });
  const common = [...levels]
    .filter(([, { count }]) => count >= leastSupport(rows))
    .sort(([a, { count: more }], [b, { count }]) => count - more || (a < b ? -1 : 1));
  return { as: 'answers', levels: common.slice(0, mostLevels).map(([key, { shown }]) => [key, shown.slice(0, 80)]) };
}

export function numberEncoder(column: Column, decimal: Decimal, perValue: Uint32Array, rows: number): NumberEncoder {
  const counts = new Map<number, number>();
  column.values.forEach((value, at) => {
    const number = noAnswer(value) === undefined ? readNumber(value, decimal) : undefined;
    if (number !== undefined) counts.set(number, (counts.get(number) ?? 0) + (perValue[at] ?? 0));
  });
  const sorted = [...counts].filter(([, count]) => count > 0).sort(([a], [b]) => a - b);
  if (sorted.length <= fewValues) return { as: 'number', decimal, spikes: [], knots: sorted.map(([value]) => value) };
  const enough = Math.max(leastSupport(rows), spikeShare * rows);
  const spikes = sorted.filter(([, count]) => count >= enough).map(([value]) => value);
  const rest = sorted.filter(([, count]) => count < enough);
  return { as: 'number', decimal, spikes, knots: knotsOf(rest) };
}

/** At quantiles of the rows; fewer where there are few rows. */
function knotsOf(sorted: readonly (readonly [number, number])[]): readonly number[] {
  const total = sorted.reduce((sum, [, count]) => sum + count, 0);
  if (total === 0) return [];
  const wanted = Math.min(mostKnots, Math.max(2, Math.floor(total / 60)));
  const knots = new Set<number>();
  let passed = 0;
  let next = 0;
  for (const [value, count] of sorted) {
    passed += count;
    // From the 2nd to the 98th hundredth, so that single extremes place no knot.
    while (next < wanted && passed >= total * (0.02 + (0.96 * next) / (wanted - 1))) {
      knots.add(value);
      next += 1;
    }
  }
  return [...knots];
}

export function encode(encoder: Encoder, cell: string): Placed {
  return encoder.as === 'answers' ? [[answerPlace(encoder, cell), 1]] : numberPlaces(encoder, cell);
}

function answerPlace({ levels }: AnswerEncoder, cell: string): number {
  const none = noAnswer(cell);
  if (none !== undefined) return levels.length + (none === 'empty' ? 1 : 2);
  const key = keyOf(cell);
  const at = levels.findIndex(([level]) => level === key);
  return at === -1 ? levels.length : at;
}

function numberPlaces({ decimal, spikes, knots }: NumberEncoder, cell: string): Placed {
  const ends = spikes.length + knots.length;
  const none = noAnswer(cell);
  const number = none === undefined ? readNumber(cell, decimal) : undefined;
  if (number === undefined) return [[ends + (none === 'empty' ? 0 : 1), 1]];
  const spike = spikes.indexOf(number);
  if (spike !== -1) return [[spike, 1]];
  const above = knots.findIndex((knot) => knot >= number);
  if (knots.length === 0) return [[ends + 1, 1]];
  if (above === -1) return [[ends - 1, 1]];
  const high = knots[above] ?? number;
  if (above === 0 || high === number) return [[spikes.length + above, 1]];
  const low = knots[above - 1] ?? high;
  const share = (number - low) / (high - low);
  return [
    [spikes.length + above - 1, 1 - share],
    [spikes.length + above, share],
  ];
}

/** The place a cell leans to most: its level where a column is looked at alone. */
export const levelOf = (encoder: Encoder, cell: string): number =>
  encode(encoder, cell).reduce((best, one) => (one[1] > best[1] ? one : best), [0, -1])[0];
