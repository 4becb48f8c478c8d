import type { AddressInfo } from 'node:net';
import { readLink, signLink } from '../../events/links';
import { createIntake, type IntakePorts } from '../../events/intake';
import { NatsAway } from '../../events/ports';
import { parseEvent, strip } from '../../events/strip';
import { eventOf, fakeOptOuts, fakeRejected, quiet, secret, until } from './fakes';

const safari = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15';
const json = { 'content-type': 'application/cloudevents+json' };

function intakeOf(ports: Partial<IntakePorts> = {}) {
  const published: {
    readonly subject: string;
    readonly event: { readonly type: string; readonly data: Record<string, unknown> };
    readonly msgId?: string;
    readonly bytes: Uint8Array;
  }[] = [];
  const rejected = fakeRejected();
  const optOuts = fakeOptOuts();
  const seen = new Set<string | undefined>();
  const app = createIntake(
    {
      publisher: {
        publish(subject, bytes, options) {
          const duplicate = seen.has(options?.msgId);
          seen.add(options?.msgId);
          published.push({
            subject,
            bytes,
            event: JSON.parse(Buffer.from(bytes).toString()),
            ...(options?.msgId === undefined ? {} : { msgId: options.msgId }),
          });
          return Promise.resolve({ seq: published.length, duplicate });
        },
      },
      rejected,
      optOuts,
      readLink: (token) => readLink(secret, token),
      readUnsubscribe: (token) => (token === 'good' ? { leadId: 'ada', effect: 'e1.start.guide.1' } : undefined),
      toEngine: (at) => at,
      isUp: () => true,
      log: quiet,
      ...ports,
    },
    secret,
  );
  apps.push(app);
  return { app: { inject: ask(app), close: () => app.close() }, published, rejected, optOuts };
}

const apps: ReturnType<typeof createIntake>[] = [];
afterEach(async () => void (await Promise.all(apps.splice(0).map((app) => app.close()))));

type Ask = { readonly method: string; readonly url: string; readonly headers?: Record<string, string>; readonly payload?: unknown };
/** Over a real socket, without following redirects. */
const ask = (app: ReturnType<typeof createIntake>) => async (request: Ask | string) => {
  const { method, url, headers, payload }: Ask = typeof request === 'string' ? { method: 'GET', url: request } : request;
  const address = app.server.listening
    ? `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
    : await app.listen({ host: '127.0.0.1', port: 0 });
  const body = payload === undefined ? undefined : typeof payload === 'string' ? payload : JSON.stringify(payload);
  const answer = await fetch(`${address}${url}`, {
    method,
    redirect: 'manual',
    ...(headers === undefined ? {} : { headers }),
    ...(body === undefined ? {} : { body }),
  });
  const text = await answer.text();
  return { statusCode: answer.status, headers: Object.fromEntries(answer.headers), body: text, json: () => JSON.parse(text) };
};
const link = signLink(secret, { leadId: 'ada', effect: 'e1.start.guide.1', content: 'guide', url: 'https://example.com/pricing?x=1' });

describe('events over HTTP', () => {
  test('an event is answered 202 after the stream has it, on a subject that names nobody', async () => {
    const { app, published } = intakeOf();
    const answer = await app.inject({
      method: 'POST',
      url: '/v1/events',
      headers: json,
      payload: eventOf('form.submitted', { email: 'ada@example.com' }, { form: 'demo' }, { id: 'f1' }),
    });
    expect([answer.statusCode, answer.json()]).toEqual([202, { accepted: 1, duplicates: 0, rejected: [] }]);
    expect(published[0]).toMatchObject({ msgId: '/test f1', event: { type: 'form.submitted' } });
    expect(published[0]?.subject).toMatch(/^engagement\.form\.submitted\.[A-Za-z0-9_-]{11}$/);
  });

  test('the same event twice is one, and the answer says so', async () => {
    const { app } = intakeOf();
    const post = () =>
      app.inject({ method: 'POST', url: '/v1/events', headers: json, payload: eventOf('app.login', { lead: 'ada' }, {}, { id: 'same' }) });
    expect([(await post()).json().duplicates, (await post()).json().duplicates]).toEqual([0, 1]);
  });

  test('of a batch the good events are taken and each bad one is named and kept', async () => {
    const { app, published, rejected } = intakeOf();
    const payload = [
      eventOf('app.login', { lead: 'ada' }, {}),
      { ...eventOf('app.login', { lead: 'ada' }, {}), type: 'email.sneezed' },
      eventOf('app.login', { lead: 'grace' }, {}),
    ];
    const answer = await app.inject({
      method: 'POST',
      url: '/v1/events',
      headers: { 'content-type': 'application/cloudevents-batch+json' },
      payload,
    });
    expect(answer.statusCode).toBe(202);
    expect(answer.json()).toMatchObject({ accepted: 2, rejected: [{ index: 1, code: 'event-unknown-type', path: 'type' }] });
    expect(published).toHaveLength(2);
    expect(rejected.records).toMatchObject([
      { code: 'event-unknown-type', subject: 'engagement.email.sneezed.-', original: { type: 'email.sneezed' } },
    ]);
  });

  test.each([
    ['a broken body', '{"specversion"', 'event-malformed', undefined],
    [
      'an address where a code belongs',
      JSON.stringify(eventOf('form.submitted', { lead: 'ada' }, { form: 'ada@example.com' })),
      'event-malformed',
      'data.form',
    ],
    [
      'a document',
      JSON.stringify({ ...eventOf('app.login', { lead: 'ada' }, {}), data: { who: { lead: 'ada' }, text: 'x'.repeat(70_000) } }),
      'event-too-large',
      undefined,
    ],
    [
      "the engine's own words",
      JSON.stringify({
        specversion: '1.0',
        id: '1',
        source: '/x',
        type: 'profile.changed',
        data: { leadId: 'ada', version: 9, traits: {}, consent: {} },
      }),
      'event-unknown-type',
      'type',
    ],
  ])('%s is answered 400 with code and place, and kept', async (_, payload, code, path) => {
    const { app, published, rejected } = intakeOf();
    const answer = await app.inject({ method: 'POST', url: '/v1/events', headers: json, payload });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().problem).toMatchObject({ code, ...(path === undefined ? {} : { path }) });
    expect(published).toEqual([]);
    expect(rejected.records).toMatchObject([{ code }]);
  });

  test('while NATS is away the answer is 503 with a time to come back', async () => {
    const { app } = intakeOf({ publisher: { publish: () => Promise.reject(new NatsAway('down')) }, isUp: () => false });
    const answer = await app.inject({
      method: 'POST',
      url: '/v1/events',
      headers: json,
      payload: eventOf('app.login', { lead: 'ada' }, {}),
    });
    expect([answer.statusCode, answer.headers['retry-after'], answer.json().problem.code]).toEqual([503, '5', 'intake-away']);
    expect((await app.inject('/healthz')).statusCode).toBe(503);
  });

  test.each([
    ['a complaint', eventOf('email.complained', { email: 'ada@example.com' }, {}), 'complained'],
    ['a hard bounce', eventOf('email.bounced', { email: 'ada@example.com' }, { kind: 'hard' }), 'bounced'],
    ['a soft bounce', eventOf('email.bounced', { email: 'ada@example.com' }, { kind: 'soft' }), undefined],
  ])('%s is in the people store before the answer', async (_, payload, because) => {
    const { app, optOuts } = intakeOf();
    const answer = await app.inject({ method: 'POST', url: '/v1/events', headers: json, payload });
    expect(answer.statusCode).toBe(202);
    expect(optOuts.recorded.map((optOut) => optOut.because)).toEqual(because === undefined ? [] : [because]);
  });

  test('an opt-out that the people store does not take is not answered 202', async () => {
    const { app, published } = intakeOf({ optOuts: fakeOptOuts(() => true) });
    const answer = await app.inject({
      method: 'POST',
      url: '/v1/events',
      headers: json,
      payload: eventOf('email.unsubscribed', { email: 'ada@example.com' }, {}),
    });
    expect(answer.statusCode).toBe(503);
    expect(published).toEqual([]);
  });
});

describe('tracked links', () => {
  test('a click is counted for the lead whose mail it was, then leads on', async () => {
    const { app, published } = intakeOf();
    const answer = await app.inject({ method: 'GET', url: `/r/${link}`, headers: { 'user-agent': safari } });
    expect([answer.statusCode, answer.headers.location]).toEqual([302, 'https://example.com/pricing?x=1']);
    await until(() => published.length === 1);
    const parsed = parseEvent(published[0]!.bytes);
    if (parsed.as !== 'engagement') throw new Error(JSON.stringify(parsed));
    expect(parsed.data.who).toEqual({ lead: 'ada' });
    expect(strip(parsed, { secret, nowAt: Date.now() })).toMatchObject({
      type: 'email.clicked',
      actor: 'human',
      effect: 'e1.start.guide.1',
      content: 'guide',
      data: { link: '/pricing' },
    });
  });

  test("a scanner's click is counted as a machine's, with the reason and the rules that said so", async () => {
    const { app, published } = intakeOf();
    await app.inject({ method: 'GET', url: `/r/${link}`, headers: { 'user-agent': 'python-requests/2.31' } });
    await until(() => published.length === 1);
    expect(published[0]?.event.data).toMatchObject({ actor: 'machine', actorBecause: 'bot-user-agent', actorRules: 1 });
  });

  test('HEAD leads on and never counts', async () => {
    const { app, published } = intakeOf();
    const answer = await app.inject({ method: 'HEAD', url: `/r/${link}` });
    expect([answer.statusCode, answer.headers.location]).toEqual([302, 'https://example.com/pricing?x=1']);
    await app.close();
    expect(published).toEqual([]);
  });

  test('a token that is not ours leads nowhere', async () => {
    const { app, published } = intakeOf();
    for (const token of ['nonsense', `${link}x`, Buffer.from('["ada","e","c","https://evil.example"]').toString('base64url')]) {
      const answer = await app.inject({ method: 'GET', url: `/r/${token}` });
      expect([answer.statusCode, answer.headers.location, /does not work/.test(answer.body)]).toEqual([404, undefined, true]);
    }
    expect(published).toEqual([]);
  });

  test('while NATS is away the person still gets where the link leads, and the click is published afterwards', async () => {
    let away = true;
    const late: string[] = [];
    const publisher = {
      publish: (subject: string) =>
        away ? Promise.reject(new NatsAway('down')) : Promise.resolve((late.push(subject), { seq: 1, duplicate: false })),
    };
    const { app } = intakeOf({ publisher });
    expect((await app.inject({ method: 'GET', url: `/r/${link}`, headers: { 'user-agent': safari } })).statusCode).toBe(302);
    away = false;
    await until(() => late.length === 1);
    expect(late[0]).toMatch(/^engagement\.email\.clicked\./);
  });
});

describe('unsubscribing', () => {
  test('GET shows a page with a button and unsubscribes nobody, whoever fetches it', async () => {
    const { app, published, optOuts } = intakeOf();
    const answer = await app.inject('/u/good');
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(answer.body).toMatch(/<form method="post">.*<button/s);
    expect(answer.body).toMatch(/<html lang="en">/);
    await app.inject({ method: 'HEAD', url: '/u/good' });
    await app.close();
    expect([published, optOuts.recorded]).toEqual([[], []]);
  });

  test.each([
    ['one click by the mail program', { 'content-type': 'application/x-www-form-urlencoded' }, 'List-Unsubscribe=One-Click'],
    [
      'one click as a multipart form',
      { 'content-type': 'multipart/form-data; boundary=b' },
      '--b\r\ncontent-disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--',
    ],
    ['the button', { 'content-type': 'application/x-www-form-urlencoded' }, ''],
    ['no body at all', {}, undefined],
  ])('POST unsubscribes: %s', async (_, headers, payload) => {
    const { app, published, optOuts } = intakeOf();
    const answer = await app.inject({ method: 'POST', url: '/u/good', headers, ...(payload === undefined ? {} : { payload }) });
    expect([answer.statusCode, answer.headers.location]).toEqual([200, undefined]);
    expect(optOuts.recorded).toMatchObject([{ who: { lead: 'ada' }, because: 'unsubscribed' }]);
    await until(() => published.length === 1);
    expect(published[0]?.event).toMatchObject({ type: 'email.unsubscribed', data: { who: { lead: 'ada' }, effect: 'e1.start.guide.1' } });
  });

  test('pressed twice it is one event', async () => {
    const { app, published } = intakeOf();
    await app.inject({ method: 'POST', url: '/u/good' });
    await app.inject({ method: 'POST', url: '/u/good' });
    await until(() => published.length === 2);
    expect(published[0]?.msgId).toBe(published[1]?.msgId);
  });

  test('it is not answered 200 unless the people store has it', async () => {
    const { app, published } = intakeOf({ optOuts: fakeOptOuts(() => true) });
    const answer = await app.inject({ method: 'POST', url: '/u/good' });
    expect([answer.statusCode, /Please try again/.test(answer.body)]).toEqual([503, true]);
    await app.close();
    expect(published).toEqual([]);
  });

  test('while NATS is away it still counts: the people store is what sends obey', async () => {
    let away = true;
    const publisher = { publish: () => (away ? Promise.reject(new NatsAway('down')) : Promise.resolve({ seq: 1, duplicate: false })) };
    const { app, optOuts } = intakeOf({ publisher });
    expect((await app.inject({ method: 'POST', url: '/u/good' })).statusCode).toBe(200);
    expect(optOuts.recorded).toHaveLength(1);
    away = false;
  });

  test('an unknown token is a page, not an error', async () => {
    const { app, optOuts } = intakeOf();
    expect([(await app.inject('/u/bad')).statusCode, (await app.inject({ method: 'POST', url: '/u/bad' })).statusCode]).toEqual([404, 404]);
    expect(optOuts.recorded).toEqual([]);
  });
});
