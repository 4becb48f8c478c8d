import { personMessages, type MessagesAsk } from '../../events/person-messages';
import type { Received } from '../../events/ports';

const asha = 'ld_asha';
const known: Readonly<Record<string, string>> = { 'asha@example.com': asha, 'bo@example.com': 'ld_bo', cookie: asha, [asha]: asha };

/** Identities with "gone" in them belong to somebody erased before. */
async function run(
  as: MessagesAsk['as'],
  messages: readonly unknown[],
  addresses: readonly string[] = ['asha@example.com', '+442079460110'],
) {
  const removed: number[] = [];
  const answer = await personMessages(
    {
      scan: async (_, take) => {
        const received = messages.map((json, at) => ({
          seq: at + 1,
          storedAt: 7,
          subject: 's',
          data: Buffer.from(typeof json === 'string' ? json : JSON.stringify(json)),
        }));
        await take(received as unknown as Received[]);
        return undefined;
      },
      identifier: {
        identify: async (identities) =>
          identities.map(({ value }) => {
            const leadId = known[value];
            return value.includes('gone') ? { as: 'erased' as const } : leadId === undefined ? undefined : { as: 'lead' as const, leadId };
          }),
      },
      addresses: async () => addresses,
      remove: async (_, seq) => void removed.push(seq),
    },
    { leadId: asha, stream: 'ENGAGEMENT', fromSeq: 1, as },
  );
  return { ...answer, removed };
}
const about = (who: object, more: object = {}): object => ({ id: 'x', data: { who, ...more } });

test('erasing takes what names the person in any way, records of rejected messages included, and leaves others', async () => {
  const { removed, found } = await run('erase', [
    about({ email: 'asha@example.com' }),
    about({ email: 'bo@example.com' }),
    about({ anonymous: 'cookie' }),
    { data: { leadId: asha } },
    { original: about({ lead: asha }) },
    { original: { leadId: asha, input: {} } },
    { original: null },
  ]);
  expect([removed, found]).toEqual([[1, 3, 4, 5, 6], 5]);
});

test.each([
  ['no json of Asha@Example.com here', true],
  ['asha+news@example.com', true],
  ['path=/x?mail=asha%40example.com', true],
  ['call +442079460110', true],
  ['natasha@example.com', false],
  ['x.asha@example.com', false],
  ['asha@example.com.au', false],
  ['asha@example.community', false],
  ['+4420794601109', false],
])('a message that cannot be read and holds "%s" is hers: %s', async (text, hers) => {
  expect((await run('erase', [text])).found).toBe(hers ? 1 : 0);
});

test('what is about somebody erased before goes, too, and counting deletes nothing', async () => {
  expect((await run('erase', [about({ email: 'gone@example.com' })], [])).removed).toEqual([1]);
  expect(await run('count', [about({ email: 'asha@example.com' })])).toMatchObject({ found: 1, removed: [] });
});

test('shown is only what is about the person first of all', async () => {
  const { messages, removed } = await run('show', [
    about({ email: 'asha@example.com' }),
    about({ email: 'bo@example.com', anonymous: 'cookie' }),
    about({ email: 'bo@example.com' }, { note: 'asha@example.com' }),
    about({ email: 'gone@example.com' }),
  ]);
  expect([messages?.map(({ seq }) => seq), removed]).toEqual([[1], []]);
});
