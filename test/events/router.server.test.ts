import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openNats, type Nats } from '../../activities/adapters/nats-connection';
import { durableInflow } from '../../activities/adapters/nats-inflow';
import { eventHash } from '../../events/hashes';
import type { Delivered } from '../../events/ports';
import { publishEvent } from '../../events/publish-event';
import { rejectedSink } from '../../events/rejected';
import { listRejected } from '../../events/rejected-store';
import { startOptOuts } from '../../events/opt-outs';
import { startRouter } from '../../events/router';
import { consumers, ensureStreams } from '../../events/streams';
import { freshNats, spawnTypeScript, temporaryFolder } from '../support/servers';
import { eventOf, fakeAnonymous, fakeDoor, fakeOptOuts, fakePeople, quiet, secret, until } from './fakes';

let server: Awaited<ReturnType<typeof freshNats>>;
let nats: Nats;
const leads = Array.from({ length: 500 }, (_, index) => `lead${index}`);
/** Short, so that a redelivery does not take half a minute. */
const quick = { ...consumers.router, ack_wait: 1_000_000_000 };

beforeEach(async () => {
  server = await freshNats();
  nats = await openNats({ url: server.url, name: 'router-test' });
  await ensureStreams(nats, { consumers: [quick, consumers.optouts] });
}, 60_000);
afterEach(async () => {
  await nats.close();
  await server.remove();
});

const idOf = (id: string): string => eventHash(secret, '/test', id);
const publish = async (ids: readonly string[], leadOf: (index: number) => string): Promise<void> => {
  for (let from = 0; from < ids.length; from += 500) {
    await Promise.all(
      ids
        .slice(from, from + 500)
        .map((id, index) => publishEvent(nats, secret, eventOf('app.login', { lead: leadOf(from + index) }, {}, { id }))),
    );
  }
};
const routerOf = (door = fakeDoor()) =>
  Object.assign(
    startRouter(
      {
        inflow: durableInflow(nats, quick, { log: quiet }),
        identifier: fakePeople(leads),
        anonymous: fakeAnonymous(),
        door,
        rejected: rejectedSink(nats, Date.now),
        toEngine: (at) => at,
        log: quiet,
      },
      { secret, retryMs: 5 },
    ),
    { door },
  );
const distinct = (door: ReturnType<typeof fakeDoor>): Set<string> =>
  new Set(door.batches.flatMap(({ inputs }) => inputs.map(({ id }) => id)));
/** Events that reached nobody; a list, because jest compares large sets for minutes. */
const missing = (door: ReturnType<typeof fakeDoor>, ids: readonly string[]): readonly string[] => {
  const reached = distinct(door);
  return ids.filter((id) => !reached.has(idOf(id)));
};
const pendingOf = async (name: string): Promise<number> => {
  const info = await nats.api(`CONSUMER.INFO.ENGAGEMENT.${name}`);
  return Number(info.num_pending) + Number(info.num_ack_pending);
};

test('5,000 events of 500 leads: none is lost, none is left in the stream, and each lead gets its own in order', async () => {
  const ids = Array.from({ length: 5_000 }, (_, index) => `e${index}`);
  const startedAt = performance.now();
  const router = routerOf();
  await publish(ids, (index) => leads[index % 500] ?? '');
  const publishedAt = performance.now();
  await until(() => router.stats().delivered >= 5_000, 30_000);
  const seconds = (performance.now() - startedAt) / 1_000;
  await until(async () => (await pendingOf('router')) === 0, 10_000);
  expect(missing(router.door, ids)).toEqual([]);
  // A slow machine may be handed an event again; the lead takes each id once.
  expect([...new Set(router.door.idsOf('lead7'))]).toEqual(Array.from({ length: 10 }, (_, round) => idOf(`e${7 + 500 * round}`)));
  process.stderr.write(
    `publish to deliver: 5000 events in ${seconds.toFixed(2)} s (publishing took ${((publishedAt - startedAt) / 1_000).toFixed(2)} s), ${router.stats().batches} deliveries\n`,
  );
  await router.stop();
}, 60_000);

test('a router killed between delivery and ack loses nothing: what it had comes again to the next one', async () => {
  const ids = Array.from({ length: 50 }, (_, index) => `k${index}`);
  await publish(ids, (index) => leads[index % 10] ?? '');
  const file = join(temporaryFolder(), 'delivered');
  const dying = spawnTypeScript(join(__dirname, 'router-process.ts'), [server.url, file]);
  const [, signal] = (await once(dying, 'exit')) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
  const before = readFileSync(file, 'utf8').trim().split('\n');
  expect(before.length).toBeGreaterThan(0);
  expect(await pendingOf('router')).toBe(50);
  const router = routerOf();
  await until(async () => (await pendingOf('router')) === 0, 15_000);
  expect(missing(router.door, ids)).toEqual([]);
  // The lead gets those a second time under the same ids, which its ring knows.
  for (const id of before) expect(distinct(router.door).has(id)).toBe(true);
  await router.stop();
}, 60_000);

test('NATS restarted in the middle: everything published arrives and nothing stays behind', async () => {
  const ids = Array.from({ length: 1_000 }, (_, index) => `n${index}`);
  const slow = fakeDoor(async (): Promise<Delivered> => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    return { as: 'delivered' };
  });
  await publish(ids, (index) => leads[index % 500] ?? '');
  const router = routerOf(slow);
  await until(() => router.stats().delivered > 100);
  await server.kill();
  await until(() => !nats.isUp(), 10_000);
  await server.restart();
  await until(() => nats.isUp(), 10_000);
  await publish(['after'], () => 'lead1');
  await until(async () => distinct(slow).size === 1_001 && (await pendingOf('router')) === 0, 30_000);
  expect(missing(slow, [...ids, 'after'])).toEqual([]);
  await router.stop();
}, 60_000);

test('a poisoned message never blocks the rest and ends in REJECTED', async () => {
  const door = fakeDoor((leadId): Delivered =>
    leadId === 'lead3' ? { as: 'refused', code: 'event-undeliverable', says: 'never' } : { as: 'delivered' },
  );
  await nats.publish('engagement.junk.-', Buffer.from('{"broken'));
  await publish(
    Array.from({ length: 100 }, (_, index) => `p${index}`),
    (index) => leads[index % 10] ?? '',
  );
  const router = routerOf(door);
  await until(async () => (await pendingOf('router')) === 0, 10_000);
  expect(distinct(door).size).toBe(90);
  const rejected = await listRejected(nats);
  expect(rejected.filter(({ code }) => code === 'event-undeliverable')).toHaveLength(10);
  expect(rejected.filter(({ code }) => code === 'event-malformed')).toMatchObject([{ original: '{"broken', subject: 'engagement.junk.-' }]);
  await router.stop();
}, 30_000);

test('a router that stops gives back what it did not deliver, and another one goes on at once', async () => {
  const stuck = fakeDoor(() => ({ as: 'away', says: 'UNAVAILABLE' }));
  await publish(['s1', 's2', 's3'], (index) => leads[index] ?? '');
  const first = startRouter(
    {
      inflow: durableInflow(nats, { ...quick, ack_wait: 60_000_000_000 }),
      identifier: fakePeople(leads),
      anonymous: fakeAnonymous(),
      door: stuck,
      rejected: rejectedSink(nats, Date.now),
      toEngine: (at) => at,
      log: quiet,
    },
    { secret, drainMs: 100 },
  );
  await until(() => first.stats().received === 3);
  await first.stop();
  const second = routerOf();
  await until(() => second.stats().delivered === 3, 3_000);
  await second.stop();
}, 30_000);

test('a delivery that takes longer than the server waits for an ack is not delivered a second time', async () => {
  const patient = fakeDoor(async (): Promise<Delivered> => {
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    return { as: 'delivered' };
  });
  await publish(['slow'], () => 'lead1');
  const router = routerOf(patient);
  await until(() => router.stats().delivered === 1, 10_000);
  await until(async () => (await pendingOf('router')) === 0, 5_000);
  expect(router.stats().received).toBe(1);
  await router.stop();
}, 30_000);

test('opt-outs have their own way into the people store, and one that fails there is tried again until it is in', async () => {
  let failures = 2;
  const optOuts = fakeOptOuts(() => failures-- > 0);
  const role = startOptOuts({ inflow: durableInflow(nats, consumers.optouts), optOuts, toEngine: (at) => at, log: quiet });
  for (const event of [
    eventOf('email.unsubscribed', { email: 'ada@example.com' }, {}),
    eventOf('email.complained', { lead: 'grace' }, {}),
    eventOf('email.bounced', { email: 'alan@example.com' }, { kind: 'hard' }),
    eventOf('email.bounced', { email: 'alan@example.com' }, { kind: 'soft' }),
    eventOf('app.login', { email: 'ada@example.com' }, {}),
  ])
    await publishEvent(nats, secret, event);
  await until(async () => optOuts.recorded.length === 3 && (await pendingOf('optouts')) === 0, 10_000);
  expect(new Map(optOuts.recorded.map(({ because, who }) => [because, who]))).toEqual(
    new Map<string, object>([
      ['unsubscribed', { email: 'ada@example.com' }],
      ['complained', { lead: 'grace' }],
      ['bounced', { email: 'alan@example.com' }],
    ]),
  );
  await role.stop();
}, 30_000);
