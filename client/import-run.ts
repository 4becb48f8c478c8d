/** Sends a list to the people store in batches and keeps the account of every row. Knows no file and no terminal. */
import { createHash } from 'node:crypto';
import type { Ask, ImportRow, RowOutcome } from '../events/requests';
import { awayCode } from './away';
import type { CsvRow } from './csv-rows';
import type { Context } from './ports';
import { Refusal } from './refusal';

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
export function batchPrefix(digest: string, terms: ImportTerms, map: Readonly<Record<string, string>>): string {
  const { by: _, dryRun, ...said } = terms;
  const own = createHash('sha256')
    .update(JSON.stringify([digest, said, map]))
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

/** Row by row into `account`; every rejected row also to `onRejected`. `wait` sleeps between tries. */
export async function importRows(
  context: Context,
  rows: AsyncIterable<readonly CsvRow[]>,
  /** Of the columns; `undefined` for one that is left out. */
  names: readonly (string | undefined)[],
  prefix: string,
  terms: ImportTerms,
  account: ImportAccount,
  onRejected: (rejection: Rejection) => void,
  wait: (ms: number) => Promise<void>,
): Promise<void> {
  const reject = (rejection: Rejection): void => {
    account.byReason[rejection.code] = (account.byReason[rejection.code] ?? 0) + 1;
    onRejected(rejection);
  };
  let batch: Extract<CsvRow, { as: 'row' }>[] = [];
  let number = 0;
  const send = async (): Promise<void> => {
    if (batch.length === 0) return;
    const held = new Map(batch.map((row) => [row.row, row]));
    const asked: readonly ImportRow[] = batch.map(({ row, cells }) => ({ row, fields: fieldsOf(names, cells) }));
    batch = [];
    for (const outcome of await askPatiently(context, { ...terms, batch: `${prefix}/${number++}`, rows: asked }, wait)) {
      account[countedAs[outcome.as]] += 1;
      const { row, line, text, cells = [] } = held.get(outcome.row) ?? { row: outcome.row, line: 0, text: '' };
      if (outcome.as === 'rejected')
        reject({
          row,
          line,
          text,
          cells,
          code: outcome.code,
          says: outcome.says,
          ...(outcome.field === undefined ? {} : { field: outcome.field }),
        });
    }
  };
  for await (const some of rows)
    for (const row of some) {
      account.rows += 1;
      if (row.as === 'rejected') {
        account.rejected += 1;
        reject({ row: row.row, line: row.line, text: row.text, code: row.code, says: row.says });
        continue;
      }
      if (row.repaired !== undefined) account.repaired += 1;
      batch.push(row);
      if (batch.length === batchSize) await send();
    }
  await send();
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
