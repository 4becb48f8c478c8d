/** From a file's bytes to lines of text: digest, encoding found by looking, line ends of every kind. Pure over a byte stream; knows no file and no CSV. */
import { createHash } from 'node:crypto';
import { TextDecoder } from 'node:util';
import { decodeLine, tallyUtf8, ungarbled } from './csv-letters';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
export type Survey = {
  /** First 32 hex of SHA-256 of the bytes. */
  readonly digest: string;
  readonly encoding: Encoding;
  /** Some bytes are no letters of the encoding: their lines are read as Windows-1252. */
  readonly mixed?: true;
  readonly bytes: number;
  /** An Excel workbook, new or old, or another zip. */
  readonly zipped: boolean;
  /** No text in any encoding. */
  readonly binary?: true;
};
export type Bytes = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** Reads everything once. Text that is no UTF-8 and has no zero bytes is taken as Windows-1252, of which Latin-1 is a part. */
export async function survey(chunks: Bytes): Promise<Survey> {
  const hash = createHash('sha256');
  const tally = tallyUtf8();
  let bytes = 0;
  let head = Buffer.alloc(0);
  for await (const chunk of chunks) {
    hash.update(chunk);
    bytes += chunk.length;
    if (head.length < 4_096) head = Buffer.concat([head, chunk]).subarray(0, 4_096);
    tally.add(chunk);
  }
  const encoding = wide(head) ?? (tally.stray() === 0 || tally.letters() > tally.stray() ? 'utf-8' : 'windows-1252');
  const mixed = encoding === 'utf-8' && tally.stray() > 0;
  return {
    digest: hash.digest('hex').slice(0, 32),
    encoding,
    bytes,
    zipped: marks.some((mark) => head.subarray(0, 4).equals(mark)),
    ...(isBinary(head, encoding) ? { binary: true } : {}),
    ...(mixed ? { mixed } : {}),
  };
}

const marks = [Buffer.from([0x50, 0x4b, 0x03, 0x04]), Buffer.from([0xd0, 0xcf, 0x11, 0xe0])];

/**
 * Text holds hardly any control characters but tabs, ends of lines and the two that lists are cut by, and in two bytes a letter zeros on one side only.
 * A few are dirt in a cell.
 */
function isBinary(head: Buffer, encoding: Encoding): boolean {
  if (encoding.startsWith('utf-16')) return zerosAt(head, 0) > head.length / 5 && zerosAt(head, 1) > head.length / 5;
  const controls = head.reduce((sum, byte) => sum + (byte < 32 && !(byte >= 9 && byte <= 13) && byte !== 1 && byte !== 31 ? 1 : 0), 0);
  return controls > Math.max(3, head.length / 50);
}

const zerosAt = (head: Buffer, parity: 0 | 1): number => head.reduce((sum, byte, at) => sum + (byte === 0 && at % 2 === parity ? 1 : 0), 0);

/** Two bytes a letter: by its mark, or by the zeros of Western text. */
function wide(head: Buffer): Encoding | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  // Western text in UTF-16 has a zero in nearly every pair; text in one byte a character has none at all.
  if (zerosAt(head, 1) > head.length / 5) return 'utf-16le';
  return zerosAt(head, 0) > head.length / 5 ? 'utf-16be' : undefined;
}

export class LineTooLong extends Error {
  override name = 'LineTooLong';
}
/** A line of more characters is no row of a list. */
export const longestLine = 1_000_000;

/** What was mended in the letters of a line: bytes of another encoding, or UTF-8 that had been read as Latin. */
export type LineRepair = 'bytes' | 'letters';
export type Lines = {
  /** Number of the first of them; 1 for the first of the file. */
  readonly first: number;
  readonly texts: readonly string[];
  /** By place in `texts`. */
  readonly mended: ReadonlyMap<number, LineRepair>;
};
export type TextOf = Pick<Survey, 'encoding' | 'mixed'>;

/** Lines without their ends, a BOM gone, as many at once as a chunk holds; the piece after the last end counts when it holds anything. Throws `LineTooLong`. */
export async function* readLines(chunks: Bytes, text: TextOf): AsyncGenerator<Lines> {
  let first = 1;
  for await (const { texts, spoiled } of text.mixed === true ? mixedLines(chunks) : plainLines(chunks, text.encoding)) {
    const long = texts.findIndex((line) => line.length > longestLine);
    if (long !== -1) throw new LineTooLong(`line ${first + long} has more than ${longestLine} characters`);
    const mended = new Map<number, LineRepair>([...spoiled].map((at) => [at, 'bytes']));
    yield { first, texts: texts.map((line, at) => whole(line, at, mended)), mended };
    first += texts.length;
  }
}

function whole(line: string, at: number, mended: Map<number, LineRepair>): string {
  const text = ungarbled(line);
  if (text === undefined) return line;
  mended.set(at, 'letters');
  return text;
}

type Piece = { readonly texts: readonly string[]; readonly spoiled: readonly number[] };
const none: readonly number[] = [];
const cut = (text: string): string[] => (text.includes('\r') ? text.split(/\r\n|\n|\r/) : text.split('\n'));

async function* plainLines(chunks: Bytes, encoding: Encoding): AsyncGenerator<Piece> {
  const decoder = new TextDecoder(encoding);
  let rest = '';
  for await (const chunk of chunks) {
    const text = rest + decoder.decode(chunk, { stream: true });
    // A \r at the end may be the half of \r\n.
    const kept = text.endsWith('\r') ? text.slice(0, -1) : text;
    const texts = cut(kept);
    rest = (texts.pop() ?? '') + text.slice(kept.length);
    if (texts.length > 0) yield { texts, spoiled: none };
    if (rest.length > longestLine) yield { texts: [rest], spoiled: none };
  }
  const last = cut(rest + decoder.decode());
  if (last.at(-1) === '') last.pop();
  if (last.length > 0) yield { texts: last, spoiled: none };
}

/** Each line in the encoding it has. */
async function* mixedLines(chunks: Bytes): AsyncGenerator<Piece> {
  let rest: Uint8Array = new Uint8Array(0);
  const lines = (bytes: Uint8Array, last: boolean): Piece => {
    const texts: string[] = [];
    const spoiled: number[] = [];
    let from = 0;
    for (let end = bytes.indexOf(10, from); end !== -1 || (last && from < bytes.length); end = bytes.indexOf(10, from)) {
      const line = decodeLine(bytes.subarray(from, end === -1 ? bytes.length : end));
      if (line.spoiled) spoiled.push(texts.length);
      texts.push(...cut(line.text.endsWith('\r') ? line.text.slice(0, -1) : line.text));
      from = end === -1 ? bytes.length : end + 1;
    }
    rest = bytes.subarray(from);
    if (texts[0]?.startsWith('\ufeff') === true) texts[0] = texts[0].slice(1);
    return { texts, spoiled };
  };
  for await (const chunk of chunks) {
    yield lines(rest.length === 0 ? chunk : Buffer.concat([rest, chunk]), false);
    if (rest.length > longestLine) yield { texts: [decodeLine(rest).text], spoiled: none };
  }
  yield lines(rest, true);
}
