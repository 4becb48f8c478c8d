/** A list as columns of distinct values and their codes, so that a long list costs four bytes a cell. Knows no file and no meaning of a column. */

export type Column = {
  readonly name: string;
  /** Distinct cells, trimmed, in order of appearance. */
  readonly values: readonly string[];
  /** Per row the place of its cell in `values`. */
  readonly codes: Uint32Array;
};
export type Table = { readonly rows: number; readonly columns: readonly Column[] };

export type TableBuilder = { readonly add: (cell: (column: string) => string | undefined) => void; readonly end: () => Table };

type Growing = { readonly name: string; readonly values: string[]; readonly places: Map<string, number>; codes: Uint32Array };

/** Rows are added one by one; a missing cell counts as empty. */
export function buildTable(names: readonly string[]): TableBuilder {
  const columns: readonly Growing[] = names.map((name) => ({ name, values: [], places: new Map(), codes: new Uint32Array(1_024) }));
  let rows = 0;
  return {
    add(cell) {
      for (const column of columns) put(column, rows, (cell(column.name) ?? '').trim());
      rows += 1;
    },
    end: () => ({ rows, columns: columns.map(({ name, values, codes }) => ({ name, values, codes: codes.slice(0, rows) })) }),
  };
}

function put(column: Growing, row: number, value: string): void {
  let place = column.places.get(value);
  if (place === undefined) {
    place = column.values.length;
    column.places.set(value, place);
    column.values.push(value);
  }
  if (row >= column.codes.length) {
    const wider = new Uint32Array(column.codes.length * 2);
    wider.set(column.codes);
    column.codes = wider;
  }
  column.codes[row] = place;
}

/** A column computed row by row from others. */
export function deriveColumn(name: string, rows: number, cell: (row: number) => string): Column {
  const column: Growing = { name, values: [], places: new Map(), codes: new Uint32Array(Math.max(1, rows)) };
  for (let row = 0; row < rows; row += 1) put(column, row, cell(row));
  return { name, values: column.values, codes: column.codes.slice(0, rows) };
}

/** A column computed from the distinct values of another. */
export function mapColumn(name: string, { values, codes }: Column, map: (value: string) => string): Column {
  const mapped = values.map(map);
  return deriveColumn(name, codes.length, (row) => mapped[codes[row] ?? 0] ?? '');
}

export const cellAt = ({ values, codes }: Column, row: number): string => values[codes[row] ?? 0] ?? '';
export const columnNamed = ({ columns }: Table, name: string): Column | undefined => columns.find((column) => column.name === name);

/** How many rows hold each distinct value; of all rows, or of these. */
export function countsOf({ values, codes }: Column, rows?: Uint32Array): Uint32Array {
  const counts = new Uint32Array(values.length);
  if (rows === undefined) for (const code of codes) counts[code] = (counts[code] ?? 0) + 1;
  else
    for (const row of rows) {
      const code = codes[row] ?? 0;
      counts[code] = (counts[code] ?? 0) + 1;
    }
  return counts;
}

/** The list without some of its rows. */
export const onlyRows = ({ columns }: Table, rows: Uint32Array): Table => ({
  rows: rows.length,
  columns: columns.map(({ name, values, codes }) => ({ name, values, codes: Uint32Array.from(rows, (row) => codes[row] ?? 0) })),
});
