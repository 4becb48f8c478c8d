/** The demo's mail server takes, refuses and greylists over real SMTP, and keeps what it took. */
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { startReceiver, type Receiver, type Verdict } from '../../worker/demo/receiver';

const verdicts: Readonly<Record<string, Verdict>> = { 'gone@skagen.example': 'refuse', 'wary@skagen.example': 'greylist' };

describe('the demo mail server', () => {
  let folder: string;
  let receiver: Receiver;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ripen-receiver-'));
    receiver = await startReceiver({ folder: join(folder, 'mails'), verdict: (address) => verdicts[address] ?? 'take' });
  });
  afterAll(async () => {
    await receiver.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const send = (to: string, messageId: string, headers: Readonly<Record<string, string>> = {}) =>
    createTransport({ url: receiver.url, ignoreTLS: true }).sendMail({
      from: 'Ines at Trellis <ines@trellis.example>',
      to,
      messageId,
      subject: 'Für Søren: ein langer Betreff mit Umlauten, damit er gefaltet und kodiert wird — さくら',
      html: `<p>Hej</p><a class="x" href="http://127.0.0.1:8080/c/abc?x=1&amp;y=2">læs</a><p>${'ord '.repeat(60)}</p>`,
      text: 'Hej',
      headers:
        headers['X-Ripen-Rep'] === undefined
          ? { 'X-Ripen-Touch': 'lead-1/e1.awareness.welcome.1', 'X-Ripen-Content': 'welcome@1#0011', ...headers }
          : headers,
    });
  const refusal = (attempt: Promise<unknown>) =>
    attempt.then(
      () => undefined,
      (error: { responseCode?: number; response?: string }) => error,
    );

  it('keeps a mail as a file and knows what it is, for whom and where its links lead', async () => {
    const before = receiver.mails.length;
    await send('soren@skagen.example', '<a@ripen.example>', {
      'List-Unsubscribe': '<http://127.0.0.1:8080/u/tok>',
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    });
    const mail = receiver.mails[before];
    expect(mail).toMatchObject({
      messageId: '<a@ripen.example>',
      leadId: 'lead-1',
      effect: 'e1.awareness.welcome.1',
      content: 'welcome@1#0011',
      to: 'soren@skagen.example',
      subject: 'Für Søren: ein langer Betreff mit Umlauten, damit er gefaltet und kodiert wird — さくら',
      links: ['http://127.0.0.1:8080/c/abc?x=1&y=2'],
      unsubscribe: 'http://127.0.0.1:8080/u/tok',
      oneClick: true,
    });
    expect(mail?.rep).toBeUndefined();
    expect(await readFile(mail?.file ?? '', 'utf8')).toContain('X-Ripen-Touch: lead-1/e1.awareness.welcome.1');
    expect(await readdir(receiver.folder)).toContain('00001-welcome-soren@skagen.example.eml');
  });

  it('tells mails to reps from mails to leads', async () => {
    await send('ana@sales.trellis.example', '<rep@ripen.example>', { 'X-Ripen-Rep': 'r1', 'X-Ripen-Hand-Off': 'lead-1/h1.offer.1' });
    expect(receiver.mails.at(-1)).toMatchObject({ rep: 'r1', leadId: 'lead-1', effect: 'h1.offer.1' });
  });

  it('tells whoever listens, after the mail is on disk', async () => {
    const heard: string[] = [];
    receiver.onMail((mail) => void heard.push(mail.messageId));
    await send('mette@skagen.example', '<b@ripen.example>');
    expect(heard).toEqual(['<b@ripen.example>']);
  });

  it('refuses a mailbox that is gone with 550 5.1.1 and keeps nothing of it', async () => {
    const before = receiver.mails.length;
    const error = await refusal(send('gone@skagen.example', '<c@ripen.example>'));
    expect(error?.responseCode).toBe(550);
    expect(error?.response).toContain('5.1.1');
    expect([...receiver.refused]).toEqual(['gone@skagen.example']);
    expect(receiver.mails.length).toBe(before);
  });

  it('greylists once with 451 and takes the second attempt', async () => {
    expect((await refusal(send('wary@skagen.example', '<d@ripen.example>')))?.responseCode).toBe(451);
    await send('wary@skagen.example', '<d@ripen.example>');
    expect(receiver.mails.filter(({ messageId }) => messageId === '<d@ripen.example>')).toHaveLength(1);
  });

  it('keeps a repeated mail twice, so that a comparison can see it', async () => {
    await send('twice@skagen.example', '<e@ripen.example>');
    await send('twice@skagen.example', '<e@ripen.example>');
    expect(receiver.mails.filter(({ messageId }) => messageId === '<e@ripen.example>')).toHaveLength(2);
  });
});
