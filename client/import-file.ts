/** The files of an import: the list that is read, the rejected rows and the outcomes that are written. Knows no people store. */
import { createReadStream, existsSync, statSync } from 'node:fs';
import type { RowOutcome } from '../events/requests';
import { csvFile, type CsvFile } from './csv-file';
import { NoHeader, openCsv } from './csv-rows';
import type { CsvList, CsvRow } from './csv-rows';
import { survey } from './csv-text';
import type { Survey } from './csv-text';
import type { Rejection } from './import-run';
import { aboutRejected, ownColumns, rawText } from './list-columns';
import { failed, messageOf, noSuchThing, wrongUsage } from './refusal';

const chunkBytes = 65_536;

export async function look(file: string): Promise<Survey> {
  if (!existsSync(file)) throw noSuchThing(`There is no file "${file}".`);
  if (!statSync(file).isFile()) throw wrongUsage(`"${file}" is no file.`);
  const surveyed = await survey(createReadStream(file, { highWaterMark: chunkBytes })).catch((error: unknown) => {
    throw failed(`"${file}" cannot be read: ${messageOf(error)}.`);
  });
  if (surveyed.zipped) throw failed(`"${file}" is an Excel workbook or a zip. Save it as CSV first.`);
  if (surveyed.binary === true) throw failed(`"${file}" is no list: it holds no text.`);
  return surveyed;
}

export async function openList(file: string, surveyed: Survey, onBytes: (read: number) => void): Promise<CsvList> {
  async function* counted(): AsyncGenerator<Uint8Array> {
    let read = 0;
    for await (const chunk of createReadStream(file, { highWaterMark: chunkBytes })) {
      yield chunk as Buffer;
      onBytes((read += (chunk as Buffer).length));
    }
  }
  try {
    return await openCsv(counted(), surveyed);
  } catch (error) {
    if (error instanceof NoHeader) throw failed(`"${file}" cannot be read as a list: ${error.message}.`);
    throw error;
  }
}

/** `most` rows from all over the list, the same ones every time; all where there are no more. Reads the file once more to count them. */
export async function sampleOf(
  file: string,
  surveyed: Survey,
  rows: CsvList['rows'],
  most: number,
): Promise<AsyncGenerator<readonly CsvRow[]>> {
  let total = 0;
  for await (const some of (await openList(file, surveyed, () => undefined)).rows) total += some.length;
  const every = Math.max(1, total / most);
  return (async function* () {
    let at = 0;
    for await (const some of rows) {
      const from = at;
      at += some.length;
      yield some.filter((_, place) => Math.floor((from + place + 1) / every) > Math.floor((from + place) / every));
    }
  })();
}

export type Rejections = {
  /** Before the first row. */
  readonly open: (columns: readonly string[]) => void;
  readonly add: (rejection: Rejection) => void;
  readonly end: () => void;
  readonly examples: ReadonlyMap<string, Rejection>;
};

/** A file with the reason beside the row's own cells, so that it can be mended and imported again. */
export function rejectionsTo(file: string | undefined): Rejections {
  const examples = new Map<string, Rejection>();
  let own: readonly number[] = [];
  let wasRejected = false;
  let written: CsvFile | undefined;
  return {
    examples,
    open(columns) {
      if (file === undefined) return;
      const names = ownColumns(columns);
      own = names.flatMap((name, at) => (name === undefined ? [] : [at]));
      wasRejected = own.length < columns.length;
      written = csvFile(file, [...aboutRejected, ...names.filter((name) => name !== undefined), rawText]);
    },
    add(rejection) {
      if (!examples.has(rejection.code)) examples.set(rejection.code, rejection);
      const { row, line, code, field = '', says, text, cells = [] } = rejection;
      const original = wasRejected ? (cells.at(-1) ?? '') : text;
      written?.add([row, line, code, field, says, ...own.map((at) => cells[at] ?? ''), original]);
    },
    end: () => written?.end(),
  };
}

export type Outcomes = { readonly add: (line: number, outcome: RowOutcome) => void; readonly end: () => void };

/** How each row ended, the rejected ones too. */
export function outcomesTo(file: string | undefined): Outcomes {
  const written = file === undefined ? undefined : csvFile(file, ['row', 'line', 'outcome', 'lead', 'of', 'reason', 'says']);
  return {
    add(line, outcome) {
      const { leadId = '', of = '', code = '', says = '' } = outcome as Partial<Record<'leadId' | 'of' | 'code' | 'says', string>>;
      written?.add([outcome.row, line, outcome.as, leadId, of, code, says]);
    },
    end: () => written?.end(),
  };
}
