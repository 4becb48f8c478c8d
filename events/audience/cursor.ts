/** A place among the tokens of a question: look, take, demand. Knows no grammar. */
import type { QueryFault } from './query';
import type { Token } from './tokens';

/** A fault in the text, thrown while it is read and answered as data. */
export class Fault extends Error {
  constructor(
    readonly at: number,
    message: string,
  ) {
    super(message);
  }

  data(): QueryFault {
    return { at: this.at, says: this.message };
  }
}

export type Cursor = {
  /** The token `by` further; the end where there is none. */
  readonly peek: (by?: number) => Token;
  readonly take: () => Token;
  readonly is: (word: string) => boolean;
  readonly isSign: (sign: string) => boolean;
  /** Goes on where the word, or sign, stands. */
  readonly takes: (word: string) => boolean;
  readonly takesSign: (sign: string) => boolean;
  /** Throws `Fault`. */
  readonly needsSign: (sign: string, says: string, at: number) => void;
  /** What was written from that column to here. */
  readonly said: (at: number) => { readonly at: number; readonly said: string };
};

export function cursorOn(text: string, tokens: readonly Token[]): Cursor {
  let next = 0;
  const peek = (by = 0): Token => tokens[Math.min(next + by, tokens.length - 1)] as Token;
  const take = (): Token => {
    const token = peek();
    next = Math.min(next + 1, tokens.length);
    return token;
  };
  const is = (word: string): boolean => peek().is === 'word' && peek().text.toLowerCase() === word;
  const isSign = (sign: string): boolean => peek().is === 'sign' && peek().text === sign;
  const taken = (found: boolean): boolean => {
    if (found) take();
    return found;
  };
  return {
    peek,
    take,
    is,
    isSign,
    takes: (word) => taken(is(word)),
    takesSign: (sign) => taken(isSign(sign)),
    needsSign(sign, says, at) {
      if (!taken(isSign(sign))) throw new Fault(at, says);
    },
    said: (at) => ({ at, said: text.slice(at - 1, (tokens[next - 1]?.to ?? at) - 1) }),
  };
}
