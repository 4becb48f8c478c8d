import fc from 'fast-check';
import { csvLine, NoHeader } from '../../client/csv-rows';
import { LineTooLong, survey } from '../../client/csv-text';
import { chunks, fieldsOf, read } from './read-csv';

describe('the encoding is found by looking', () => {
  const list = 'Email,Name\nzoe@x.example,Zoë Łęcka\n';
  const expected = [{ Email: 'zoe@x.example', Name: 'Zoë Łęcka' }];

  test.each([
    ['UTF-8', Buffer.from(list)],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${list}`)],
    ['UTF-16 little-endian with a mark', Buffer.from(`\ufeff${list}`, 'utf16le')],
    ['UTF-16 big-endian with a mark', Buffer.from(`\ufeff${list}`, 'utf16le').swap16()],
    ['UTF-16 little-endian without a mark', Buffer.from(list, 'utf16le')],
    ['UTF-16 big-endian without a mark', Buffer.from(list, 'utf16le').swap16()],
  ])('%s', async (_, bytes) => {
    expect(fieldsOf(await read(bytes))).toEqual(expected);
    expect(fieldsOf(await read(bytes, 1))).toEqual(expected);
  });

  test('Latin-1, even when the first accent comes late in the list', async () => {
    const bytes = Buffer.from(`Email,Name\n${'a@x.example,Ann\n'.repeat(2_000)}zoe@x.example,Zoë\n`, 'latin1');
    const { rows } = await read(bytes, 4_096);
    expect(rows.at(-1)).toMatchObject({ row: 2_001, fields: { Name: 'Zoë' } });
  });

  test('a line in Latin-1 among UTF-8 is read as what it is, and counts as repaired', async () => {
    const bytes = Buffer.concat([
      Buffer.from('Email,Name\na@x.example,Łęcka\n'),
      Buffer.from('zoe@x.example,Zoë\r\n', 'latin1'),
      Buffer.from('b@x.example,Müller\n'),
    ]);
    for (const size of [1, 7, 4_096]) {
      const { rows } = await read(bytes, size);
      expect(rows).toMatchObject([
        { fields: { Name: 'Łęcka' } },
        { fields: { Name: 'Zoë' }, repaired: 'wrong-bytes' },
        { fields: { Name: 'Müller' } },
      ]);
      expect(rows[2]).not.toHaveProperty('repaired');
    }
  });

  test('letters that were read as Latin and written again are themselves, and count as repaired', async () => {
    const { rows } = await read('Email,Name\na@x.example,MÃ¼ller\nb@x.example,“JosÃ©”\nc@x.example,Ãngström\nd@x.example,SÃ£o Paulo Ã\n');
    expect(rows).toMatchObject([
      { fields: { Name: 'Müller' }, repaired: 'garbled-letters' },
      { fields: { Name: '“JosÃ©”' } },
      { fields: { Name: 'Ãngström' } },
      { fields: { Name: 'SÃ£o Paulo Ã' } },
    ]);
    expect(rows.slice(1).some((row) => 'repaired' in row)).toBe(false);
  });

  test('an Excel workbook is told from a list', async () => {
    expect(await survey([Buffer.from('PK\u0003\u0004rest')])).toMatchObject({ zipped: true });
  });

  test('the same bytes have the same digest however they are cut', async () => {
    const bytes = Buffer.from(list);
    expect((await survey(chunks(bytes, 1))).digest).toBe((await survey([bytes])).digest);
    expect((await survey([Buffer.from(`${list} `)])).digest).not.toBe((await survey([bytes])).digest);
  });
});

describe('the delimiter is found by looking', () => {
  test.each([[','], [';'], ['\t'], ['|'], ['^'], ['~'], ['\u001f']])('%j', async (delimiter) => {
    const found = await read(`Email${delimiter}Name${delimiter}Note\na@x.example${delimiter}Ann${delimiter}x\n`);
    expect(found).toMatchObject({ delimiter, columns: ['Email', 'Name', 'Note'] });
    expect(fieldsOf(found)).toEqual([{ Email: 'a@x.example', Name: 'Ann', Note: 'x' }]);
  });

  test('commas inside cells of a list cut by semicolons do not mislead', async () => {
    const found = await read('Name;Address;Country\nAnn;"1, Road, Town";UK\nBob;2, Lane, City;UK\n');
    expect(found.delimiter).toBe(';');
    expect(fieldsOf(found)).toEqual([
      { Name: 'Ann', Address: '1, Road, Town', Country: 'UK' },
      { Name: 'Bob', Address: '2, Lane, City', Country: 'UK' },
    ]);
  });

  test("Excel's own line says it", async () => {
    const found = await read('sep=;\nEmail;Name\na@x.example;Ann, jr\n');
    expect(fieldsOf(found)).toEqual([{ Email: 'a@x.example', Name: 'Ann, jr' }]);
  });

  test('cells may stand in single quotes', async () => {
    const found = await read("'Email','Name'\n'a@x.example','Ann, jr'\n'b@x.example','O''Brien'\n");
    expect(fieldsOf(found)).toEqual([
      { Email: 'a@x.example', Name: 'Ann, jr' },
      { Email: 'b@x.example', Name: "O'Brien" },
    ]);
  });

  test('names with an apostrophe are no quoted cells', async () => {
    expect(fieldsOf(await read("Name,Town\nO'Brien,'s-Hertogenbosch\n"))).toEqual([{ Name: "O'Brien", Town: "'s-Hertogenbosch" }]);
  });

  test('a title and empty lines before the names are passed over, and numbers of lines stay', async () => {
    const found = await read('Leads of November\nwritten by the CRM\n\nEmail;Name\na@x.example;Ann\n');
    expect(found.columns).toEqual(['Email', 'Name']);
    expect(found.rows).toMatchObject([{ row: 1, line: 5, fields: { Name: 'Ann' } }]);
  });

  test.each(['\u001f', '\u0001'])('a list may be cut by %j, as databases write it', async (cut) => {
    const text = [
      ['Email', 'Name'],
      ['a@x.example', 'Ann'],
      ['b@x.example', 'Bo\u0000b'],
    ]
      .map((cells) => cells.join(cut))
      .join('\n');
    const found = await read(text);
    expect(await survey([Buffer.from(text)])).not.toHaveProperty('binary');
    expect(found.columns).toEqual(['Email', 'Name']);
    expect(found.rows).toHaveLength(2);
  });

  test('a sentence before the names is no name, though commas cut it', async () => {
    const found = await read(
      'Notes:\n"When you export, you may notice that some addresses are missing."\nMade by Ann, for Bob\n\nEmail,First,Last,Company,Position\na@x.example,Ann,Lee,Acme,CEO\nb@x.example,Bob,Ray,Acme,CTO\nc@x.example,Cy,May,Acme,CFO\n',
    );
    expect(found.columns).toEqual(['Email', 'First', 'Last', 'Company', 'Position']);
    expect(found.rows).toMatchObject([{ line: 6 }, { line: 7 }, { line: 8 }]);
  });

  test('names that go on in the next line are names', async () => {
    const found = await read('Email,"First\nname",Last,Company,Position\na@x.example,Ann,Lee,Acme,CEO\nb@x.example,Bob,Ray,Acme,CTO\n');
    expect(found.columns).toEqual(['Email', 'First name', 'Last', 'Company', 'Position']);
  });

  test('a list of one column needs none', async () => {
    expect(fieldsOf(await read('Email\na@x.example\n\nb@x.example\n'))).toEqual([{ Email: 'a@x.example' }, { Email: 'b@x.example' }]);
  });
});

describe('the first line', () => {
  test('names the columns, each once', async () => {
    expect((await read(' Email ,Name,,Name\na,b,c,d\n')).columns).toEqual(['Email', 'Name', 'column 3', 'Name (2)']);
  });

  test('is missing from an empty list', async () => {
    await expect(read('\n\n')).rejects.toThrow(NoHeader);
    await expect(read('')).rejects.toThrow(NoHeader);
  });

  test('must not be a person', async () => {
    await expect(read('a@x.example,Ann\nb@x.example,Bob\n')).rejects.toThrow('the first line holds an address');
  });
});

describe('a row', () => {
  test('keeps quoted delimiters, doubled quotation marks and line ends', async () => {
    const found = await read('Email,Note\r\na@x.example,"said ""hi"", left\r\nthen came back"\r\nb@x.example,plain\r\n');
    expect(fieldsOf(found)).toEqual([
      { Email: 'a@x.example', Note: 'said "hi", left\nthen came back' },
      { Email: 'b@x.example', Note: 'plain' },
    ]);
    expect(found.rows.map(({ row, line }) => [row, line])).toEqual([
      [1, 2],
      [2, 4],
    ]);
  });

  test('keeps its line number wherever a line end of two characters is cut', async () => {
    for (const size of [1, 2, 3, 5]) {
      const { rows } = await read('Email,Name\r\na@x.example,Ann\r\nb@x.example,Bob\r\n', size);
      expect(rows.map(({ line }) => line)).toEqual([2, 3]);
    }
  });

  test('with a quotation mark inside an unquoted cell is taken as it is', async () => {
    expect(fieldsOf(await read('Name,Size\nPipes,5" wide\n'))).toEqual([{ Name: 'Pipes', Size: '5" wide' }]);
  });

  test('that is quoted as a whole is repaired, and says so', async () => {
    const found = await read('Email,Firm,Note\n"a@x.example,""Banking, Inc"",x"\nb@x.example,Plain,y\n');
    expect(found.rows[0]).toMatchObject({
      as: 'row',
      repaired: 'whole-row-quoted',
      fields: { Email: 'a@x.example', Firm: 'Banking, Inc', Note: 'x' },
    });
    expect(found.rows[1]).not.toHaveProperty('repaired');
  });

  test('that is quoted as a whole but does not fit the columns is rejected, not guessed', async () => {
    const found = await read('Email,Firm,Note\n"a@x.example,Banking, Inc,x"\nb@x.example,Plain,y\n');
    expect(found.rows[0]).toMatchObject({
      as: 'rejected',
      code: 'misquoted',
      row: 1,
      says: expect.stringContaining('4 cells inside where the header has 3'),
    });
    expect(found.rows[1]).toMatchObject({ as: 'row' });
  });

  test('with too few or too many cells is rejected with its number and reason', async () => {
    const found = await read('Email,Name,Note\na@x.example,Ann\nb@x.example,Bob,x,y\nc@x.example,Cy,z\n');
    expect(found.rows).toMatchObject([
      { row: 1, line: 2, code: 'ragged-row', says: 'has 2 cells where the header has 3', text: 'a@x.example,Ann' },
      { row: 2, line: 3, code: 'ragged-row', says: 'has 4 cells where the header has 3' },
      { row: 3, line: 4, as: 'row' },
    ]);
  });

  test('with empty cells behind the last column loses nothing by losing them', async () => {
    expect(fieldsOf(await read('Email,Name\na@x.example,Ann,,\n'))).toEqual([{ Email: 'a@x.example', Name: 'Ann' }]);
  });

  test('of nothing but delimiters is no row', async () => {
    expect((await read('Email,Name\n,\n  \na@x.example,Ann\n')).rows).toMatchObject([{ as: 'row', line: 4 }]);
  });

  test('whose quotation mark is never closed does not swallow the rest of the list', async () => {
    const found = await read(`Email,Name\n"a@x.example,Ann\n${'b@x.example,Bob\n'.repeat(300)}`);
    expect(found.rows).toHaveLength(301);
    expect(found.rows[0]).toMatchObject({ as: 'rejected', code: 'quote-open', row: 1 });
    expect(found.rows.slice(1).every(({ as }) => as === 'row')).toBe(true);
  });

  test('whose quotation mark is closed by a later row takes only itself down', async () => {
    const found = await read('Email,Name\na@x.example,"Ann\nb@x.example,Bob\nc@x.example,"Cy, jr"\n');
    expect(fieldsOf(found)).toEqual(['quote-open', { Email: 'b@x.example', Name: 'Bob' }, { Email: 'c@x.example', Name: 'Cy, jr' }]);
  });

  test('whose open quotation mark meets that of the next row is not joined with it', async () => {
    const found = await read('Email,Name\na@x.example,"Ann\nb@x.example,"Bob"\n');
    expect(fieldsOf(found)).toEqual(['quote-open', { Email: 'b@x.example', Name: 'Bob' }]);
  });

  test('of a million characters without an end is no list', async () => {
    await expect(read(`Email\n${'x'.repeat(1_000_001)}`, 65_536)).rejects.toThrow(LineTooLong);
  });
});

test('what is written as CSV is read back the same', async () => {
  const cell = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((text) => text.trim() !== '' && !/\p{Cc}|@/u.test(text));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 1, max: 9 }),
      async (rows, size) => {
        const found = await read(`${csvLine(['Alpha', 'Beta', 'Gamma'])}${rows.map((row) => csvLine(row)).join('')}`, size);
        expect(fieldsOf(found)).toEqual(rows.map(([Alpha, Beta, Gamma]) => ({ Alpha, Beta, Gamma })));
      },
    ),
    { numRuns: 200 },
  );
});
