/** What a change tells the leads is published at least once and in order, whoever dies in between. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { openDatabase, type Database } from '../../activities/people/database';
import { relayOutbox, startOutbox, writeOutbox } from '../../activities/people/outbox';
import { parseEvent } from '../../events/strip';
import type { InternalEvent } from '../../events/internal';
import { freshDatabase, spawnTypeScript } from '../support/servers';
import { freshStore, importCells, importOne, monday, rowsOf, type Store } from './store';

jest.setTimeout(60_000);
let store: Store;
let db: Database;
beforeEach(async () => {
  store = await freshStore();
  ({ db } = store);
});
afterEach(() => db.close());

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const left = async (): Promise<number> => (await rowsOf<{ n: number }>(db, 'select count(*) as n from outbox'))[0]?.n ?? -1;
const until = async (holds: () => Promise<boolean> | boolean): Promise<void> => {
  for (let tries = 0; !(await holds()); tries++) {
    if (tries > 500) throw new Error('it never came true');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

test('events are CloudEvents the router understands, and are gone when the stream has them', async () => {
  const leadId = await importOne(db, { Email: 'ada@engines.example' }, { sequence: 'saas-trial' });
  const events: InternalEvent[] = [];
  expect(await relayOutbox(db, async (event) => void events.push(event))).toBe(2);
  expect(await left()).toBe(0);
  const inputs = events.map((event) => {
    const parsed = parseEvent(Buffer.from(JSON.stringify(event)));
    return parsed.as === 'internal' ? [parsed.leadId, parsed.input({ secret: 'x', nowAt: monday })] : parsed;
  });
  expect(inputs).toEqual([
    [leadId, { kind: 'profiled', id: 'p1', version: 1, occurredAt: monday, traits: expect.any(Object), consent: { email: 'granted' } }],
    [
      leadId,
      {
        kind: 'command',
        id: expect.stringMatching(/^[\w-]{11}$/),
        by: 'test',
        because: 'import of fair',
        command: { word: 'enrol', sequence: 'saas-trial' },
      },
    ],
  ]);
});

test('nothing is published for a change that was rolled back', async () => {
  await expect(
    db.transaction(async (client) => {
      await writeOutbox(client, [{ type: 'profile.changed', data: { leadId: 'ld_1', version: 1, traits: {}, consent: {} } }]);
      throw new Error('no');
    }),
  ).rejects.toThrow('no');
  expect(await relayOutbox(db, async () => undefined)).toBe(0);
});

test('while the stream is away everything waits; what went out before the fault does not go again', async () => {
  await importCells(
    db,
    Array.from({ length: 5 }, (_, n) => ({ Email: `p${n}@out.example` })),
  );
  const seen: string[] = [];
  const broken = (event: InternalEvent): Promise<void> =>
    seen.length < 2 ? Promise.resolve(void seen.push(event.id)) : Promise.reject(new Error('away'));
  expect(await relayOutbox(db, broken)).toBe(2);
  await expect(relayOutbox(db, broken)).rejects.toThrow('away');
  expect(await relayOutbox(db, async (event) => void seen.push(event.id))).toBe(3);
  expect([seen.length, new Set(seen).size]).toEqual([5, 5]);
});

test('two relays at once publish each event once, in order', async () => {
  const other = openDatabase(store.url);
  const seen: number[] = [];
  const publish = async (event: InternalEvent): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    seen.push((event.data as { version: number }).version);
  };
  const relays = [db, other].map((each) => startOutbox({ db: each, publish, log: quiet, everyMs: 5 }));
  try {
    for (let version = 1; version <= 60; version++)
      await db.transaction((client) =>
        writeOutbox(client, [{ type: 'profile.changed', data: { leadId: 'ld_1', version, traits: {}, consent: {} } }]),
      );
    await until(async () => (await left()) === 0);
  } finally {
    await Promise.all(relays.map((relay) => relay.stop()));
    await other.close();
  }
  expect(seen).toEqual(Array.from({ length: 60 }, (_, n) => n + 1));
});

test('a relay that is killed between publishing and forgetting loses nothing; the next publishes again what it cannot know', async () => {
  await importCells(
    db,
    Array.from({ length: 60 }, (_, n) => ({ Email: `p${n}@kill.example` })),
  );
  const wanted = (await rowsOf<{ id: string }>(db, 'select id from outbox order by seq')).map(({ id }) => id);
  const streamUrl = await freshDatabase();
  const stream = openDatabase(streamUrl);
  await stream.query('create table stream (n bigint generated always as identity, id text, data jsonb)');
  const published = async (): Promise<readonly string[]> =>
    (await rowsOf<{ id: string }>(stream, 'select id from stream order by n')).map(({ id }) => id);
  const file = join(__dirname, 'relay-process.ts');
  const started: ChildProcess[] = [];
  const relay = (...more: string[]): ChildProcess => {
    const child = spawnTypeScript(file, [store.url, streamUrl, ...more]);
    started.push(child);
    return child;
  };
  try {
    const killed = relay('10');
    await until(async () => (await published()).length >= 20);
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    const before = (await published()).length;
    expect([before < 60, await left()]).toEqual([true, 60]);
    relay();
    await until(async () => (await left()) === 0);
    const all = await published();
    expect([...new Set(all)]).toEqual(wanted);
    expect(all.length).toBeGreaterThanOrEqual(60 + before);
  } finally {
    for (const child of started) child.kill('SIGKILL');
    await stream.close();
  }
});
