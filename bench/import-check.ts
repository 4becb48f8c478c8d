/** Checking a list of 10,000, 100,000 and 1,000,000 people beside csv-parse on the same files: rows a second, growth, memory. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { csvParseSeconds, makeContacts } from './contact-list';
import { median } from './median';

const sizes = [10_000, 100_000, 1_000_000] as const;
const rounds = 3;
export type Checked = { readonly seconds: number; readonly megabytes: number; readonly rows: number; readonly accepted: number };

/** In a process of its own. */
export async function checkList(file: string): Promise<Checked> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(__dirname, 'check-once.js'), file]);
  return JSON.parse(stdout) as Checked;
}

/** `...VsCsvParse`: our seconds over its seconds, round by round. `memoryGrowth`: megabytes at a million rows over those at ten thousand. */
export async function run(): Promise<Record<string, number>> {
  const folder = mkdtempSync(join(tmpdir(), 'ripen-bench-'));
  const figures: Record<string, number> = {};
  const memory: number[] = [];
  try {
    for (const size of sizes) {
      const file = join(folder, `${size}.csv`);
      makeContacts(file, size);
      const seen: { readonly ours: Checked; readonly theirs: number }[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const theirs = await csvParseSeconds(file);
        const ours = await checkList(file);
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
