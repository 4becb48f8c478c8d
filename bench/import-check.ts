/** Checking a list of 10,000, 100,000 and 1,000,000 people beside csv-parse on the same files: rows a second, growth, memory. */
import { execFile } from 'node:child_process';
import { closeSync, createReadStream, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'csv-parse';

const sizes = [10_000, 100_000, 1_000_000] as const;
const rounds = 3;
const first = ['Ada', 'Bob', 'Zoë', 'Mary-Jane', 'Łukasz', 'Ann'];
const last = ['Lovelace', 'Müller', "O'Brien", 'van Dyk', 'Smith'];
const countries = ['Germany', 'United Kingdom', 'France', 'United States', 'Japan', ''];

/** Ten columns, a fifth of the cells quoted, a third of the people with a phone number, one in fifty named twice. */
function makeList(file: string, rows: number): void {
  const to = openSync(file, 'w');
  let text = 'Email,First name,Last name,Company,Job title,Phone,Country,City,Opt-in,Note\n';
  for (let row = 0; row < rows; row += 1) {
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

async function strictly(file: string): Promise<number> {
  const startedAt = performance.now();
  let rows = 0;
  for await (const _ of createReadStream(file).pipe(parse({ columns: true }))) rows += 1;
  if (rows === 0) throw new Error('csv-parse read nothing');
  return (performance.now() - startedAt) / 1_000;
}

type Once = { readonly seconds: number; readonly megabytes: number; readonly rows: number; readonly accepted: number };

async function check(file: string): Promise<Once> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(__dirname, 'check-once.js'), file]);
  return JSON.parse(stdout) as Once;
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** `...VsCsvParse`: our seconds over its seconds, round by round. `memoryGrowth`: megabytes at a million rows over those at ten thousand. */
export async function run(): Promise<Record<string, number>> {
  const folder = mkdtempSync(join(tmpdir(), 'ripen-bench-'));
  const figures: Record<string, number> = {};
  const memory: number[] = [];
  try {
    for (const size of sizes) {
      const file = join(folder, `${size}.csv`);
      makeList(file, size);
      const seen: { readonly ours: Once; readonly theirs: number }[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const theirs = await strictly(file);
        const ours = await check(file);
        if (ours.rows !== size || ours.accepted !== size) throw new Error(`of ${size} rows ${ours.accepted} were accepted`);
        process.stderr.write(
          `round ${round} ${size} rows: check ${ours.seconds.toFixed(2)} s, ${Math.round(ours.megabytes)} MB; csv-parse ${theirs.toFixed(2)} s\n`,
        );
        seen.push({ ours, theirs });
      }
      const name = size >= 1_000_000 ? '1m' : `${size / 1_000}k`;
      figures[`rowsPerSecond${name}`] = Math.round(size / median(seen.map(({ ours }) => ours.seconds)));
      figures[`csvParseRowsPerSecond${name}`] = Math.round(size / median(seen.map(({ theirs }) => theirs)));
      figures[`checkVsCsvParse${name}`] = median(seen.map(({ ours, theirs }) => ours.seconds / theirs));
      memory.push(median(seen.map(({ ours }) => ours.megabytes)));
      figures[`megabytes${name}`] = Math.round(memory.at(-1) ?? 0);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return { ...figures, memoryGrowth: (memory.at(-1) ?? Number.NaN) / (memory[0] ?? Number.NaN) };
}
