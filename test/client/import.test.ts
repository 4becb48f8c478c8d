import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Refusal } from '../../client/refusal';
import type { Ask, RowOutcome } from '../../events/requests';
import { ripen } from './fake-context';
import type { Ran, World } from './fake-context';

const folder = mkdtempSync(join(tmpdir(), 'ripen-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

const awayOnce = (): Error => new Refusal('Nobody answers.', 1, 'people-away');

const imports = (asked: Ran['asked']): Ran['asked'] => asked.filter(({ verb }) => verb === 'import');

describe('import', () => {
  const outcomeOf = ({ row, fields }: Ask<'import'>['rows'][number]): RowOutcome => {
    const email = (fields['email'] ?? fields['Email'] ?? '').toLowerCase();
    if (!email.includes('@')) return { row, as: 'rejected', code: 'address-malformed', field: 'email', says: `"${email}" is no address` };
    if (email.startsWith('cust')) return { row, as: 'customer', says: 'is a customer already' };
    if (email.startsWith('again')) return { row, as: 'duplicate', says: 'is row 1 again' };
    if (email.startsWith('stop')) return { row, as: 'suppressed', says: 'must not be contacted' };
    return { row, as: email.startsWith('old') ? 'updated' : 'created', leadId: `lead-${row}` };
  };
  const world: World = { people: { import: ({ rows }) => ({ outcomes: rows.map(outcomeOf) }) } };
  const dirty =
    '\ufeffEmail;Name\nann@x.example;Ann\nold@x.example;Olaf\n"cust@x.example;Cy"\nagain@x.example;Ann\nstop@x.example;Sue\nnobody;Bob\nshort@x.example\n;\nzoë@x.example;Zoë\n';

  test('gives every row an outcome, and every rejected row a number, a line and a reason in a file', async () => {
    const rejects = join(folder, 'bad.csv');
    const { exit, json, err } = await ripen(world, 'import', file('dirty.csv', dirty), '--source', 'fair', '--rejects', rejects, '--json');
    expect(exit).toBe(0);
    expect(json).toMatchObject({
      rows: 8,
      created: 2,
      updated: 1,
      customers: 1,
      duplicates: 1,
      suppressed: 1,
      rejected: 2,
      repaired: 1,
      dryRun: false,
      byReason: { 'ragged-row': 1, 'address-malformed': 1 },
    });
    expect(readFileSync(rejects, 'utf8').split('\r\n')).toEqual([
      '\ufeffrow,line,reason,field,says,Email,Name,original',
      '7,8,ragged-row,,has 1 cell where the header has 2,,,short@x.example',
      '6,7,address-malformed,email,"""nobody"" is no address",nobody,Bob,nobody;Bob',
      '',
    ]);
    expect(err).toContain('1 row was repaired');
  });

  test('sends batches of 200 with names that are the same for the same file and terms, and others for others', async () => {
    const list = file('long.csv', `Email\n${Array.from({ length: 450 }, (_, at) => `p${at}@x.example\n`).join('')}`);
    const batches = async (...more: string[]): Promise<readonly (readonly [string, number])[]> => {
      const { asked } = await ripen(world, 'import', list, '--source', 'fair', ...more);
      return imports(asked).map(({ ask }) => [(ask as Ask<'import'>).batch, (ask as Ask<'import'>).rows.length]);
    };
    const first = await batches();
    expect(first.map(([, rows]) => rows)).toEqual([200, 200, 50]);
    expect(new Set(first.map(([batch]) => batch)).size).toBe(3);
    expect(await batches('--by', 'petra')).toEqual(first);
    expect(await batches('--sequence', 'buyers-journey')).not.toEqual(first);
    expect(await batches('--dry-run')).not.toEqual(first);
    expect((await batches('--batch', 'mine'))[0]).toEqual(['mine/0', 200]);
  });

  test('hands over source, list, consent, sequence, campaign and who does it', async () => {
    const { asked } = await ripen(
      world,
      'import',
      file('one.csv', 'Email\na@x.example\n'),
      '--source',
      'fair',
      '--list',
      'november',
      '--consent',
      'ticked',
      '--obtained',
      '2026-11-02T00:00:00Z',
      '--sequence',
      's',
      '--campaign',
      'c',
      '--by',
      'petra',
      '--dry-run',
    );
    expect(imports(asked)[0]?.ask).toMatchObject({
      source: 'fair',
      name: 'one.csv',
      list: 'november',
      consent: { text: 'ticked', obtainedAt: Date.UTC(2026, 10, 2) },
      sequence: 's',
      campaign: 'c',
      by: 'petra',
      dryRun: true,
    });
  });

  test('takes a field from the column it is told, and knows when there is none', async () => {
    const list = file('map.csv', 'Mail,Email\nann@x.example,not this\n');
    const { asked } = await ripen(world, 'import', list, '--source', 's', '--map', 'email=Mail');
    expect(asked[0]?.ask).toMatchObject({ rows: [{ row: 1, fields: { email: 'ann@x.example' } }] });
    expect(await ripen(world, 'import', list, '--source', 's', '--map', 'email=Post')).toMatchObject({
      exit: 2,
      err: expect.stringContaining('The columns are: Mail, Email'),
    });
  });

  test('remembers which column is which for the next list of the source', async () => {
    const list = file('saved.csv', 'Kontakt,Firm\nann@x.example,Looms\n');
    const given = await ripen(world, 'import', list, '--source', 'fair', '--map', 'email=Kontakt');
    expect(given.asked.at(-1)).toEqual({ verb: 'mapping', ask: { source: 'fair', map: { email: 'Kontakt' }, by: 'olga' } });
    const saved: World = { people: { ...world.people, mapping: () => ({ map: { email: 'Kontakt', phone: 'Handy' } }) } };
    const next = await ripen(saved, 'import', list, '--source', 'fair');
    expect(imports(next.asked)[0]?.ask).toMatchObject({ rows: [{ row: 1, fields: { email: 'ann@x.example', Firm: 'Looms' } }] });
    expect(next.err).toContain('As in the last list of fair: Kontakt is email.');
    const dry = await ripen(world, 'import', list, '--source', 'fair', '--map', 'email=Kontakt', '--dry-run');
    expect(dry.asked.some(({ ask }) => 'map' in (ask as object))).toBe(false);
  });

  test('writes how every row ended, and takes a sample from all over the list', async () => {
    const outcomes = join(folder, 'outcomes.csv');
    const list = file(
      'hundred.csv',
      `Email\n${Array.from({ length: 100 }, (_, at) => (at === 50 ? 'bad\n' : `p${at}@x.example\n`)).join('')}`,
    );
    const { json, out, asked } = await ripen(world, 'import', list, '--source', 's', '--sample', '10', '--outcomes', outcomes);
    expect(json).toEqual({});
    expect(imports(asked)[0]?.ask).toMatchObject({ sample: true });
    const rows = imports(asked).flatMap(({ ask }) => (ask as Ask<'import'>).rows.map(({ row }) => row));
    expect(rows).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
    expect(out).toContain('Of the sample 100% could be used');
    expect(readFileSync(outcomes, 'utf8').split('\r\n').slice(0, 2)).toEqual([
      '\ufeffrow,line,outcome,lead,of,reason,says',
      '10,11,created,lead-10,,,',
    ]);
  });

  test('as a dry run tells each batch who of its people stood in the list before, and counts every row once', async () => {
    const special: Readonly<Record<number, string>> = {
      3: 'ANN@x.example,+49 30 1234567', 230: 'new@x.example,', 231: 'ann@x.example,', 450: ',+49 30 1234567', 451: 'new@x.example,',
    }; // prettier-ignore
    const list = file(
      'far.csv',
      `Email,Phone\n${Array.from({ length: 460 }, (_, n) => `${special[n + 1] ?? `p${n}@x.example,`}\n`).join('')}`,
    );
    const { json, asked } = await ripen(world, 'import', list, '--source', 'fair', '--dry-run', '--json');
    const rows = imports(asked).map(({ ask }) => (ask as Ask<'import'>).rows.map(({ row }) => row));
    expect(json).toMatchObject({ rows: 460 });
    expect(Number(json['created']) + Number(json['rejected'])).toBe(460);
    expect(Math.max(...rows.map(({ length }) => length))).toBeLessThanOrEqual(200);
    const withRow = (row: number): readonly number[] => rows.findLast((batch) => batch.includes(row)) ?? [];
    expect(withRow(231)).toContain(3);
    expect(withRow(450)).toContain(3);
    expect(withRow(451)).toContain(230);
    const real = await ripen(world, 'import', list, '--source', 'fair', '--json');
    expect(imports(real.asked).map(({ ask }) => (ask as Ask<'import'>).rows.length)).toEqual([200, 200, 60]);
  });

  test('asks again with the same batch when an answer is lost, and imports on', async () => {
    let lost = 1;
    const { exit, json, asked } = await ripen(
      {
        people: {
          import: (ask) => {
            if (lost-- > 0) throw awayOnce();
            return { outcomes: ask.rows.map(outcomeOf) };
          },
        },
      },
      'import',
      file('lost.csv', 'Email\na@x.example\n'),
      '--source',
      's',
      '--json',
    );
    expect([exit, json['created']]).toEqual([0, 1]);
    expect(new Set(imports(asked).map(({ ask }) => (ask as Ask<'import'>).batch)).size).toBe(1);
    expect(imports(asked)).toHaveLength(2);
  });

  test.each([
    ['a file that is not there', 'nothing.csv', undefined, 3, 'There is no file'],
    ['a workbook', 'book.csv', 'PK\u0003\u0004', 1, 'Save it as CSV'],
    ['an empty file', 'empty.csv', '', 1, 'the list is empty'],
    ['a list without a header', 'bare.csv', 'a@x.example,Ann\n', 1, 'not the names of the columns'],
  ])('says what is wrong with %s', async (_, name, text, exit, says) => {
    const path = text === undefined ? join(folder, name) : file(name, text);
    expect(await ripen(world, 'import', path, '--source', 's')).toMatchObject({ exit, err: expect.stringContaining(says), asked: [] });
  });

  test('of one person is `lead add`, which says when there is no consent', async () => {
    const { exit, out, asked } = await ripen(
      world,
      'lead',
      'add',
      '--email',
      'ann@x.example',
      '--first-name',
      'Ann',
      '--source',
      'walk-in',
    );
    expect([exit, asked[0]?.ask]).toEqual([
      0,
      expect.objectContaining({ source: 'walk-in', rows: [{ row: 1, fields: { Email: 'ann@x.example', 'First Name': 'Ann' } }] }),
    ]);
    expect(out).toContain('a new lead: lead-1');
    expect(out).toContain('No consent was given');
    expect(await ripen(world, 'lead', 'add', '--email', 'nobody')).toMatchObject({
      exit: 1,
      err: '',
      out: expect.stringContaining('was not added'),
    });
    expect(await ripen(world, 'lead', 'add', '--first-name', 'Ann')).toMatchObject({ exit: 2 });
  });
});
