/** Two command lines import the same people at once, one of them killed on its way and started again; counts who is there in the end. Asserts nothing. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnTypeScript } from '../support/servers';
import type { Engine } from '../support/whole-engine';

export type Raced = {
  readonly leads: number;
  readonly identities: number;
  /** Of each import when it had run to its end: created, updated, duplicates. */
  readonly ended: readonly { readonly created: number; readonly updated: number; readonly duplicates: number; readonly rejected: number }[];
  /** People there were when the first was killed. */
  readonly whenKilled: number;
  /** Leads that were asked onto the sequence more than once by one import. */
  readonly enrolledTwice: number;
};

const main = join(__dirname, '..', '..', 'client', 'main.ts');

/** `people` in both lists: one in order, one from the end, with other columns, separators and capitals. */
export async function raceImports(engine: Engine, people: number): Promise<Raced> {
  const folder = mkdtempSync(join(tmpdir(), 'ripen-race-'));
  const first = join(folder, 'first.csv');
  const second = join(folder, 'second.csv');
  const numbers = Array.from({ length: people }, (_, at) => at);
  writeFileSync(first, `Email,First name,Last name\n${numbers.map((n) => `p${n}@race.example,Ann,N${n}\n`).join('')}`);
  writeFileSync(second, `Mail;Company\n${numbers.map((n) => `P${people - 1 - n}+x@Race.example;Firm ${n}\n`).join('')}`);
  const started: ChildProcess[] = [];
  const importing = (file: string, source: string): ChildProcess => {
    const child = spawnTypeScript(main, ['import', file, '--source', source, '--sequence', 'buyers-journey', '--json'], engine.env);
    started.push(child);
    return child;
  };
  const count = async (what: string): Promise<number> =>
    (await engine.db.query<{ n: number }>(`select count(*)::int as n from ${what}`)).rows[0]?.n ?? 0;
  try {
    const killed = importing(first, 'fair');
    const other = ended(importing(second, 'partner'));
    while ((await count('lead')) < people / 4) await new Promise((resolve) => setTimeout(resolve, 20));
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    const whenKilled = await count('lead');
    const again = ended(importing(first, 'fair'));
    const outcomes = [await again, await other];
    return {
      leads: await count('lead'),
      identities: await count(`identity where kind = 'email'`),
      ended: outcomes,
      whenKilled,
      enrolledTwice: await count(
        `(select data->>'leadId', data->>'commandId' from outbox where type = 'enrolment.asked' group by 1, 2 having count(*) > 1) twice`,
      ),
    };
  } finally {
    for (const child of started) child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  }
}

async function ended(child: ChildProcess): Promise<Raced['ended'][number]> {
  let out = '';
  let err = '';
  child.stdout?.on('data', (text) => (out += String(text)));
  child.stderr?.on('data', (text) => (err += String(text)));
  const [code] = (await once(child, 'exit')) as [number];
  if (code !== 0) throw new Error(`an import ended with ${code}: ${err}`);
  return JSON.parse(out) as Raced['ended'][number];
}
