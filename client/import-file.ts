/** The files of an import: the list that is read, the rejected rows that are written. Knows no people store. */
import { createReadStream, createWriteStream, existsSync, statSync } from 'node:fs';
import { csvLine, NoHeader, openCsv } from './csv-rows';
import type { CsvList, CsvRow } from './csv-rows';
import { survey } from './csv-text';
import type { Survey } from './csv-text';
import type { Rejection } from './import-run';
import { failed, messageOf, noSuchThing, wrongUsage } from './refusal';

export async function look(file: string): Promise<Survey> {
  if (!existsSync(file)) throw noSuchThing(`There is no file "${file}".`);
  if (!statSync(file).isFile()) throw wrongUsage(`"${file}" is no file.`);
  const surveyed = await survey(createReadStream(file)).catch((error: unknown) => {
    throw failed(`"${file}" cannot be read: ${messageOf(error)}.`);
  });
  if (surveyed.zipped) throw failed(`"${file}" is an Excel workbook or a zip. Save it as CSV first.`);
  return surveyed;
}

export async function openList(file: string, { encoding }: Survey, onBytes: (read: number) => void): Promise<CsvList> {
  async function* counted(): AsyncGenerator<Uint8Array> {
    let read = 0;
    for await (const chunk of createReadStream(file)) {
      yield chunk as Buffer;
      onBytes((read += (chunk as Buffer).length));
    }
  }
  try {
    return await openCsv(counted(), encoding);
  } catch (error) {
    if (error instanceof NoHeader) throw failed(`"${file}" cannot be read as a list: ${error.message}.`);
    throw error;
  }
}

/** `--map email=Mail`: the cell of column Mail is the field email. */
export function renamed({ columns, rows }: CsvList, map: Readonly<Record<string, string>>): AsyncIterable<CsvRow> {
  const missing = Object.values(map).filter((column) => !columns.includes(column));
  if (missing.length > 0)
    throw wrongUsage(`There is no column ${missing.map((name) => `"${name}"`).join(', ')}. The columns are: ${columns.join(', ')}.`);
  const fieldOf = new Map(Object.entries(map).map(([field, column]) => [column, field]));
  const taken = new Set(fieldOf.values());
  const rename = (fields: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
    Object.fromEntries(
      Object.entries(fields).flatMap(([column, value]) => {
        const field = fieldOf.get(column);
        return field === undefined && taken.has(column.toLowerCase()) ? [] : [[field ?? column, value]];
      }),
    );
  return (async function* () {
    for await (const row of rows) yield row.as === 'row' ? { ...row, fields: rename(row.fields) } : row;
  })();
}

export type Rejections = {
  readonly add: (rejection: Rejection) => void;
  readonly end: () => Promise<void>;
  readonly examples: Map<string, Rejection>;
};

/** The file holds the reason beside the row as it was. */
export function rejectionsTo(file: string | undefined): Rejections {
  const examples = new Map<string, Rejection>();
  const stream = file === undefined ? undefined : createWriteStream(file);
  let broken: Error | undefined;
  stream?.on('error', (error) => (broken = error));
  stream?.write(`\ufeff${csvLine(['row', 'line', 'reason', 'field', 'says', 'original'])}`);
  return {
    examples,
    add(rejection) {
      if (!examples.has(rejection.code)) examples.set(rejection.code, rejection);
      const { row, line, code, field = '', says, text } = rejection;
      stream?.write(csvLine([row, line, code, field, says, text]));
    },
    end: () =>
      new Promise((resolve, reject) => {
        if (stream === undefined) return resolve();
        const done = (): void => (broken === undefined ? resolve() : reject(failed(`"${file}" cannot be written: ${broken.message}.`)));
        if (stream.destroyed) return done();
        stream.once('close', done);
        stream.end();
      }),
  };
}
