/** A people store of the test's own, and the few asks that most tests begin with. */
import { openDatabase, type Database } from '../../activities/people/database';
import { importRows, type ImportAsk } from '../../activities/people/import';
import { migrate } from '../../activities/people/migrate';
import type { RowOutcome } from '../../events/requests';
import { freshDatabase } from '../support/servers';
import { secret } from './secret';

export { secret };
/** 2026-03-02 10:00 UTC, engine's clock. */
export const monday = Date.UTC(2026, 2, 2, 10);

export type Store = { readonly url: string; readonly db: Database };

export async function freshStore(): Promise<Store> {
  const url = await freshDatabase();
  const db = openDatabase(url);
  await migrate(db);
  return { url, db };
}

export type Cells = Readonly<Record<string, string>>;
let batches = 0;

/** Imports rows numbered from 1 as a batch of their own, with consent. */
export async function importCells(
  db: Database,
  cells: readonly Cells[],
  more: Partial<Omit<ImportAsk, 'rows'>> = {},
): Promise<readonly RowOutcome[]> {
  const ask: ImportAsk = {
    batch: `batch-${++batches}`,
    source: 'fair',
    by: 'test',
    consent: { text: 'I agree to be written to.', obtainedAt: monday },
    ...more,
    rows: cells.map((fields, at) => ({ row: at + 1, fields })),
  };
  const { outcomes } = await importRows(db, ask, { secret, now: () => monday });
  return outcomes;
}

export const leadOf = (outcome: RowOutcome | undefined): string => {
  if (outcome === undefined || !('leadId' in outcome) || outcome.leadId === undefined)
    throw new Error(`no lead in ${JSON.stringify(outcome)}`);
  return outcome.leadId;
};

export async function importOne(db: Database, cells: Cells, more: Partial<Omit<ImportAsk, 'rows'>> = {}): Promise<string> {
  return leadOf((await importCells(db, [cells], more))[0]);
}

/** Rows of a query. */
export async function rowsOf<T extends Record<string, unknown>>(
  db: Database,
  sql: string,
  values: readonly unknown[] = [],
): Promise<readonly T[]> {
  return (await db.query<T>(sql, [...values])).rows;
}
