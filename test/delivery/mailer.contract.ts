/** What every mailer does, real or imagined. */
import type { Mail, Mailer } from '../../activities/ports';
import type { MailFault } from '../../activities/adapters/memory-mailer';

export type MailerWorld = {
  readonly mailer: Mailer;
  /** Message-IDs the server holds for this address. */
  held(address: string): readonly string[];
  fail(address: string, fault: MailFault | undefined): Promise<void> | void;
};

export const mailTo = (to: string, over: Partial<Mail> = {}): Mail => ({
  messageId: '<1234@ripen.example>',
  to,
  from: 'Ada at Ripen <ada@ripen.example>',
  subject: 'Why plans slip on Wednesdays',
  html: '<p>Hello</p>',
  text: 'Hello',
  headers: { 'X-Ripen-Touch': 'lead1/e1.learn.welcome.1', 'X-Ripen-Content': 'welcome@1#0123456789ab' },
  ...over,
});

export function mailerContract(open: () => MailerWorld): void {
  const to = 'nadia@alderpike.example';

  test('a mail that the server takes is sent, under its own Message-ID', async () => {
    const { mailer, held } = open();
    expect(await mailer.send(mailTo(to))).toEqual({ as: 'sent' });
    expect(held(to)).toEqual(['<1234@ripen.example>']);
  });

  test('a mailbox that does not exist refuses for good, and nothing arrives', async () => {
    const { mailer, held, fail } = open();
    await fail(to, 'unknown-mailbox');
    expect(await mailer.send(mailTo(to))).toEqual({ as: 'refused', because: 'address-refused', permanent: true });
    expect(held(to)).toEqual([]);
  });

  test('a server that asks us to come back later has not taken the mail', async () => {
    const { mailer, held, fail } = open();
    await fail(to, 'come-back-later');
    expect(await mailer.send(mailTo(to))).toEqual({ as: 'unavailable', because: 'mail-deferred' });
    expect(held(to)).toEqual([]);
    await fail(to, undefined);
    expect(await mailer.send(mailTo(to))).toEqual({ as: 'sent' });
  });

  test('a server that refuses us, not the person, never counts against the person', async () => {
    const { mailer, fail } = open();
    await fail(to, 'sender-blocked');
    expect(await mailer.send(mailTo(to))).toEqual({ as: 'unavailable', because: 'sender-at-fault' });
  });

  test('when the answer to a whole mail is lost, nobody can say whether it went', async () => {
    const { mailer, held, fail } = open();
    await fail(to, 'lost-answer');
    expect(await mailer.send(mailTo(to))).toEqual({ as: 'uncertain', because: 'send-uncertain' });
    expect(held(to)).toHaveLength(1);
  });

  test('a server that is away has certainly not taken the mail', async () => {
    const { mailer, held, fail } = open();
    await fail(to, 'away');
    expect(await mailer.send(mailTo(to))).toEqual({ as: 'unavailable', because: 'mail-server-away' });
    expect(held(to)).toEqual([]);
  });
}
