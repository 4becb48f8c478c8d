import { asha, ripen } from './fake-context';
import type { World } from './fake-context';
import { fact } from './given-facts';

const ended = fact('LeadErased', { by: 'olga', because: 'the person asked' });
const people = {
  record: () => ({ held: { identity: [{}, {}], profile: [{ first_name: 'Asha' }] }, visitsLeftOut: 0 }),
  messages: ({ stream, as, fromSeq }: { readonly stream: string; readonly as: string; readonly fromSeq: number }) => ({
    found: fromSeq > 1 ? 0 : 2,
    lastSeq: 9,
    ...(as === 'show' ? { messages: [{ seq: 1, storedAt: 1, subject: stream, message: {} }] } : {}),
  }),
  erase: () => ({ erased: true as const }),
};

describe('person erase', () => {
  test.each([[[]], [['--yes', '--dry-run']]])('with %j asks for one of the two', async (options) => {
    expect(await ripen({ people }, 'person', 'erase', asha.leadId, ...options)).toMatchObject({ exit: 2, asked: [] });
  });

  test('as a dry run counts and changes nothing', async () => {
    const { exit, asked, json } = await ripen({ people }, 'person', 'erase', asha.leadId, '--dry-run', '--json');
    expect([exit, json]).toMatchObject([0, { rows: { identity: 2 }, messages: { ENGAGEMENT: 2, REJECTED: 2 } }]);
    expect(asked.map(({ verb, ask }) => [verb, (ask as { readonly as?: string }).as])).toEqual([
      ['find', undefined],
      ['record', undefined],
      ['messages', 'count'],
      ['messages', 'count'],
    ]);
  });

  test('stops sends first and forgets last, with what came meanwhile', async () => {
    const told: string[] = [];
    const world: World = {
      people: { ...people, erase: () => (told.push('erase'), { erased: true as const }) },
      factsOf: () => (told.push('facts'), told.length > 1 ? [ended] : []),
    };
    const { exit, asked, commands, json } = await ripen(world, 'person', 'erase', asha.leadId, '--yes', '--json');
    expect([exit, json]).toMatchObject([0, { ok: true, messages: { ENGAGEMENT: 2, REJECTED: 2 } }]);
    expect(asked.map(({ verb }) => verb)).toEqual(['find', 'hold', 'messages', 'messages', 'erase', 'messages', 'messages']);
    expect(asked.at(-1)?.ask).toMatchObject({ as: 'erase', fromSeq: 10 });
    expect(commands).toMatchObject([{ command: { command: { word: 'erase' }, because: 'the person asked' } }]);
  });

  test('that cannot end the history forgets nobody and says how to go on', async () => {
    const { exit, asked, err } = await ripen({ people, facts: [] }, 'person', 'erase', asha.leadId, '--yes');
    expect(exit).toBe(1);
    expect(asked.map(({ verb }) => verb)).not.toContain('erase');
    expect(err).toContain(`ripen person erase ${asha.leadId} --yes`);
  });

  test('of somebody whose history has ended goes on by lead id without telling the lead again', async () => {
    const { exit, commands } = await ripen({ people, facts: [ended] }, 'person', 'erase', 'ld_gone', '--yes');
    expect([exit, commands]).toEqual([0, []]);
  });

  test('of a name nobody has ends with 3', async () => {
    expect(await ripen({ people }, 'person', 'erase', 'nobody@example.com', '--yes')).toMatchObject({ exit: 3 });
  });
});

test('person export gives the store, the streams and the history', async () => {
  const { exit, json } = await ripen({ people, facts: [ended] }, 'person', 'export', asha.leadId, '--json');
  expect([exit, json]).toMatchObject([
    0,
    {
      lead: asha.leadId,
      store: { profile: [{ first_name: 'Asha' }] },
      events: [{ seq: 1 }],
      rejected: [{ seq: 1 }],
      history: [{ type: 'LeadErased' }],
    },
  ]);
});
