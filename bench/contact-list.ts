/** A made-up list of contacts as a CSV file, and what csv-parse needs to read one. Knows no rules of an import. */
import { closeSync, createReadStream, openSync, writeSync } from 'node:fs';
import { parse } from 'csv-parse';

const first = ['Ada', 'Bob', 'Zoë', 'Mary-Jane', 'Łukasz', 'Ann'];
const last = ['Lovelace', 'Müller', "O'Brien", 'van Dyk', 'Smith'];
const countries = ['Germany', 'United Kingdom', 'France', 'United States', 'Japan', ''];

/** Ten columns, a fifth of the cells quoted, a third of the people with a phone number, one in fifty named twice. People are numbered on from `from`. */
export function makeContacts(file: string, rows: number, from = 0): void {
  const to = openSync(file, 'w');
  let text = 'Email,First name,Last name,Company,Job title,Phone,Country,City,Opt-in,Note\n';
  for (let row = from; row < from + rows; row += 1) {
    const who = row % 50 === 49 ? row - 7 : row;
    const phone = who % 3 === 0 ? `+4930${1_000_000 + (who % 9_000_000)}` : '';
    const company = who % 4 === 0 ? `"Firm ${who % 5_000}, Inc"` : `Firm ${who % 5_000}`;
    const of = (list: readonly string[]): string => list[who % list.length] ?? '';
    text += `person${who}@firm${who % 5_000}.example,${of(first)},${of(last)},${company},Head of ${who % 9},${phone},${of(countries)},Town ${who % 700},yes,"said ""hi"" ${row}"\n`;
    if (text.length > 1_000_000) {
      writeSync(to, text);
      text = '';
    }
  }
  writeSync(to, text);
  closeSync(to);
}

/** Seconds until csv-parse has made a record of every row. */
export async function csvParseSeconds(file: string): Promise<number> {
  const startedAt = performance.now();
  let rows = 0;
  for await (const _ of createReadStream(file).pipe(parse({ columns: true }))) rows += 1;
  if (rows === 0) throw new Error('csv-parse read nothing');
  return (performance.now() - startedAt) / 1_000;
}
