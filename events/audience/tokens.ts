/** A question's text cut into words, numbers, quoted texts and signs, each with its place. Knows no grammar. */
import type { QueryFault } from './query';

export type Token = {
  readonly is: 'word' | 'number' | 'text' | 'sign' | 'end';
  /** Of a quoted text without the quotes. */
  readonly text: string;
  /** Column of the first and after the last letter, from 1. */
  readonly at: number;
  readonly to: number;
};

/** Codes are words, too: `51-200`, `Europe/Berlin`, `demo.booked`, `1001+`, `2026-11-02`. */
const forms = [
  ['space', /\s+/y],
  ['text', /'[^']*'|"[^"]*"/y],
  ['sign', /!=|<>|<=|>=|==|[=<>(),]/y],
  ['number', /-\d+(?:\.\d+)?(?![\p{L}\p{N}_])/uy],
  ['word', /[\p{L}\p{N}_][\p{L}\p{N}_.+/:@%-]*/uy],
] as const;

/** As people who write programs or SQL write them. */
const usual: ReadonlyMap<string, string> = new Map([
  ['<>', '!='],
  ['==', '='],
]);
const words: ReadonlyMap<string, string> = new Map([
  ['&', 'and'],
  ['|', 'or'],
  ['!', 'not'],
]);
function instead(sign: string): string {
  const word = words.get(sign);
  return word === undefined ? '' : `: write "${word}"`;
}

export function tokensOf(text: string): readonly Token[] | QueryFault {
  const tokens: Token[] = [];
  for (let from = 0; from < text.length;) {
    const found = match(text, from);
    if (found === undefined) {
      const sign = String.fromCodePoint(text.codePointAt(from) ?? 32);
      const quote = sign === "'" || sign === '"';
      return { at: from + 1, says: quote ? `the quotation mark ${sign} is never closed` : `"${sign}" has no meaning here${instead(sign)}` };
    }
    const [is, said] = found;
    const place = { at: from + 1, to: from + 1 + said.length };
    if (is === 'text') tokens.push({ is, text: said.slice(1, -1), ...place });
    else if (is === 'sign') tokens.push({ is, text: usual.get(said) ?? said, ...place });
    else if (is === 'number') tokens.push({ is, text: said, ...place });
    else if (is === 'word') tokens.push({ is: /^\d+(\.\d+)?$/.test(said) ? 'number' : 'word', text: said, ...place });
    from += said.length;
  }
  return [...tokens, { is: 'end', text: '', at: text.length + 1, to: text.length + 1 }];
}

function match(text: string, from: number): readonly [(typeof forms)[number][0], string] | undefined {
  for (const [is, form] of forms) {
    form.lastIndex = from;
    const said = form.exec(text)?.[0];
    if (said !== undefined) return [is, said];
  }
  return undefined;
}
