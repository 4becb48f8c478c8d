import { openNats, type Nats } from '../../activities/adapters/nats-connection';
import { durableInflow } from '../../activities/adapters/nats-inflow';
import { natsRejectedLog } from '../../activities/adapters/rejected-log';
import { publishEvent } from '../../events/publish-event';
import { rejectedSink } from '../../events/rejected';
import { countRejected, listRejected, replayRejected } from '../../events/rejected-store';
import { startStranded } from '../../events/stranded';
import { consumers, ensureStreams, streams } from '../../events/streams';
import { freshNats } from '../support/servers';
import { eventOf, quiet, secret, until } from './fakes';

let server: Awaited<ReturnType<typeof freshNats>>;
let nats: Nats;

beforeAll(async () => {
  server = await freshNats();
  nats = await openNats({ url: server.url, name: 'streams-test' });
}, 60_000);
afterAll(async () => {
  await nats?.close();
  await server?.remove();
});

test('the first call makes every stream and consumer, the second changes nothing', async () => {
  expect(await ensureStreams(nats)).toHaveLength(streams.length + Object.keys(consumers).length);
  expect(await ensureStreams(nats)).toEqual([]);
});

test('a changed definition is brought to the server, and what the operator set stays', async () => {
  const engagement = streams[0]!;
  await nats.api('STREAM.UPDATE.ENGAGEMENT', { ...((await nats.api('STREAM.INFO.ENGAGEMENT')).config as object), max_bytes: 123_456_789 });
  const changed = { ...engagement, max_age: engagement.max_age / 2 };
  expect(await ensureStreams(nats, { streams: [changed], consumers: [{ ...consumers.router, max_ack_pending: 77 }] })).toEqual([
    'stream ENGAGEMENT updated',
    'consumer ENGAGEMENT/router updated',
  ]);
  expect((await nats.api('STREAM.INFO.ENGAGEMENT')).config).toMatchObject({ max_age: changed.max_age, max_bytes: 123_456_789 });
  expect((await nats.api('CONSUMER.INFO.ENGAGEMENT.router')).config).toMatchObject({ max_ack_pending: 77, ack_policy: 'explicit' });
  await ensureStreams(nats);
});

test('facts are kept for ever and never read from a replica', async () => {
  const config = (await nats.api('STREAM.INFO.FACTS')).config as Record<string, unknown>;
  expect([config.max_age ?? 0, config.allow_direct ?? false]).toEqual([0, false]);
});

test('the same event published twice is stored once', async () => {
  const event = eventOf('app.login', { lead: 'ada' }, {}, { id: 'twice' });
  expect((await publishEvent(nats, secret, event)).duplicate).toBe(false);
  expect((await publishEvent(nats, secret, event)).duplicate).toBe(true);
});

describe('rejected messages', () => {
  const put = (code: string, event: { readonly id: string }) =>
    rejectedSink(nats, () => 1_000).reject({
      code,
      says: 'because',
      path: 'data.x',
      original: event,
      subject: 'engagement.app.login.abc',
      identityHash: 'abc',
    });

  test('they are listed with code, place, sentence and what to do, and counted by code', async () => {
    const event = eventOf('app.login', { lead: 'grace' }, {}, { id: 'r1' });
    await put('lead-unknown', event);
    await put('event-malformed', eventOf('app.login', { lead: 'grace' }, {}, { id: 'r2' }));
    expect(await listRejected(nats, { code: 'lead-unknown' })).toEqual([
      {
        v: 1,
        id: 1,
        code: 'lead-unknown',
        says: 'because',
        path: 'data.x',
        todo: expect.stringMatching(/rejected replay/) as unknown,
        original: event,
        subject: 'engagement.app.login.abc',
        rejectedAt: 1_000,
      },
    ]);
    expect((await listRejected(nats)).map(({ id }) => id)).toEqual([1, 2]);
    expect((await listRejected(nats, { afterId: 1, limit: 1 })).map(({ id }) => id)).toEqual([2]);
    expect(await countRejected(nats)).toEqual({ 'lead-unknown': 1, 'event-malformed': 1 });
  });

  test('replaying publishes the original on its subject again, although the stream had it before, and takes the record off the list', async () => {
    const before = (await nats.api('STREAM.INFO.ENGAGEMENT')).state as { messages: number };
    expect(await replayRejected(nats, 1)).toEqual({ as: 'replayed', subject: 'engagement.app.login.abc' });
    const after = await nats.api('STREAM.MSG.GET.ENGAGEMENT', { last_by_subj: 'engagement.app.login.abc' });
    expect(JSON.parse(Buffer.from((after.message as { data: string }).data, 'base64').toString())).toMatchObject({ id: 'r1' });
    expect(((await nats.api('STREAM.INFO.ENGAGEMENT')).state as { messages: number }).messages).toBe(before.messages + 1);
    expect((await listRejected(nats)).map(({ id }) => id)).toEqual([2]);
    expect(await replayRejected(nats, 1)).toEqual({ as: 'unknown' });
  });

  test('an input that the core refused goes back through the router as an input', async () => {
    await natsRejectedLog(nats).reject({
      code: 'input-refused',
      says: 'a bug',
      original: { leadId: 'ada', input: { kind: 'command', id: 'aaaaaaaaaaa' } },
    });
    const [row] = await listRejected(nats, { code: 'input-refused' });
    expect(await replayRejected(nats, row!.id)).toEqual({ as: 'replayed', subject: 'engagement.input.asked.-' });
  });

  test('a record without its original cannot be replayed and says so', async () => {
    await rejectedSink(nats, Date.now).reject({ code: 'lead-erased', says: 'erased', original: null, subject: 'engagement.app.login.x' });
    const [row] = await listRejected(nats, { code: 'lead-erased' });
    expect(await replayRejected(nats, row!.id)).toMatchObject({ as: 'not-replayable' });
    expect(await listRejected(nats, { code: 'lead-erased' })).toHaveLength(1);
  });
});

test('a message that the server stops delivering is found by its advisory and ends in REJECTED', async () => {
  const impatient = { ...consumers.router, max_deliver: 2, ack_wait: 200_000_000 };
  await ensureStreams(nats, { streams: [], consumers: [impatient] });
  const stranded = startStranded(
    { inflow: durableInflow(nats, consumers.stranded), js: nats, rejected: rejectedSink(nats, Date.now), log: quiet },
    secret,
  );
  await publishEvent(nats, secret, eventOf('app.login', { lead: 'edsger' }, {}, { id: 'stranded' }));
  // A process that dies with the message in hand, time and again.
  const inflow = durableInflow(nats, { ...impatient, ack_wait: 60_000_000_000 });
  const dying = (async () => {
    while ((await inflow.next(100)).length > 0);
  })();
  await until(
    async () =>
      (await listRejected(nats, { code: 'event-undeliverable' })).some(({ original }) => (original as { id: string }).id === 'stranded'),
    15_000,
  );
  inflow.stop();
  await dying;
  await stranded.stop();
  await ensureStreams(nats);
}, 30_000);
