/** From a file's bytes to lines of text: digest, encoding found by looking, line ends of every kind. Pure over a byte stream; knows no file and no CSV. */
import { createHash } from 'node:crypto';
import { TextDecoder } from 'node:util';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
export type Survey = {
  /** First 32 hex of SHA-256 of the bytes. */
  readonly digest: string;
  readonly encoding: Encoding;
  readonly bytes: number;
  /** An Excel workbook or another zip. */
  readonly zipped: boolean;
};
export type Bytes = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** Reads everything once. Text that is no UTF-8 and has no zero bytes is taken as Windows-1252, of which Latin-1 is a part. */
export async function survey(chunks: Bytes): Promise<Survey> {
  const hash = createHash('sha256');
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let bytes = 0;
  let valid = true;
  let head = Buffer.alloc(0);
  for await (const chunk of chunks) {
    hash.update(chunk);
    bytes += chunk.length;
    if (head.length < 4_096) head = Buffer.concat([head, chunk]).subarray(0, 4_096);
    if (valid) valid = decodes(decoder, chunk);
  }
  if (valid) valid = decodes(decoder, undefined);
  return { digest: hash.digest('hex').slice(0, 32), encoding: encodingOf(head, valid), bytes, zipped: head.subarray(0, 4).equals(zipMark) };
}

const zipMark = Buffer.from([0x50, 0x4b, 0x03, 0x04]);

function decodes(decoder: TextDecoder, chunk: Uint8Array | undefined): boolean {
  try {
    if (chunk === undefined) decoder.decode();
    else decoder.decode(chunk, { stream: true });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return false;
    throw error;
  }
}

function encodingOf(head: Buffer, validUtf8: boolean): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const zeros = (parity: 0 | 1): number => head.reduce((sum, byte, at) => sum + (byte === 0 && at % 2 === parity ? 1 : 0), 0);
  // Western text in UTF-16 has a zero in nearly every pair; text in one byte a character has none at all.
  if (zeros(1) > head.length / 5) return 'utf-16le';
  if (zeros(0) > head.length / 5) return 'utf-16be';
  return validUtf8 ? 'utf-8' : 'windows-1252';
}

export class LineTooLong extends Error {
  override name = 'LineTooLong';
}
/** A line of more characters is no row of a list. */
export const longestLine = 1_000_000;

export type Line = { /** 1 for the first. */ readonly number: number; readonly text: string };

/** Lines without their ends, a BOM gone; the piece after the last end counts when it holds anything. Throws `LineTooLong`. */
export async function* readLines(chunks: Bytes, encoding: Encoding): AsyncGenerator<Line> {
  const decoder = new TextDecoder(encoding);
  let rest = '';
  let number = 0;
  for await (const chunk of chunks) {
    const text = rest + decoder.decode(chunk, { stream: true });
    // A \r at the end may be the half of \r\n.
    const whole = text.endsWith('\r') ? text.slice(0, -1) : text;
    const lines = whole.split(/\r\n|\n|\r/);
    rest = (lines.pop() ?? '') + text.slice(whole.length);
    for (const line of lines) yield { number: ++number, text: line };
    if (rest.length > longestLine) throw new LineTooLong(`line ${number + 1} has more than ${longestLine} characters`);
  }
  const last = (rest + decoder.decode()).split(/\r\n|\n|\r/);
  if (last.at(-1) === '') last.pop();
  for (const line of last) yield { number: ++number, text: line };
}
