/** A real export with real faults reads like its clean form. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fieldsOf, read } from './read-csv';

const folder = join(__dirname, '..', '..', '..', 'shared', 'data', 'leads');
const real = existsSync(folder) ? describe : describe.skip;

real('a real export, if it lies beside the repository', () => {
  const clean = (): Buffer => readFileSync(join(folder, 'x-education-train.csv'));

  test('with wholly quoted rows reads like the clean file, and says how many were repaired', async () => {
    const dirty = await read(readFileSync(join(folder, 'x-education-train-misquoted.csv')), 65_536);
    const expected = await read(clean(), 65_536);
    expect(dirty.rows.filter((row) => row.as === 'row' && row.repaired === 'whole-row-quoted')).toHaveLength(268);
    expect(dirty.rows).toHaveLength(7_360);
    expect(fieldsOf(dirty)).toEqual(fieldsOf(expected));
  });

  test('reads the same in UTF-16 and cut by tabs', async () => {
    const { rows, columns } = await read(clean(), 65_536);
    const text = [columns, ...rows.slice(0, 500).map((row) => (row.as === 'row' ? row.cells : []))]
      .map((cells) => cells.join('\t'))
      .join('\r\n');
    const again = await read(Buffer.from(`\ufeff${text}`, 'utf16le'), 1_001);
    expect(fieldsOf(again)).toEqual(fieldsOf({ rows: rows.slice(0, 500), columns, delimiter: '\t' }));
  });
});
