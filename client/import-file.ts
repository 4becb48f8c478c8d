/** The files of an import: the list that is read, the rejected rows that are written. Knows no people store. */
import { closeSync, createReadStream, existsSync, openSync, statSync, writeSync } from 'node:fs';
import { csvLine, NoHeader, openCsv } from './csv-rows';
import type { CsvList } from './csv-rows';
import { survey } from './csv-text';
import type { Survey } from './csv-text';
import type { Rejection } from './import-run';
import { failed, messageOf, noSuchThing, wrongUsage } from './refusal';

const chunkBytes = 65_536;

export async function look(file: string): Promise<Survey> {
  if (!existsSync(file)) throw noSuchThing(`There is no file "${file}".`);
  if (!statSync(file).isFile()) throw wrongUsage(`"${file}" is no file.`);
  const surveyed = await survey(createReadStream(file, { highWaterMark: chunkBytes })).catch((error: unknown) => {
    throw failed(`"${file}" cannot be read: ${messageOf(error)}.`);
  });
  if (surveyed.zipped) throw failed(`"${file}" is an Excel workbook or a zip. Save it as CSV first.`);
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

/** What a file of rejected rows says of each, before the row's own cells. */
const aboutRejected = ['row', 'line', 'reason', 'field', 'says'] as const;
const rawText = 'original';

/** The columns under the names they have in the list: rejected rows that somebody mended come back with what was said of them. */
function ownColumns(columns: readonly string[]): readonly (string | undefined)[] {
  const isRejects = aboutRejected.every((name, at) => columns[at] === name) && /^original(?: \(2\))?$/.test(columns.at(-1) ?? '');
  if (!isRejects) return columns;
  const taken: readonly string[] = [...aboutRejected, rawText];
  const cells = columns.slice(aboutRejected.length, -1);
  const names = cells.map((name) => {
    const once = /^(.+) \((\d+)\)$/.exec(name);
    return once?.[1] !== undefined && taken.includes(once[1]) ? once[1] : name;
  });
  return [...aboutRejected.map(() => undefined), ...names, undefined];
}

/** `--map email=Mail`: column Mail is the field email. The columns under the names they have then; `undefined` for one that is left out or gives way to a mapped one. */
export function renamed(columns: readonly string[], map: Readonly<Record<string, string>>): readonly (string | undefined)[] {
  const own = ownColumns(columns);
  const missing = Object.values(map).filter((column) => !own.includes(column));
  if (missing.length > 0)
    throw wrongUsage(
      `There is no column ${missing.map((name) => `"${name}"`).join(', ')}. The columns are: ${own.filter((name) => name !== undefined).join(', ')}.`,
    );
  const fieldOf = new Map(Object.entries(map).map(([field, column]) => [column, field]));
  const taken = new Set(fieldOf.values());
  return own.map((column) =>
    column === undefined ? undefined : (fieldOf.get(column) ?? (taken.has(column.toLowerCase()) ? undefined : column)),
  );
}

export type Rejections = {
  /** Before the first row. */
  readonly open: (columns: readonly string[]) => void;
  readonly add: (rejection: Rejection) => void;
  readonly end: () => void;
  readonly examples: ReadonlyMap<string, Rejection>;
};

const heldText = 65_536;

/** A file with the reason beside the row's own cells, so that it can be mended and imported again. Written as it comes: nothing is held back. */
export function rejectionsTo(file: string | undefined): Rejections {
  const examples = new Map<string, Rejection>();
  let own: readonly number[] = [];
  let wasRejected = false;
  let text = '';
  let handle: number | undefined;
  const write = (): void => {
    try {
      if (handle !== undefined) writeSync(handle, text);
    } catch (error) {
      throw failed(`"${file}" cannot be written: ${messageOf(error)}.`);
    }
    text = '';
  };
  return {
    examples,
    open(columns) {
      if (file === undefined) return;
      handle = opened(file);
      const names = ownColumns(columns);
      own = names.flatMap((name, at) => (name === undefined ? [] : [at]));
      wasRejected = own.length < columns.length;
      text = `\ufeff${csvLine([...aboutRejected, ...names.filter((name) => name !== undefined), rawText])}`;
    },
    add(rejection) {
      if (!examples.has(rejection.code)) examples.set(rejection.code, rejection);
      if (handle === undefined) return;
      const { row, line, code, field = '', says, cells = [] } = rejection;
      const original = wasRejected ? (cells.at(-1) ?? '') : rejection.text;
      text += csvLine([row, line, code, field, says, ...own.map((at) => cells[at] ?? ''), original]);
      if (text.length > heldText) write();
    },
    end() {
      if (handle === undefined) return;
      write();
      closeSync(handle);
      handle = undefined;
    },
  };
}

function opened(file: string): number {
  try {
    return openSync(file, 'w');
  } catch (error) {
    throw failed(`"${file}" cannot be written: ${messageOf(error)}.`);
  }
}
