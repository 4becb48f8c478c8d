import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { authenticate } from 'mailauth';
import { smtpMailer, type SmtpOptions } from '../../activities/adapters/smtp-mailer';
import type { MailFault } from '../../activities/adapters/memory-mailer';
import { mailerContract, mailTo } from './mailer.contract';
import { startSink, type Sink, type SinkFault } from './smtp-sink';

const nadia = 'nadia@alderpike.example';
const open: { close(): unknown }[] = [];
let sink: Sink;
const mailer = (options: Partial<SmtpOptions> = {}) => {
  const made = smtpMailer({ url: sink.url, ...options });
  open.push(made);
  return made;
};
const messageIds = (address: string): readonly string[] =>
  sink.mails.filter(({ to }) => to === address).map(({ raw }) => /^message-id: (.*)$/im.exec(raw)?.[1]?.trim() ?? '');

beforeEach(async () => {
  sink = await startSink();
});
afterEach(async () => {
  for (const each of open.splice(0)) each.close();
  await sink.stop();
});

describe('the mailer over SMTP', () => {
  const faults: Readonly<Record<Exclude<MailFault, 'away'>, SinkFault>> = {
    'unknown-mailbox': { at: 'rcpt', code: 550, says: '5.1.1 no such mailbox here' },
    'come-back-later': { at: 'rcpt', code: 451, says: '4.7.1 greylisted, please come back later' },
    'sender-blocked': {
      at: 'data',
      code: 550,
      says: '5.7.515 Access denied, sending domain does not meet the required authentication level',
    },
    'lost-answer': { at: 'drop-after-data', keeps: true },
  };
  mailerContract(() => ({
    mailer: mailer(),
    held: messageIds,
    fail: async (address, fault) => (fault === 'away' ? sink.stop() : sink.fail(address, fault === undefined ? undefined : faults[fault])),
  }));
});

describe('faults of a mail server', () => {
  test.each<[string, SinkFault, object]>([
    [
      '550 without a code, but saying that the user is unknown',
      { at: 'rcpt', code: 550, says: 'User unknown' },
      { as: 'refused', because: 'address-refused', permanent: true },
    ],
    [
      'a full mailbox',
      { at: 'rcpt', code: 552, says: '5.2.2 mailbox full' },
      { as: 'refused', because: 'mailbox-refused', permanent: false },
    ],
    [
      'a policy against us at RCPT',
      { at: 'rcpt', code: 554, says: '5.7.1 blocked by policy' },
      { as: 'unavailable', because: 'sender-at-fault' },
    ],
    [
      'a bad sender address',
      { at: 'rcpt', code: 553, says: '5.1.8 sender domain not found' },
      { as: 'unavailable', because: 'sender-at-fault' },
    ],
    ['our quota', { at: 'rcpt', code: 452, says: '4.3.1 sending quota exceeded' }, { as: 'unavailable', because: 'sender-at-fault' }],
    [
      'a mailbox refused after the whole mail',
      { at: 'data', code: 550, says: '5.1.1 no such mailbox' },
      { as: 'refused', because: 'address-refused', permanent: true },
    ],
    [
      'spam suspected after the whole mail',
      { at: 'data', code: 554, says: 'looks like spam' },
      { as: 'unavailable', because: 'sender-at-fault' },
    ],
    [
      'a temporary fault after the whole mail',
      { at: 'data', code: 451, says: '4.3.0 try again' },
      { as: 'unavailable', because: 'mail-deferred' },
    ],
    ['a connection that breaks before the mail was begun', { at: 'drop-rcpt' }, { as: 'unavailable', because: 'mail-server-away' }],
    [
      'a connection that breaks after the mail and before its answer',
      { at: 'drop-after-data' },
      { as: 'uncertain', because: 'send-uncertain' },
    ],
  ])('%s', async (_, fault, result) => {
    sink.fail(nadia, fault);
    expect(await mailer().send(mailTo(nadia))).toEqual(result);
    expect(sink.mails).toEqual([]);
  });

  test('wrong credentials are our own fault', async () => {
    const guarded = await startSink({ user: 'ripen', pass: 'right' });
    open.push({ close: () => guarded.stop() });
    expect(await mailer({ url: guarded.url.replace('right', 'wrong') }).send(mailTo(nadia))).toEqual({
      as: 'unavailable',
      because: 'sender-at-fault',
    });
    expect(await mailer({ url: guarded.url }).send(mailTo(nadia))).toEqual({ as: 'sent' });
  });

  test('a server that takes the mail and answers too late leaves it uncertain', async () => {
    sink.fail(nadia, { at: 'slow', ms: 5_000 });
    expect(await mailer({ timeouts: { callMs: 300 } }).send(mailTo(nadia))).toEqual({ as: 'uncertain', because: 'send-uncertain' });
  });

  test('a server that never greets has certainly taken nothing', async () => {
    const mute = createServer();
    await new Promise<void>((resolve) => void mute.listen(0, '127.0.0.1', resolve));
    open.push({ close: () => mute.close() });
    const url = `smtp://127.0.0.1:${(mute.address() as AddressInfo).port}`;
    expect(await mailer({ url, timeouts: { connectMs: 100 } }).send(mailTo(nadia))).toEqual({
      as: 'unavailable',
      because: 'mail-server-away',
    });
  });
});

describe('lines kept open', () => {
  test('mails one after another share a connection', async () => {
    const one = mailer();
    for (let n = 0; n < 5; n += 1) await one.send(mailTo(nadia, { messageId: `<${n}@ripen.example>` }));
    expect(sink.mails).toHaveLength(5);
    expect(sink.connections()).toBe(1);
  });

  test('no more connections than lines, and every mail goes', async () => {
    const one = mailer({ lines: 3 });
    const results = await Promise.all(Array.from({ length: 30 }, (_, n) => one.send(mailTo(nadia, { messageId: `<${n}@ripen.example>` }))));
    expect(new Set(results.map(({ as }) => as))).toEqual(new Set(['sent']));
    expect(new Set(messageIds(nadia)).size).toBe(30);
    expect(sink.connections()).toBe(3);
  });

  test('a line the server closed while it rested costs no mail', async () => {
    const one = mailer();
    await one.send(mailTo(nadia));
    sink.dropIdle();
    expect(await one.send(mailTo(nadia, { messageId: '<2@ripen.example>' }))).toEqual({ as: 'sent' });
    expect(messageIds(nadia)).toEqual(['<1234@ripen.example>', '<2@ripen.example>']);
  });

  test('who waits longer for a free line than the call may take is told that nothing was sent', async () => {
    sink.fail(nadia, { at: 'slow', ms: 10_000 });
    const one = mailer({ lines: 1, timeouts: { callMs: 400 } });
    const results = await Promise.all([one.send(mailTo(nadia)), one.send(mailTo('tom@alderpike.example'))]);
    expect(results).toEqual([
      { as: 'uncertain', because: 'send-uncertain' },
      { as: 'unavailable', because: 'mail-server-away' },
    ]);
  });
});

test('the signature covers both unsubscribe headers, so one-click unsubscribe counts', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const dkim = { domain: 'ripen.example', selector: 's1', privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
  const headers = {
    'List-Unsubscribe': '<https://ripen.example/u/abc>, <mailto:ada@ripen.example>',
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  };
  await mailer({ dkim }).send(mailTo(nadia, { headers }));
  const raw = Buffer.from(sink.mails[0]?.raw ?? '', 'latin1');
  const key = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  const { dkim: verified } = await authenticate(raw, {
    ip: '127.0.0.1',
    helo: 'ripen.example',
    sender: 'ada@ripen.example',
    resolver: (name: string, type: string) =>
      name === 's1._domainkey.ripen.example' && type === 'TXT'
        ? Promise.resolve([[`v=DKIM1; k=rsa; p=${key}`]])
        : Promise.reject(Object.assign(new Error('not found'), { code: 'ENOTFOUND' })),
  });
  const [signature] = verified.results;
  expect(signature?.status.result).toBe('pass');
  // mailauth's types leave out what it says of the headers signed.
  const { signingHeaders } = signature as unknown as { readonly signingHeaders: { readonly keys: string } };
  expect(signingHeaders.keys.toLowerCase().split(/:\s*/)).toEqual(expect.arrayContaining(['list-unsubscribe', 'list-unsubscribe-post']));
});

test('a calendar entry goes along as text/calendar and says its method', async () => {
  await mailer().send(mailTo(nadia, { calendar: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n' }));
  const raw = sink.mails[0]?.raw ?? '';
  expect(raw).toMatch(/^Content-Type: text\/calendar; charset=utf-8; method=PUBLISH/im);
  expect(raw).toContain('filename=invite.ics');
  expect(raw).toContain(Buffer.from('BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n').toString('base64'));
});
