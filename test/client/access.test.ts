/** `ripen access`, and words to leads that are allowed first. */
import { awayCode } from '../../client/away';
import { permitted } from '../../client/permitted';
import type { Leads } from '../../client/ports';
import { Refusal } from '../../client/refusal';
import type { CommandInput } from '../../workflows/messages';
import { ripen } from './fake-context';
import { fits } from './small-world';

test('a credential is shown once, with what to do with it', async () => {
  const world = { people: { giveAccess: () => ({ token: 'ripen_abc' }) } };
  const { exit, out, asked } = await ripen(world, 'access', 'give', 'Olga Berg', '--role', 'operator', '--by', 'ann');
  expect([exit, asked[0]?.ask]).toEqual([0, { name: 'Olga Berg', role: 'operator', by: 'ann' }]);
  expect(out).toContain('export RIPEN_CREDENTIAL=ripen_abc');
  expect((await ripen(world, 'access', 'give', 'olga', '--role', 'operator', '--json')).json).toMatchObject({ credential: 'ripen_abc' });
});

test.each([
  [['access', 'give', 'olga'], 2],
  [['access', 'give', 'olga', '--role', 'king'], 2],
  [['access', 'give'], 2],
])('%j is wrong usage', async (words, exit) => expect((await ripen({}, ...words)).exit).toBe(exit));

test('the list fits the page and says when nobody has one; the help tells what each role may', async () => {
  const accesses = [{ name: 'Olga Berg', role: 'operator' as const, givenBy: 'ann', givenAt: 1, usedAt: 2 }];
  const { out } = await ripen({ people: { accesses: () => ({ accesses }) } }, 'access', 'list');
  expect(out).toMatch(/Olga Berg +operator +ann/);
  fits(out);
  expect((await ripen({ people: { accesses: () => ({ accesses: [] }) } }, 'access', 'list')).out).toContain('everybody may do everything');
  expect((await ripen({}, 'access', 'give', '-h')).out).toContain('approves campaigns');
});

test.each([
  [true, 'everybody may do everything again'],
  [false, 'Only an operator can give another'],
])('the end of one says whether it was the last (%s)', async (open, says) =>
  expect((await ripen({ people: { endAccess: () => ({ open }) } }, 'access', 'end', 'maya')).out).toContain(says),
);

describe('words to a lead', () => {
  const pause: CommandInput = { kind: 'command', id: 'aaaaaaaaaaa', command: { word: 'pause' }, by: 'x', because: '' };
  const world = () => {
    const said: CommandInput[] = [];
    const leads = {
      command: async (_: string, command: CommandInput) => {
        said.push(command);
        return { ok: true, says: 'paused' };
      },
    } as unknown as Leads;
    return { said, leads };
  };

  test('are said by whom the credential was given to, and each is asked for once a run', async () => {
    const { said, leads } = world();
    const people = jest.fn(async () => ({ by: 'maya', role: 'rep' }));
    const mine = permitted(leads, { people: people as never, warn: () => undefined });
    await mine.command('ld_1', pause);
    await mine.command('ld_2', pause);
    expect([said.map(({ by }) => by), people.mock.calls]).toEqual([['maya', 'maya'], [['permit', { word: 'pause' }]]]);
  });

  test('are not said where the role may not', async () => {
    const { said, leads } = world();
    const people = () => Promise.reject(new Refusal('no', 1, 'access-refused'));
    await expect(permitted(leads, { people: people as never, warn: () => undefined }).command('ld_1', pause)).rejects.toThrow('no');
    expect(said).toEqual([]);
  });

  test('go on with a warning where the people role is away', async () => {
    const { said, leads } = world();
    const warned: string[] = [];
    const people = () => Promise.reject(new Refusal('away', 1, awayCode));
    await permitted(leads, { people: people as never, warn: (says) => void warned.push(says) }).command('ld_1', pause);
    expect([said.map(({ by }) => by), warned.length]).toEqual([['x'], 1]);
  });
});
