/** One connection to a mail server, and one mail over it with certainty whether its body was begun. Knows no pool and no policy. */
import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { MailResult } from '../ports';
import { verdictOf, type SmtpFault } from './smtp-verdict';

export type SmtpTimeouts = {
  /** Until the connection stands, and again until the server greets. */
  readonly connectMs: number;
  /** Without a sign of life from the server. */
  readonly silenceMs: number;
  /** The whole call with its wait for a free line; the send's lease must be longer. */
  readonly callMs: number;
};

export type SmtpServer = {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (smtps); else STARTTLS where the server offers it. */
  readonly secure: boolean;
  readonly auth?: { readonly user: string; readonly pass: string };
  /** What we call ourselves in EHLO. */
  readonly name?: string;
};

export type Envelope = { readonly from: string; readonly to: string };

export type Line = {
  /** Never rejects. After anything but `sent` the line is closed. */
  send(
    envelope: Envelope,
    message: Buffer,
    deadlineMs: number,
  ): Promise<{ readonly result: MailResult; /** A 4xx, 5xx or nothing at all. */ readonly answered: boolean }>;
  readonly open: () => boolean;
  close(): void;
};

/** The line, or why there is none; nothing was sent in that case. */
export async function openLine(server: SmtpServer, timeouts: SmtpTimeouts): Promise<Line | { readonly failed: MailResult }> {
  const { host, port, secure, auth, name } = server;
  const connection = new SMTPConnection({
    host,
    port,
    secure,
    ...(name === undefined ? {} : { name }),
    connectionTimeout: timeouts.connectMs,
    greetingTimeout: timeouts.connectMs,
    socketTimeout: timeouts.silenceMs,
    logger: false,
  });
  try {
    await new Promise<void>((resolve, reject) => {
      const next = (then: () => void) => (error?: Error | null) => (error === undefined || error === null ? then() : reject(error));
      connection.once('error', reject);
      connection.once('end', () => reject(new Error('the server ended the session')));
      connection.connect(next(() => (auth === undefined ? resolve() : connection.login({ credentials: auth }, next(resolve)))));
    });
  } catch (error) {
    connection.close();
    return { failed: verdictOf(error as SmtpFault, false) };
  }
  return lineOver(connection);
}

function lineOver(connection: SMTPConnection): Line {
  let open = true;
  const ended = (): void => void (open = false);
  // An error also reaches the callback of the send under way; on an idle line it only closes it.
  connection.on('error', ended);
  connection.on('end', ended);
  return {
    open: () => open && !connection.destroyed,
    close: () => {
      open = false;
      connection.close();
    },
    send: (envelope, message, deadlineMs) =>
      new Promise((resolve) => {
        let begun = false;
        const body = new Readable({
          read() {
            begun = true;
            this.push(message);
            this.push(null);
          },
        });
        const end = (fault: SmtpFault | undefined): void => {
          clearTimeout(timer);
          if (fault === undefined) return resolve({ result: { as: 'sent' }, answered: true });
          ended();
          connection.close();
          resolve({ result: verdictOf(fault, begun), answered: fault.responseCode !== undefined });
        };
        const timer = setTimeout(() => end({ code: 'ETIMEDOUT' }), deadlineMs);
        connection.send({ from: envelope.from, to: [envelope.to], size: message.length }, body, (error) =>
          end(error === null ? undefined : (error as SmtpFault)),
        );
      }),
  };
}
