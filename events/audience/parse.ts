/**
 * From text to a question: `stage = awareness and score >= 30 and industry in (software, finance) and not received(pricing) in 30 days`.
 * `not` binds before `and`, `and` before `or`. Knows the grammar and no field.
 */
import { closest, meant } from '../closest';
import { cursorOn, Fault } from './cursor';
import type { Cursor } from './cursor';
import { groups } from './query';
import type { Comparison, Group, Query, QueryFault, Value } from './query';
import { tokensOf } from './tokens';
import type { Token } from './tokens';

/** Deeper than any person writes, far from the depth that would break the reading. */
const deepest = 50;
const longest = 4_000;
const comparisons: readonly string[] = ['=', '!=', '<', '<=', '>', '>='] satisfies readonly Comparison[];
const reserved: ReadonlySet<string> = new Set(['and', 'or', 'not', 'in', 'is', 'for', 'within']);
export const calls = ['received', 'opened', 'clicked', 'did', ...groups] as const;

/** Never throws. */
export function parseQuery(text: string): Query | QueryFault {
  if (text.length > longest) return { at: longest + 1, says: `a question has at most ${longest} letters` };
  const tokens = tokensOf(text);
  if ('says' in tokens) return tokens;
  try {
    const cursor = cursorOn(text, tokens);
    const query = any(cursor, 0);
    ended(cursor);
    return query;
  } catch (error) {
    if (error instanceof Fault) return error.data();
    throw error;
  }
}

export const isFault = (parsed: Query | QueryFault): parsed is QueryFault => !('kind' in parsed);

function any(c: Cursor, depth: number): Query {
  if (depth > deepest) throw new Fault(c.peek().at, 'there are too many brackets in one another');
  return joined(c, 'any', 'or', () => joined(c, 'all', 'and', () => negated(c, depth)));
}

function joined(c: Cursor, kind: 'all' | 'any', word: string, part: () => Query): Query {
  const first = part();
  const of = [first];
  while (c.takes(word)) of.push(part());
  return of.length === 1 ? first : { kind, of, ...c.said(first.at) };
}

function negated(c: Cursor, depth: number): Query {
  const { at } = c.peek();
  if (c.takes('not')) {
    if (depth > deepest) throw new Fault(at, 'there are too many "not" in one another');
    return { kind: 'not', of: negated(c, depth + 1), ...c.said(at) };
  }
  if (!c.takesSign('(')) return part(c);
  const inner = any(c, depth + 1);
  c.needsSign(')', 'this bracket is not closed', at);
  return inner;
}

const wholeValues = 'whole values are compared, as in industry = software or title in (cto, ceo)';
/** Comparisons of other languages, and what to write for them. */
const elsewhere: ReadonlyMap<string, string> = new Map([
  ['between', 'write both ends, as in score >= 10 and score <= 20'],
  ...['like', 'contains', 'matches', 'starts', 'startswith', 'ends', 'endswith', 'includes'].map((word) => [word, wholeValues] as const),
  ['equals', 'write ='],
]);

function ended(c: Cursor): void {
  const { is, text, at } = c.peek();
  if (is === 'end') return;
  if (text === ')') throw new Fault(at, 'this bracket was never opened');
  const other = elsewhere.get(text.toLowerCase());
  if (other !== undefined) throw new Fault(at, `"${text}" is no comparison here: ${other}`);
  throw new Fault(at, `"${text}" follows without "and" or "or"${meant(closest(text, ['and', 'or']))}`);
}

function part(c: Cursor): Query {
  const { is, text: word, at } = c.take();
  if (is === 'end') throw new Fault(at, 'the question ends where a condition should follow');
  if (is !== 'word' || reserved.has(word.toLowerCase()))
    throw new Fault(at, `"${word}" stands where a field should be, such as stage, score or industry`);
  if (c.isSign('(')) return call(c, word, at);
  if (word === 'silent') {
    c.takes('for');
    return { kind: 'silent', days: daysOf(c), ...c.said(at) };
  }
  if (word === 'gained' && !c.is('in') && c.peek().is === 'number') return gained(c, at);
  return test(c, word, at);
}

/** `gained 25 points in 14 days`. */
function gained(c: Cursor, at: number): Query {
  const points = whole(c.take(), 'points');
  if (!c.takes('points')) c.takes('point');
  if (!c.is('in') && !c.is('within')) throw new Fault(c.peek().at, `say in how many days: gained ${points} points in 14 days`);
  return { kind: 'gained', points, days: inDays(c), ...c.said(at) };
}

function test(c: Cursor, field: string, at: number): Query {
  const sign = c.peek();
  if (sign.is === 'sign' && comparisons.includes(sign.text)) {
    c.take();
    return { kind: 'compare', field, op: sign.text as Comparison, value: valueOf(c.take()), ...c.said(at) };
  }
  if (c.takes('not')) {
    if (!c.is('in')) throw new Fault(c.peek().at, '"in" should follow "not" here');
    return { kind: 'not', of: within(c, field, at), ...c.said(at) };
  }
  if (c.is('in') || c.is('within')) return within(c, field, at);
  if (c.takes('is')) return being(c, field, at);
  return { kind: 'compare', field, op: '=', value: true, ...c.said(at) };
}

/** `industry is known`, `stage is not awareness`. */
function being(c: Cursor, field: string, at: number): Query {
  const negative = c.takes('not');
  const token = c.take();
  const word = token.text.toLowerCase();
  if (word !== 'known' && word !== 'unknown')
    return { kind: 'compare', field, op: negative ? '!=' : '=', value: valueOf(token), ...c.said(at) };
  const known: Query = { kind: 'known', field, ...c.said(at) };
  return (word === 'known') === negative ? { kind: 'not', of: known, ...c.said(at) } : known;
}

/** `industry in (a, b)`, `created in 30 days`. */
function within(c: Cursor, field: string, at: number): Query {
  if (c.peek(1).is === 'number') return { kind: 'within', field, days: inDays(c), ...c.said(at) };
  c.take();
  const open = c.peek();
  c.needsSign('(', `after "in" stand the values in brackets: ${field} in (one, two)`, open.at);
  const values = [valueOf(c.take())];
  while (c.takesSign(',')) values.push(valueOf(c.take()));
  c.needsSign(')', 'this bracket is not closed', open.at);
  return { kind: 'oneOf', field, values, ...c.said(at) };
}

function call(c: Cursor, word: string, at: number): Query {
  const open = c.take();
  const name = c.isSign(')') ? undefined : nameOf(c.take());
  c.needsSign(')', 'this bracket is not closed', open.at);
  const content = name === undefined ? {} : { content: name };
  if (isGroup(word)) {
    if (name === undefined) throw new Fault(open.at, `name the ${word}: ${word}(name)`);
    return { kind: 'in', what: word, name, ...c.said(at) };
  }
  if (word === 'received') return { kind: 'received', ...content, ...optionalDays(c), ...c.said(at) };
  if (word === 'opened' || word === 'clicked')
    return { kind: 'did', event: `email.${word}`, times: 1, ...content, ...optionalDays(c), ...c.said(at) };
  if (word !== 'did') throw new Fault(at, `"${word}(...)" cannot be asked${meant(closest(word, calls))} What can be: ${calls.join(', ')}`);
  if (name === undefined) throw new Fault(open.at, 'name the event: did(page.viewed)');
  return { kind: 'did', event: name, times: timesOf(c), ...optionalDays(c), ...c.said(at) };
}

const isGroup = (word: string): word is Group => (groups as readonly string[]).includes(word);

function timesOf(c: Cursor): number {
  if (c.peek().is !== 'number' || !/^times?$/i.test(c.peek(1).text)) return 1;
  const token = c.take();
  c.take();
  return whole(token, 'times');
}

function optionalDays(c: Cursor): { readonly days?: number } {
  return c.is('in') || c.is('within') ? { days: inDays(c) } : {};
}

function inDays(c: Cursor): number {
  c.take();
  return daysOf(c);
}

function daysOf(c: Cursor): number {
  const token = c.take();
  if (token.is !== 'number') throw new Fault(token.at, 'a number of days should stand here, such as 30 days');
  const unit = c.take();
  const factor = /^days?$/i.test(unit.text) ? 1 : /^weeks?$/i.test(unit.text) ? 7 : undefined;
  if (factor === undefined) throw new Fault(unit.at, `"${unit.text}" is no span: write days or weeks`);
  return whole(token, 'days') * factor;
}

function nameOf({ is, text, at }: Token): string {
  if (is === 'sign' || is === 'end') throw new Fault(at, 'a name should stand here');
  return text;
}

function valueOf({ is, text, at }: Token): Value {
  if (is === 'sign' || is === 'end') throw new Fault(at, 'a value should stand here');
  if (is === 'text') return text;
  if (is === 'number') return Number(text);
  const word = text.toLowerCase();
  if (word === 'true' || word === 'yes') return true;
  return word === 'false' || word === 'no' ? false : text;
}

function whole({ text, at }: Token, what: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 1 && number <= 100_000) return number;
  throw new Fault(at, `${text} ${what}: write a whole number from 1`);
}
