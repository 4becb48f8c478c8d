/** Letters that an export spoiled: lines in another encoding than the rest, and UTF-8 that was read as Latin and written again. Repairs only what has one reading. */
import { isAscii, isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';

/** How the non-ASCII bytes of a text read as UTF-8: whole letters, and bytes that are none. */
export type Tally = { readonly add: (chunk: Uint8Array) => void; readonly letters: () => number; readonly stray: () => number };

/** Goes byte by byte only through what is not plain ASCII. */
export function tallyUtf8(): Tally {
  let letters = 0;
  let stray = 0;
  let wanted = 0;
  let had = 0;
  return {
    letters: () => letters,
    stray: () => stray + had,
    add(chunk) {
      if (wanted === 0 && isAscii(chunk)) return;
      for (const byte of chunk) {
        if (wanted > 0 && byte >= 0x80 && byte < 0xc0) {
          had += 1;
          wanted -= 1;
          if (wanted === 0) {
            letters += 1;
            had = 0;
          }
          continue;
        }
        stray += had;
        wanted = byte >= 0xc2 && byte < 0xe0 ? 1 : byte >= 0xe0 && byte < 0xf0 ? 2 : byte >= 0xf0 && byte < 0xf5 ? 3 : 0;
        had = wanted > 0 ? 1 : 0;
        if (byte >= 0x80 && wanted === 0) stray += 1;
      }
    },
  };
}

const utf8 = new TextDecoder('utf-8');
const latin = new TextDecoder('windows-1252');

/** One line of a list that is UTF-8 for the most part. */
export const decodeLine = (bytes: Uint8Array): { readonly text: string; readonly spoiled: boolean } =>
  isUtf8(bytes) ? { text: utf8.decode(bytes), spoiled: false } : { text: latin.decode(bytes), spoiled: true };

/** Letter of Windows-1252 to its byte. */
const byteOf: ReadonlyMap<string, number> = new Map(
  Array.from({ length: 256 }, (_, byte) => [latin.decode(Uint8Array.of(byte)), byte] as const),
);
/** What two and three byte letters look like when each byte is taken for a letter. */
const garbled = /[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]/;

/** `MÃ¼ller` is `Müller`: only where the whole text reads as UTF-8 that way. `undefined`: there is nothing to mend. */
export function ungarbled(text: string): string | undefined {
  if (!garbled.test(text)) return undefined;
  const bytes = new Uint8Array(text.length);
  let length = 0;
  for (const letter of text) {
    const byte = byteOf.get(letter);
    if (byte === undefined) return undefined;
    bytes[length++] = byte;
  }
  const read = bytes.subarray(0, length);
  return isUtf8(read) ? utf8.decode(read) : undefined;
}
