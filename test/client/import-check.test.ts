/** A list is judged before anybody is imported: without a server, and without a row lost. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { knownPeople } from '../../client/known-people';
import { rowReader } from '../../events/list/row';
import { ripen } from './fake-context';

const folder = mkdtempSync(join(tmpdir(), 'ripen-check-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const nobody = { peopleAway: true, temporalAway: true };
const check = (name: string, text: string, ...more: string[]): ReturnType<typeof ripen> =>
  ripen(nobody, 'import', 'check', file(name, text), ...more, '--json');

describe('import check', () => {
  const dirty =
    'Mail;Vorname;Nachname;Telefon;Land;Kunde\n' +
    'ada@engines.example;Ada;Lovelace;;UK;\n' +
    '"ada+news@engines.example;Ada;Lovelace;;UK;"\n' +
    'ada@lovelace;Ada;Lovelace;;UK;\n' +
    ';Monika;Brandl;030 23125871;Germany;\n' +
    ';Monika;Brandl;+49 30 23125871;;\n' +
    'karl@stellwerk.example;Karl;;030 23125871;DE;ja\n' +
    'x@y.example;too;few\n' +
    'throwaway@mailinator.com;T;;;;\n' +
    'noreply@engines.example;;;;;\n';

  test('counts every row as accepted or rejected, and says why, without anything that runs', async () => {
    const { exit, json, asked, err } = await check('dirty.csv', dirty);
    expect([exit, asked]).toEqual([0, []]);
    expect(json).toMatchObject({
      rows: 9,
      accepted: 5,
      rejected: 4,
      repaired: 1,
      duplicates: 2,
      customers: 1,
      withoutMail: 2,
      byReason: { 'address-invalid': 1, 'ragged-row': 1, 'disposable-address': 1, 'role-address': 1 },
      byRepair: { 'whole-row-quoted': 1 },
      columns: { email: 'Mail', firstName: 'Vorname', lastName: 'Nachname', phone: 'Telefon', country: 'Land', customer: 'Kunde' },
    });
    expect(err).toContain('row 2 is row 1, row 5 is row 4');
  });

  test('writes the rejected rows with number, reason and their own cells; mended, the file is a list again', async () => {
    const rejects = join(folder, 'bad.csv');
    await check('dirty.csv', dirty, '--rejects', rejects);
    const [head, ...rows] = readFileSync(rejects, 'utf8').trimEnd().split('\r\n');
    expect(head).toBe('\ufeffrow,line,reason,field,says,Mail,Vorname,Nachname,Telefon,Land,Kunde,original');
    expect(rows[0]).toBe(
      '3,4,address-invalid,Mail,This is no e-mail address: the domain has no ending such as .com.,ada@lovelace,Ada,Lovelace,,UK,,ada@lovelace;Ada;Lovelace;;UK;',
    );
    expect(rows.map((row) => row.split(',')[0])).toEqual(['3', '7', '8', '9']);
    const mended = readFileSync(rejects, 'utf8')
      .replace(',ada@lovelace,', ',ada@lovelace.example,')
      .replaceAll(/^(?:7|8|9),.*\r\n/gm, '');
    const again = await check('mended.csv', mended);
    expect(again.json).toMatchObject({ rows: 1, accepted: 1, columns: { email: 'Mail', firstName: 'Vorname' }, own: [] });
  });

  test('a column named otherwise is mapped, and what it replaces gives way', async () => {
    const list = 'Kontakt,email,Firm\nann@x.example,not an address,Looms\n';
    expect((await check('map.csv', list)).json).toMatchObject({ rejected: 1 });
    expect((await check('map.csv', list, '--map', 'email=Kontakt,company=Firm')).json).toMatchObject({
      accepted: 1,
      columns: { email: 'email', company: 'company' },
    });
    expect((await check('map.csv', list, '--map', 'email=Mail')).exit).toBe(2);
  });

  test('a bought list needs a vendor with evidence, consent, and people instead of departments', async () => {
    const list = 'Email\nann@x.example\nsales@x.example\n';
    const bought = (...more: string[]): ReturnType<typeof ripen> => check('bought.csv', list, '--source', 'Bought list', ...more);
    expect((await bought()).json).toMatchObject({ byReason: { 'no-evidence': 2 } });
    expect((await bought('--vendor', 'Listmart')).json).toMatchObject({ byReason: { 'no-consent': 2 } });
    expect((await bought('--vendor', 'Listmart', '--consent', 'ticked', '--obtained', '2026-11-02')).json).toMatchObject({
      accepted: 1,
      byReason: { 'role-address': 1 },
    });
    expect((await check('bought.csv', list, '--source', 'trade-show')).json).toMatchObject({ accepted: 2 });
  });

  test("a settings file of one's own says other rules; a faulty one is refused with its path", async () => {
    const shipped = readFileSync(join(__dirname, '../../workflows/settings/workspace.yaml'), 'utf8');
    const list = 'Email\ninfo@x.example\n';
    const strict = file('strict.yaml', shipped.replace('roleAddresses: unattended', 'roleAddresses: refuse'));
    expect((await check('info.csv', list, '--settings', strict)).json).toMatchObject({ rejected: 1 });
    const faulty = file('faulty.yaml', shipped.replace('roleAddresses: unattended', 'roleAddresses: sometimes'));
    const { exit, err } = await check('info.csv', list, '--settings', faulty);
    expect([exit, err]).toEqual([2, expect.stringContaining('imports.all.roleAddresses: must be refuse or unattended or take')]);
  });

  test('a file that is not there is 3, an empty list 1', async () => {
    expect((await ripen(nobody, 'import', 'check', join(folder, 'none.csv'))).exit).toBe(3);
    expect((await check('empty.csv', '\n')).exit).toBe(1);
  });
});

describe('people of a list who are there before', () => {
  const read = rowReader(['Email', 'Phone', 'First name', 'Last name']);
  const settled = (rows: readonly (readonly string[])[]): ReturnType<ReturnType<typeof knownPeople>['settle']> => {
    const known = knownPeople();
    for (const [at, cells] of rows.entries()) {
      const row = read(cells);
      if (row.as === 'person') known.add(at + 1, row.person);
    }
    const found = known.settle();
    known.close();
    return found;
  };

  test('colleagues share a number and are two; the same name without an address is one', () => {
    const phone = '+493023125871';
    const found = settled([
      ['ann@x.example', phone, 'Ann', 'Berg'],
      ['bob@x.example', phone, 'Ann', 'Berg'],
      ['', phone, 'Ann', 'Berg'],
      ['', phone, 'Cy', 'Dahl'],
      ['', phone, '', 'Dahl'],
    ]);
    expect(found).toEqual({
      rows: 2,
      examples: [
        { row: 3, of: 1 },
        { row: 5, of: 4 },
      ],
    });
  });

  test('are found among more than memory holds, and each row counts once', () => {
    const many = 150_000;
    const rows = Array.from({ length: many }, (_, at) => [`p${at}@x.example`, '', '', '']);
    const { rows: count, examples } = settled([...rows, ...rows.slice(0, 1_000)]);
    expect(count).toBe(1_000);
    expect(examples[0]).toMatchObject({ of: examples[0] === undefined ? 0 : examples[0].row - many });
  });
});
