/** Mails are signed with the key of the configuration, as a receiver checks it; a key that cannot sign is named before any mail goes. */
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { authenticate } from 'mailauth';
import { ConfigError, readConfig } from '../../worker/config';
import { openMailer } from '../../worker/mailer';
import { startSink, type Sink } from '../delivery/smtp-sink';

let sink: Sink;
let folder: string;
beforeEach(async () => {
  sink = await startSink();
  folder = mkdtempSync(join(tmpdir(), 'ripen-dkim-'));
});
afterEach(async () => {
  await sink.stop();
  rmSync(folder, { recursive: true });
});

const pem = (key: { export(options: { type: 'pkcs8'; format: 'pem' }): string | Buffer }): string =>
  key.export({ type: 'pkcs8', format: 'pem' }).toString();
function configOf(key: string | undefined) {
  const file = join(folder, 'dkim.pem');
  if (key !== undefined) writeFileSync(file, key);
  return readConfig({
    TEMPORAL_ADDRESS: '127.0.0.1:7233',
    NATS_URL: 'nats://127.0.0.1:4222',
    DATABASE_URL: 'postgres://127.0.0.1/ripen',
    SMTP_URL: sink.url,
    DKIM_DOMAIN: 'ripen.example',
    DKIM_SELECTOR: 's1',
    DKIM_KEY_FILE: file,
  });
}

test('a mail passes DKIM at the receiver under the configured domain and selector', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const mailer = openMailer(configOf(pem(privateKey)));
  const mail = {
    messageId: '<1@ripen.example>',
    to: 'asha@example.com',
    from: 'ada@ripen.example',
    subject: 'Hi',
    html: '<p>Hi</p>',
    text: 'Hi',
    headers: {},
  };
  expect(await mailer.send(mail)).toEqual({ as: 'sent' });
  mailer.close();
  const record = `v=DKIM1; k=rsa; p=${publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`;
  const check = async (raw: string) => {
    const { dkim } = await authenticate(Buffer.from(raw, 'latin1'), {
      ip: '127.0.0.1',
      helo: 'ripen.example',
      sender: 'ada@ripen.example',
      resolver: async (name: string) => {
        if (name === 's1._domainkey.ripen.example') return [[record]];
        throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' });
      },
    });
    return dkim.results.map(({ signingDomain, selector, status }) => [signingDomain, selector, status.result]);
  };
  const raw = sink.mails[0]?.raw ?? '';
  expect(await check(raw)).toEqual([['ripen.example', 's1', 'pass']]);
  expect(await check(raw.replace('Subject: Hi', 'Subject: Ho'))).toEqual([['ripen.example', 's1', 'fail']]);
});

test.each([
  ['is not there', () => undefined, 'cannot be read'],
  ['is no key', () => 'hello', 'must hold a private RSA key'],
  ['is of another kind', () => pem(generateKeyPairSync('ed25519').privateKey), 'must hold a private RSA key'],
  ['is too short', () => pem(generateKeyPairSync('rsa', { modulusLength: 768 }).privateKey), 'at least 1024 bits; this one has 768'],
])('a key that %s is a wrong setting', (_, key, says) => {
  const open = () => openMailer(configOf(key()));
  expect(open).toThrow(ConfigError);
  expect(open).toThrow(says);
});
