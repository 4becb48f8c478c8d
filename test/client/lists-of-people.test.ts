/** Lists that are no imports: people who look alike, and people who must not be contacted. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Refusal } from '../../client/refusal';
import { whoOf } from '../../client/suppress-file';
import { ripen, type World } from './fake-context';

const folder = mkdtempSync(join(tmpdir(), 'ripen-lists-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

describe('duplicates', () => {
  const names = ['Lovelace', 'Marconi', 'Novak', 'Olsen', 'Petrov', 'Quist', 'Rossi', 'Sander', 'Tesla', 'Ulmann'];
  const rows = names.map((name, at) => `r${at},${name.toLowerCase()}@firm${at}.example,Ann${at},${name},Town ${at}`);
  const list = `No,Email,First name,Last name,City\n${rows.join('\n')}\nr99,lovelase@firm0.example,Ann0,Lovelase,Town 0\n`;

  test('of a file are told with row, own number and likelihood, and written whole', async () => {
    const out = join(folder, 'pairs.csv');
    const { exit, json, asked } = await ripen({ peopleAway: true }, 'duplicates', file('list.csv', list), '--out', out, '--json');
    expect([exit, asked]).toEqual([0, []]);
    expect(json).toMatchObject({
      people: 11,
      pairs: [{ pair: ['1', '11'], ids: ['r0', 'r99'], same: expect.arrayContaining(['firstName', 'city']) }],
    });
    expect(readFileSync(out, 'utf8').split('\r\n')).toHaveLength(3);
  });

  test('of everybody known leave out pairs somebody called two', async () => {
    const person = (leadId: string, firstName: string, lastName: string, email: string): object => ({
      leadId,
      email,
      fields: { firstName, lastName, city: `${lastName} town` },
      customer: false,
      consent: 'none',
      knownAt: 1,
      mails: 0,
      sequences: [],
    });
    const people = [
      ...names.map((name, at) => person(`ld_${at}`, `Ann${at}`, name, `${name.toLowerCase()}@firm${at}.example`)),
      person('ld_again', 'Ann3', 'Olsen', 'olson@firm3.example'),
    ];
    const world = (pairs: readonly (readonly [string, string])[]): World => ({
      people: { peoplePage: () => ({ people: people as never }), notDuplicates: () => ({ pairs }) },
    });
    expect((await ripen(world([]), 'duplicates', '--json')).json).toMatchObject({ pairs: [{ pair: ['ld_3', 'ld_again'] }] });
    expect((await ripen(world([['ld_3', 'ld_again']]), 'duplicates', '--json')).json).toMatchObject({ pairs: [] });
  });

  test('two people are named, or one file, or nothing', async () => {
    expect((await ripen({}, 'duplicates', 'a.csv', 'b.csv')).exit).toBe(2);
    expect((await ripen({}, 'duplicates', '--not', 'asha@orchard.example')).exit).toBe(2);
    expect((await ripen({}, 'duplicates', '--least', '7')).exit).toBe(2);
  });
});

describe('suppress --file', () => {
  const world: World = {
    people: {
      suppress: ({ who }) => {
        if (who === 'nonsense') throw new Refusal('That is nobody.', 3, 'lead-unknown');
        return { entries: 1, leadIds: who === '@rival.example' ? ['ld_a', 'ld_b'] : [] };
      },
    },
  };

  test.each([
    ['www.rival.example', '@rival.example'],
    ['https://rival.example/about', '@rival.example'],
    ['@rival.example', '@rival.example'],
    ['ann@rival.example', 'ann@rival.example'],
    ['+44 20 7946 0110', '+44 20 7946 0110'],
    ['nonsense', 'nonsense'],
  ])('%s means %s', (cell, who) => expect(whoOf(cell)).toBe(who));

  test('takes addresses, numbers and domains, tells every lead it touches, and says what it did not understand', async () => {
    const list = file('rivals.csv', 'Domain,Note\nwww.rival.example,big\nann@x.example,left us\nnonsense,?\n');
    const { exit, json, commands, asked } = await ripen(world, 'suppress', '--file', list, '--because', 'rivals', '--json');
    expect(exit).toBe(0);
    expect(json).toMatchObject({ named: 2, entries: 2, leads: 2, refused: [{ line: 4, who: 'nonsense' }] });
    expect(commands.map(({ leadId }) => leadId)).toEqual(['ld_a', 'ld_b']);
    expect(asked[0]?.ask).toMatchObject({ who: '@rival.example', because: 'rivals' });
  });

  test('a first line that names a domain is no header', async () => {
    const list = file('riv.txt', 'rival.example\nann@x.example\n');
    expect((await ripen(world, 'suppress', '--file', list, '--json')).json).toMatchObject({ named: 2, leads: 2 });
  });

  test('needs no header, and a dry run tells nobody', async () => {
    const list = file('plain.txt', 'ann@x.example\nbob@x.example\n');
    const { json, commands, asked } = await ripen(world, 'suppress', '--file', list, '--dry-run', '--json');
    expect(json).toMatchObject({ named: 2, dryRun: true });
    expect([commands, asked.every(({ ask }) => (ask as { dryRun?: boolean }).dryRun === true)]).toEqual([[], true]);
    expect((await ripen(world, 'suppress', 'ann@x.example', '--file', list)).exit).toBe(2);
  });
});
