/** Judges a list row by row as the import would, without a server: taken, or refused with number and reason. Knows no terminal. */
import type { OwnFields } from '../events/list/own-fields';
import { rowReader, type ReadRow, type RowReader } from '../events/list/row';
import { judged, type ListTerms, type SourceRules } from '../events/list/rules';
import type { CsvList } from './csv-rows';
import type { Rejection } from './import-run';
import { knownPeople, type Again } from './known-people';

export type Checked = {
  /** `accepted` + `rejected`. */
  rows: number;
  accepted: number;
  rejected: number;
  /** Of the accepted: rows mended where that has one reading only. */
  repaired: number;
  /** Of the accepted: rows that name somebody an earlier row names. */
  duplicates: number;
  /** Of the accepted: customers already, and people who want no mail. Neither becomes a lead. */
  customers: number;
  suppressed: number;
  /** Of the accepted: reached otherwise than by mail. */
  withoutMail: number;
  readonly byReason: Record<string, number>;
  readonly byRepair: Record<string, number>;
};
export type CheckTerms = {
  readonly names: readonly (string | undefined)[];
  readonly rules: Required<SourceRules>;
  readonly terms: ListTerms;
  readonly fields: OwnFields;
  readonly onRejected: (rejection: Rejection) => void;
};

const count = (counts: Record<string, number>, name: string): void => void (counts[name] = (counts[name] ?? 0) + 1);

export async function checkList(
  { rows }: Pick<CsvList, 'rows'>,
  { names, rules, terms, fields, onRejected }: CheckTerms,
): Promise<{ readonly checked: Checked; readonly examples: readonly Again[] }> {
  const read = cellReader(names);
  const people = knownPeople();
  const checked: Checked = {
    rows: 0,
    accepted: 0,
    rejected: 0,
    repaired: 0,
    duplicates: 0,
    customers: 0,
    suppressed: 0,
    withoutMail: 0,
    byReason: {},
    byRepair: {},
  };
  const reject = (rejection: Rejection): void => {
    checked.rejected += 1;
    count(checked.byReason, rejection.code);
    onRejected(rejection);
  };
  try {
    for await (const some of rows)
      for (const row of some) {
        checked.rows += 1;
        if (row.as === 'rejected') {
          reject({ row: row.row, line: row.line, text: row.text, code: row.code, says: row.says });
          continue;
        }
        const found = withRules(read(row.cells), rules, terms, fields);
        if (found.as === 'fault') {
          reject({ row: row.row, line: row.line, text: row.text, cells: row.cells, ...found.fault });
          continue;
        }
        checked.accepted += 1;
        if (row.repaired !== undefined) {
          checked.repaired += 1;
          count(checked.byRepair, row.repaired);
        }
        const { person } = found;
        if (person.profile.customer === true) checked.customers += 1;
        if (person.refusesMail) checked.suppressed += 1;
        if (person.contacts[0]?.kind !== 'email') checked.withoutMail += 1;
        people.add(row.row, person);
      }
    const { rows: duplicates, examples } = people.settle();
    checked.duplicates = duplicates;
    return { checked, examples };
  } finally {
    people.close();
  }
}

/** `undefined` for a column that is left out. */
export function cellReader(names: readonly (string | undefined)[]): RowReader {
  const kept = names.flatMap((name, at) => (name === undefined ? [] : [{ name, at }]));
  const read = rowReader(kept.map(({ name }) => name));
  return kept.length === names.length ? read : (cells) => read(kept.map(({ at }) => cells[at] ?? ''));
}

function withRules(read: ReadRow, rules: Required<SourceRules>, terms: ListTerms, fields: OwnFields): ReadRow {
  return read.as === 'fault' ? read : judged(rules, terms, fields, read.person);
}
