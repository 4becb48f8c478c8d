/** An import's account for people: how the rows ended, why some were refused, what to do next. Knows no file. */
import type { ImportAccount, Rejection } from './import-run';
import { reasonTable } from './import-words';
import { blocks, count, section, table, wrapped } from './print';

export type Reported = {
  readonly id: string;
  readonly dryRun: boolean;
  readonly sequence?: string;
  readonly rejects?: string;
  readonly sample?: string;
};

export function importReport(file: string, reported: Reported, account: ImportAccount, examples: ReadonlyMap<string, Rejection>): string {
  const { created, updated, duplicates, customers, suppressed, rejected, byReason } = account;
  const outcomes = Object.entries({
    created,
    updated,
    duplicate: duplicates,
    'customer already': customers,
    'must not be contacted': suppressed,
    rejected,
  });
  return blocks(
    section(
      `${count(account.rows, 'row')} ${reported.sample === undefined ? 'in' : 'as a sample of'} ${file}`,
      table(['outcome', { title: 'rows', align: 'right' }], outcomes),
    ),
    reasonTable(byReason, examples),
    wrapped(notesOf(reported, account).join('\n')),
  );
}

function notesOf({ id, dryRun, sequence, rejects, sample }: Reported, account: ImportAccount): readonly string[] {
  const { created, updated, duplicates, customers, rejected, repaired, rows } = account;
  const percent = (number: number): string => `${Math.round((100 * number) / Math.max(1, rows))}%`;
  const notes: (string | false)[] = [
    repaired > 0 &&
      `${count(repaired, 'row')} ${repaired === 1 ? 'was' : 'were'} repaired: quotation marks or letters that the export had spoiled.`,
    sample !== undefined &&
      `Of the sample ${percent(rows - rejected)} could be used, ${percent(duplicates + updated)} were known already, ${percent(customers)} are customers. What becomes of them: ripen import list ${id}`,
    sequence !== undefined && created + updated > 0 && `${dryRun ? 'Would be' : 'Soon'} in sequence ${sequence}: ${created + updated}.`,
    rejected > 0 &&
      (rejects === undefined
        ? 'Add --rejects bad.csv to get the rejected rows as a file.'
        : `Rejected rows are in ${rejects}: mend them there and import that file.`),
    dryRun && 'This was a dry run: nothing was changed.',
    !dryRun && sample === undefined && created + updated > 0 && `To take all of it back: ripen import undo ${id}`,
  ];
  return notes.filter((note): note is string => note !== false);
}
