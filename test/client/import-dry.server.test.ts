/** A dry run of a list longer than a batch foretells every row as the import then takes it, on a real store. */
import type { Database } from '../../activities/people/database';
import { importRows as importBatch, type ImportAsk } from '../../activities/people/import';
import type { CsvRow } from '../../client/csv-rows';
import { emptyAccount, importRows } from '../../client/import-run';
import type { Context } from '../../client/ports';
import { earlierRows } from '../../client/same-people';
import type { RowOutcome } from '../../events/requests';
import { freshStore, monday, rowsOf, secret } from '../people/store';
import { chanceOf } from '../support/seeded';

let db: Database;
beforeEach(async () => {
  ({ db } = await freshStore());
});
afterEach(() => db.close());

const names = ['Email', 'Phone', 'First name', 'Last name', 'Company', 'Customer'];
/** 700 rows about some 400 people: same addresses in other spelling, numbers alone, blanks that later rows fill, customers, faults. */
function list(seed: number): readonly CsvRow[] {
  const { between } = chanceOf(seed);
  const chance = (): number => between(0, 999) / 1_000;
  return Array.from({ length: 700 }, (_, at): CsvRow => {
    const who = Math.floor(chance() * 400);
    const mail =
      chance() < 0.75 ? `person.${who}${chance() < 0.2 ? '+fair' : ''}@${chance() < 0.3 ? 'FIRM' : 'firm'}${who % 40}.example` : '';
    const cells = [
      chance() < 0.03 ? 'no address@' : mail,
      mail === '' || chance() < 0.3 ? `+49 30 55${String(100_000 + who)}` : '',
      chance() < 0.5 ? 'Ada' : '',
      chance() < 0.5 ? `Other${String.fromCharCode(97 + (who % 26))}` : '',
      chance() < 0.3 ? `Firm ${who % 40}` : '',
      chance() < 0.02 ? 'yes' : '',
    ];
    return { row: at + 1, line: at + 2, text: cells.join(','), as: 'row', cells };
  });
}
// oxlint-disable-next-line require-await -- a list as the reader of a file gives it
async function* inChunks(rows: readonly CsvRow[]): AsyncGenerator<readonly CsvRow[]> {
  for (let at = 0; at < rows.length; at += 90) yield rows.slice(at, at + 90);
}

async function outcomesOf(rows: readonly CsvRow[], how: { readonly dryRun?: true; readonly alone?: true }): Promise<readonly string[]> {
  const outcomes: string[] = [];
  const { dryRun, alone } = how;
  await importRows(
    { people: (_: 'import', ask: ImportAsk) => importBatch(db, ask, { secret, now: () => monday }) } as unknown as Context,
    {
      rows: inChunks(rows),
      names,
      prefix: 'list',
      terms: { source: 'fair', by: 'test', ...(dryRun === undefined ? {} : { dryRun }) },
      ...(dryRun === undefined || alone ? {} : { earlier: await earlierRows(inChunks(rows), names) }),
      onRejected: () => undefined,
      onOutcome: (_, outcome: RowOutcome) => void outcomes.push(said(outcome)),
      wait: () => Promise.reject(new Error('nothing is away')),
    },
    emptyAccount(),
  );
  return outcomes;
}
const said = (outcome: RowOutcome): string => `${outcome.row} ${outcome.as} ${'of' in outcome ? outcome.of : ''}`;

test.each([1, 2, 3])('foretells every row of list %s, and leaves no trace', async (seed) => {
  const rows = list(seed);
  const foretold = await outcomesOf(rows, { dryRun: true });
  expect(await rowsOf(db, 'select id from lead')).toEqual([]);
  const alone = await outcomesOf(rows, { dryRun: true, alone: true });
  const came = await outcomesOf(rows, {});
  expect(foretold).toEqual(came);
  // Without being told of earlier rows it would be wrong.
  expect(alone).not.toEqual(came);
  expect(new Set(came.map((line) => line.split(' ')[1]))).toEqual(new Set(['created', 'updated', 'duplicate', 'customer', 'rejected']));
});
