/** Sends a list to the people store in batches and keeps the account of every row. Knows no file and no terminal. */
import { createHash } from 'node:crypto';
import type { Ask, ImportRow, RowOutcome } from '../events/requests';
import { awayCode } from './away';
import type { CsvRow } from './csv-rows';
import type { Context } from './ports';
import { Refusal } from './refusal';
import type { EarlierRows, Readable } from './same-people';

/** The most rows one request may hold. */
export const batchSize = 200;
const tries = 4;

export type ImportTerms = Omit<Ask<'import'>, 'batch' | 'rows'>;
export type Rejection = {
  readonly row: number;
  readonly line: number;
  readonly code: string;
  readonly field?: string;
  readonly says: string;
  readonly text: string;
  /** Where it could be cut. */
  readonly cells?: readonly string[];
};
export type ImportAccount = {
  rows: number;
  created: number;
  updated: number;
  duplicates: number;
  customers: number;
  suppressed: number;
  rejected: number;
  repaired: number;
  readonly byReason: Record<string, number>;
};

export const emptyAccount = (): ImportAccount => ({
  rows: 0,
  created: 0,
  updated: 0,
  duplicates: 0,
  customers: 0,
  suppressed: 0,
  rejected: 0,
  repaired: 0,
  byReason: {},
});

/** The same file on the same terms has the same batches, so that a repeat imports nobody twice; other terms are another import. */
export function batchPrefix(digest: string, terms: ImportTerms, map: Readonly<Record<string, string>>, sample?: number): string {
  const { by: _by, name: _name, cost: _cost, dryRun, ...said } = terms;
  const own = createHash('sha256')
    .update(JSON.stringify(sample === undefined ? [digest, said, map] : [digest, said, map, sample]))
    .digest('hex')
    .slice(0, 16);
  return dryRun === true ? `dry-${own}` : own;
}

const countedAs = {
  created: 'created',
  updated: 'updated',
  duplicate: 'duplicates',
  customer: 'customers',
  suppressed: 'suppressed',
  rejected: 'rejected',
} as const;

export type Importing = {
  readonly rows: AsyncIterable<readonly CsvRow[]>;
  /** Of the columns; `undefined` for one that is left out. */
  readonly names: readonly (string | undefined)[];
  /** Of the names of the batches. */
  readonly prefix: string;
  readonly terms: ImportTerms;
  readonly onRejected: (rejection: Rejection) => void;
  readonly onOutcome: (line: number, outcome: RowOutcome) => void;
  /** For a dry run: without it a person twice in the list is seen only within a batch. */
  readonly earlier?: EarlierRows;
  /** Sleeps between tries. */
  readonly wait: (ms: number) => Promise<void>;
};

/** Row by row into `account`. */
export async function importRows(context: Context, importing: Importing, account: ImportAccount): Promise<void> {
  const { rows, names, prefix, terms, onRejected, onOutcome, earlier, wait } = importing;
  const reject = (rejection: Rejection): void => {
    account.byReason[rejection.code] = (account.byReason[rejection.code] ?? 0) + 1;
    onRejected(rejection);
  };
  const batch: Readable[] = [];
  let number = 0;
  const send = async (held: readonly Readable[]): Promise<void> => {
    if (held.length === 0) return;
    const before = earlier?.about(held) ?? [];
    if (before.length + held.length > batchSize && held.length > 1) {
      const half = Math.ceil(held.length / 2);
      await send(held.slice(0, half));
      return send(held.slice(half));
    }
    const own = new Map(held.map((row) => [row.row, row]));
    const asked: readonly ImportRow[] = [...before, ...held].map(({ row, cells }) => ({ row, fields: fieldsOf(names, cells) }));
    for (const outcome of await askPatiently(context, { ...terms, batch: `${prefix}/${number++}`, rows: asked }, wait)) {
      const told = own.get(outcome.row);
      // Counted when it was its turn.
      if (told === undefined) continue;
      account[countedAs[outcome.as]] += 1;
      const { line, text, cells } = told;
      earlier?.keep(told, outcome);
      onOutcome(line, outcome);
      if (outcome.as !== 'rejected') continue;
      const { row, code, says, field } = outcome;
      reject({ row, line, text, cells, code, says, ...(field === undefined ? {} : { field }) });
    }
  };
  for await (const some of rows)
    for (const row of some) {
      account.rows += 1;
      if (row.as === 'rejected') {
        account.rejected += 1;
        const { line, text, code, says } = row;
        onOutcome(line, { row: row.row, as: 'rejected', code, says });
        reject({ row: row.row, line, text, code, says });
        continue;
      }
      if (row.repaired !== undefined) account.repaired += 1;
      batch.push(row);
      if (batch.length === batchSize) await send(batch.splice(0));
    }
  await send(batch);
}

const fieldsOf = (names: readonly (string | undefined)[], cells: readonly string[]): ImportRow['fields'] =>
  Object.fromEntries(names.flatMap((name, at) => (name === undefined ? [] : [[name, cells[at] ?? '']])));

/** A lost answer is asked for again: the same batch imports nobody twice. */
async function askPatiently(context: Context, ask: Ask<'import'>, wait: (ms: number) => Promise<void>): Promise<readonly RowOutcome[]> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return (await context.people('import', ask)).outcomes;
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== awayCode) throw error;
      if (attempt === tries)
        throw new Refusal(`${error.message} Then run the same command again: whoever was imported is not imported twice.`, 1, awayCode);
      await wait(1_000 * attempt);
    }
  }
}
