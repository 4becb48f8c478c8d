/** A mailer for tests: keeps the mails it takes and fails as told, with the same answers as the one over SMTP. */
import type { Mail, Mailer, MailResult } from '../ports';

/** What the imagined server does to mails for one address. `lost-answer`: takes the mail and says nothing. */
export type MailFault = 'unknown-mailbox' | 'come-back-later' | 'sender-blocked' | 'lost-answer' | 'away';

const resultOf: Readonly<Record<MailFault, MailResult>> = {
  'unknown-mailbox': { as: 'refused', because: 'address-refused', permanent: true },
  'come-back-later': { as: 'unavailable', because: 'mail-deferred' },
  'sender-blocked': { as: 'unavailable', because: 'sender-at-fault' },
  'lost-answer': { as: 'uncertain', because: 'send-uncertain' },
  away: { as: 'unavailable', because: 'mail-server-away' },
};

export type MemoryMailer = Mailer & {
  /** Everything the imagined server holds, in order. */
  readonly mails: readonly Mail[];
  /** From now on for this address; `undefined` = takes mails again. */
  fail(address: string, fault: MailFault | undefined): void;
};

export function memoryMailer(): MemoryMailer {
  const mails: Mail[] = [];
  const faults = new Map<string, MailFault>();
  return {
    mails,
    fail: (address, fault) => void (fault === undefined ? faults.delete(address) : faults.set(address, fault)),
    send(mail) {
      const fault = faults.get(mail.to);
      if (fault === undefined || fault === 'lost-answer') mails.push(mail);
      return Promise.resolve(fault === undefined ? { as: 'sent' } : resultOf[fault]);
    },
  };
}
