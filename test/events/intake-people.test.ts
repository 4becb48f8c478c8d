import { NatsAway } from '../../events/ports';
import { parseEvent, strip } from '../../events/strip';
import { fakeOptOuts, secret, until } from './fakes';
import { closeIntakes, intakeOf, safari, link } from './intake-fixture';

afterEach(closeIntakes);

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
