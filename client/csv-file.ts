/** A CSV file that is written line by line and never held whole. Knows no columns. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { csvLine } from './csv-rows';
import { failed, messageOf } from './refusal';

export type CsvFile = { readonly add: (cells: readonly (string | number)[]) => void; readonly end: () => void };

const heldText = 65_536;

/** Throws `Refusal` where it cannot be written. `end` may be called twice. */
export function csvFile(file: string, head: readonly string[]): CsvFile {
  const orRefuse = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw failed(`"${file}" cannot be written: ${messageOf(error)}.`);
    }
  };
  let handle: number | undefined = orRefuse(() => openSync(file, 'w'));
  let text = `\ufeff${csvLine(head)}`;
  const write = (to: number): void => {
    orRefuse(() => writeSync(to, text));
    text = '';
  };
  return {
    add(cells) {
      text += csvLine(cells);
      if (text.length > heldText && handle !== undefined) write(handle);
    },
    end() {
      if (handle === undefined) return;
      const open = handle;
      handle = undefined;
      write(open);
      closeSync(open);
    },
  };
}
