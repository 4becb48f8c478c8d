import { NatsAway } from '../../events/ports';
import { eventOf, fakeOptOuts } from './fakes';
import { closeIntakes, intakeOf, json } from './intake-fixture';

afterEach(closeIntakes);

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
      headers: { ...json, 'content-type': 'application/cloudevents-batch+json' },
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
