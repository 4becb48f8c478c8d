/** What an SMTP failure means for the mail: refused, unavailable or uncertain, and whose fault. Codes only: server texts hold addresses. Knows no connection. */
import type { MailResult } from '../ports';

/** An error as nodemailer's connection reports it. */
export type SmtpFault = {
  readonly code?: string;
  /** Three digits of the server's answer, where it answered. */
  readonly responseCode?: number;
  /** The server's whole answer. */
  readonly response?: string;
  /** The command that was answered: `RCPT TO`, `DATA`, `AUTH PLAIN`, `CONN`, ... */
  readonly command?: string;
};

const unavailable = (because: 'mail-server-away' | 'mail-deferred' | 'sender-at-fault'): MailResult => ({ as: 'unavailable', because });

/**
 * `begun`: the first byte of the message was handed to the socket. Without an answer everything after that is uncertain, because the
 * final dot may have reached the server; before it nothing can have been accepted.
 * Sources: RFC 5321 section 4.2, RFC 3463 (enhanced codes), Microsoft's 550 5.7.515 for senders without DMARC.
 */
export function verdictOf(fault: SmtpFault, begun: boolean): MailResult {
  const { responseCode } = fault;
  if (responseCode === undefined || responseCode < 400)
    return begun
      ? { as: 'uncertain', because: 'send-uncertain' }
      : unavailable(fault.code === 'EAUTH' ? 'sender-at-fault' : 'mail-server-away');
  if (fault.code === 'EAUTH' || fault.command?.startsWith('AUTH') === true) return unavailable('sender-at-fault');
  const says = fault.response ?? '';
  const status = /\b[45]\.(\d{1,3})\.(\d{1,3})\b/.exec(says);
  const enhanced = status === null ? undefined : { subject: Number(status[1]), detail: Number(status[2]) };
  return responseCode < 500 ? later(says, enhanced) : never(responseCode, says, enhanced, fault.command);
}

type Enhanced = { readonly subject: number; readonly detail: number } | undefined;

/** 4xx: nothing was sent and it may be tried again; a quota or a policy against us is ours to mend. */
function later(says: string, enhanced: Enhanced): MailResult {
  if (/gr[ea]y-?list/i.test(says)) return unavailable('mail-deferred');
  const ours = enhanced?.subject === 7 || /quota|rate.?limit|too many (messages|connections|recipients)|throttl/i.test(says);
  return unavailable(ours && enhanced?.subject !== 2 ? 'sender-at-fault' : 'mail-deferred');
}

/** 5xx: only a fault of the recipient's address is permanent; whatever may be about us must never suppress a person. */
function never(responseCode: number, says: string, enhanced: Enhanced, command: string | undefined): MailResult {
  if (command === 'MAIL FROM') return unavailable('sender-at-fault');
  if (enhanced !== undefined) {
    // X.1.7 and X.1.8 are about the sender's address; X.1.x otherwise the recipient's.
    if (enhanced.subject === 1 && enhanced.detail !== 7 && enhanced.detail !== 8)
      return { as: 'refused', because: 'address-refused', permanent: true };
    if (enhanced.subject === 2) return { as: 'refused', because: 'mailbox-refused', permanent: false };
    return unavailable('sender-at-fault');
  }
  if (/spam|polic|blocked|blacklist|reputation|spf|dkim|dmarc|authenticat|relay|not permitted|denied/i.test(says))
    return unavailable('sender-at-fault');
  const unknown =
    /(user|mailbox|recipient|address|account).{0,40}(unknown|not found|does ?n.t exist|does not exist|invalid|unavailable|rejected)|(unknown|no such|invalid) (user|mailbox|recipient|address|account)/i;
  if (responseCode === 550 && unknown.test(says)) return { as: 'refused', because: 'address-refused', permanent: true };
  return command === 'RCPT TO' ? { as: 'refused', because: 'mailbox-refused', permanent: false } : unavailable('sender-at-fault');
}
