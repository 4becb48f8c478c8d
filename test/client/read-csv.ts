/** Reads CSV from memory in small pieces, as a test wants to look at it. */
import { named, openCsv } from '../../client/csv-rows';
import type { CsvRow } from '../../client/csv-rows';
import { survey } from '../../client/csv-text';

type Fields = Readonly<Record<string, string>>;
export type Read = {
  readonly columns: readonly string[];
  readonly delimiter: string;
  readonly rows: readonly (CsvRow & { readonly fields?: Fields })[];
};

/** In chunks of `size` bytes, so that every character and line end is cut somewhere. */
export function chunks(bytes: Buffer, size: number): readonly Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size));
}

export async function read(content: string | Buffer, size = 7): Promise<Read> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const surveyed = await survey(chunks(bytes, size));
  const { columns, delimiter, rows } = await openCsv(chunks(bytes, size), surveyed);
  const all: Read['rows'][number][] = [];
  for await (const some of rows) for (const row of some) all.push(row.as === 'row' ? { ...row, fields: named(columns, row.cells) } : row);
  return { columns, delimiter, rows: all };
}

export const fieldsOf = ({ rows }: Read): readonly unknown[] => rows.map((row) => (row.as === 'row' ? row.fields : row.code));
