import { eventHash, identityHash } from '../../events/hashes';
import type { Received, ScanOf } from '../../events/ports';
import { rejectedIds, reread, type RereadAsk, type RereadPorts, type Visit } from '../../events/reread';
import type { Who } from '../../events/engagement';
import { eventOf, secret } from './fakes';

const storedAt = Date.parse('2026-03-02T12:00:00Z');
type Held = { readonly subject: string; readonly json: unknown };

/** A stream in memory that answers subjects as NATS does, `*` for one token and `>` for the rest. */
function scanOver(held: readonly Held[], asked: ScanOf[] = []): RereadPorts['scan'] {
  const fits = (subject: string, pattern: string): boolean =>
    new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '[^.]+').replace('>', '.+')}$`).test(subject);
  return async (of, take) => {
    asked.push(of);
    for (const [at, { subject, json }] of held.entries()) {
      if (at + 1 < of.fromSeq || !of.subjects.some((pattern) => fits(subject, pattern))) continue;
      const data = typeof json === 'string' ? Buffer.from(json) : Buffer.from(JSON.stringify(json));
      const message = { subject, data, seq: at + 1, storedAt, deliveries: 1 } as unknown as Received;
      if (!(await take([message]))) return at + 2;
    }
    return undefined;
  };
}

const asha = 'ld_asha';
const people: Readonly<Record<string, string>> = { 'asha@example.com': asha, 'bo@example.com': 'ld_bo', 'cookie-1': asha, [asha]: asha };
const keyOf = (who: Who): string =>
  identityHash(secret, who.lead !== undefined ? { kind: 'lead', value: who.lead } : { kind: 'email', value: who.email ?? '' });
const held = (who: Who, id: string, subject = `engagement.page.viewed.${keyOf(who)}`): Held => ({
  subject,
  json: eventOf('page.viewed', who, { path: '/' }, { id }),
});
const idOf = (id: string): string => eventHash(secret, '/test', id);

async function again(stream: readonly Held[], ask: Partial<RereadAsk> = {}, credited: readonly Visit[] = []) {
  const found = await reread(
    {
      scan: scanOver(stream),
      identifier: {
        identify: async (identities) =>
          identities.map(({ value }) => {
            const leadId = people[value];
            return leadId === undefined ? undefined : { as: 'lead' as const, leadId };
          }),
      },
      credited: async (visits) => visits.filter((one) => credited.some(({ id }) => id === one.id)),
      secret,
      toEngine: (at) => at,
    },
    { leadId: asha, keys: [keyOf({ lead: asha }), keyOf({ email: 'asha@example.com' }), '-'], fromSeq: 1, known: new Set(), ...ask },
  );
  return { ...found, ids: found.inputs.map(({ id }) => id) };
}

test('what lies under any key of the person is found, by address, by lead id, and under nobody’s key', async () => {
  const stream = [
    held({ email: 'Asha@example.com' }, 'a'),
    held({ lead: asha }, 'link'),
    held({ email: 'asha@example.com' }, 'plain', 'engagement.page.viewed.-'),
    held({ email: 'bo@example.com' }, 'b'),
    held({ email: 'bo@example.com' }, 'b2', 'engagement.page.viewed.-'),
  ];
  expect(await again(stream)).toMatchObject({ read: 3, ids: [idOf('a'), idOf('link'), idOf('plain')] });
});

test('what was published under a foreign key is found when everything is looked at', async () => {
  const stream = [held({ email: 'asha@example.com' }, 'a', 'engagement.page.viewed.elsewhere')];
  expect(await again(stream)).toMatchObject({ read: 0 });
  expect(await again(stream, { keys: undefined as never })).toMatchObject({ read: 1, ids: [idOf('a')] });
});

test('what the log holds, or what waits in REJECTED, is read and not handed over', async () => {
  const stream = [held({ email: 'asha@example.com' }, 'a'), held({ email: 'asha@example.com' }, 'b')];
  expect(await again(stream, { known: new Set([idOf('a')]) })).toMatchObject({ read: 2, ids: [idOf('b')] });
});

test('what a visitor did before they said who they are was credited under another id, and is left out', async () => {
  const visit = held({ anonymous: 'cookie-1' }, 'v', 'engagement.page.viewed.-');
  const later = held({ anonymous: 'cookie-1' }, 'w', 'engagement.page.viewed.-');
  const credited = [{ anonymous: 'cookie-1', id: idOf('v') }];
  expect(await again([visit, later], {}, credited)).toMatchObject({ read: 1, ids: [idOf('w')] });
});

test('an input of the engine’s own keeps its meaning, and what cannot be read stops nothing', async () => {
  const profile = {
    specversion: '1.0',
    id: 'p',
    source: '/ripen/people',
    type: 'profile.changed',
    data: { leadId: asha, version: 3, traits: {}, consent: { email: 'granted' } },
  };
  const stream = [
    { subject: 'engagement.page.viewed.-', json: 'no json' },
    { subject: `engagement.profile.changed.${keyOf({ lead: asha })}`, json: profile },
  ];
  expect((await again(stream)).inputs).toMatchObject([{ kind: 'profiled', id: 'p3', version: 3, occurredAt: storedAt }]);
});

test('many new events come in parts that join without a gap', async () => {
  const stream = Array.from({ length: 700 }, (_, n) => held({ email: 'asha@example.com' }, `m${n}`));
  const ids: string[] = [];
  for (let fromSeq: number | undefined = 1; fromSeq !== undefined;) {
    const part = await again(stream, { fromSeq });
    ids.push(...part.ids);
    fromSeq = part.nextSeq;
  }
  expect(ids).toEqual(stream.map((_, n) => idOf(`m${n}`)));
});

test('events that lie in REJECTED are known by their source and id', async () => {
  const asked: ScanOf[] = [];
  const stream = [
    { subject: 'rejected.lead-unknown.k1', json: { original: eventOf('app.login', { email: 'asha@example.com' }, {}, { id: 'r' }) } },
    { subject: 'rejected.event-malformed.-', json: { original: 'no json' } },
    { subject: 'rejected.lead-erased.k1', json: { original: null } },
    { subject: 'rejected.lead-unknown.other', json: { original: { source: '/x', id: 'y' } } },
  ];
  expect(await rejectedIds({ scan: scanOver(stream, asked) }, secret, ['k1', '-'])).toEqual([idOf('r')]);
  expect(asked[0]?.subjects).toEqual(['rejected.*.k1', 'rejected.*.-']);
});

test.each([
  ['email', 'Ada+news@Example.com', 'ada@example.com'],
  ['email', '"a+b"@example.com', '"a+b"@example.com'],
  ['phone', '+44 (0)20 7946-0110', '+442079460110'],
  ['phone', '0044 20 7946 0110', '+442079460110'],
] as const)('%s %s lies under the key of %s', (kind, written, normal) => {
  expect(identityHash(secret, { kind, value: written })).toBe(identityHash(secret, { kind, value: normal }));
});
