/** A real SMTP server for whole-engine tests: keeps what it took, can answer late, and can shut its door and open it again at the same address. */
import type { Socket } from 'node:net';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';
import { freePort } from '../../worker/dev-stack/ports';
import { readMail } from '../../worker/demo/mail-text';

export type HeldMail = {
  readonly messageId: string;
  /** From `X-Ripen-Touch`, in mails to reps `X-Ripen-Hand-Off`. */
  readonly leadId: string;
  readonly effect: string;
  /** Content id; empty in mails to reps. */
  readonly content: string;
  readonly to: string;
  /** Rep id, only in mails to reps. */
  readonly rep?: string;
  /** Path of the unsubscribe address, `/u/<token>`. */
  readonly wayOut?: string;
  readonly raw: string;
  /** MAIL FROM arrived, real clock. */
  readonly begunAt: number;
};

export type Mailbox = {
  readonly url: string;
  /** In order of arrival, repeats too: a mail counts from its last byte on, whether or not the sender hears the answer. */
  readonly mails: readonly HeldMail[];
  /** Answers the end of each mail only after so long. */
  answerAfter(ms: number): void;
  /** Connections are refused from now on. */
  shut(): Promise<void>;
  open(): Promise<void>;
};

type Connections = { readonly connections: ReadonlySet<{ readonly _socket: Socket }> };

export async function startMailbox(): Promise<Mailbox> {
  const port = await freePort();
  const mails: HeldMail[] = [];
  let answerMs = 0;
  let server: SMTPServer | undefined;

  const serverOf = (): SMTPServer => {
    const begun = new Map<string, number>();
    const fresh = new SMTPServer({
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      logger: false,
      onMailFrom(_address, session, answer) {
        begun.set(session.id, Date.now());
        answer();
      },
      onData(stream, session, answer) {
        const to = session.envelope.rcptTo[0]?.address.toLowerCase() ?? '';
        readAll(stream).then((raw) => {
          mails.push(heldMail(raw, to, begun.get(session.id) ?? 0));
          setTimeout(answer, answerMs);
        }, answer);
      },
    });
    // A client that breaks off is the client's affair.
    fresh.on('error', () => undefined);
    return fresh;
  };
  const mailbox: Mailbox = {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    answerAfter: (ms) => void (answerMs = ms),
    async shut() {
      const old = server;
      server = undefined;
      if (old === undefined) return;
      const closed = new Promise<void>((resolve) => void old.close(() => resolve()));
      for (const { _socket } of (old as unknown as Connections).connections) _socket.destroy();
      await closed;
    },
    async open() {
      const fresh = serverOf();
      await new Promise<void>((resolve, reject) => void fresh.listen(port, '127.0.0.1', resolve).once('error', reject));
      server = fresh;
    },
  };
  await mailbox.open();
  return mailbox;
}

async function readAll(stream: SMTPServerDataStream): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

function heldMail(raw: Buffer, to: string, begunAt: number): HeldMail {
  const { headers } = readMail(raw);
  const [leadId = '', effect = ''] = (headers.get('x-ripen-touch') ?? headers.get('x-ripen-hand-off') ?? '').split('/');
  const rep = headers.get('x-ripen-rep');
  const wayOut = /<https?:\/\/[^/]+(\/u\/[^>]+)>/.exec(headers.get('list-unsubscribe') ?? '')?.[1];
  return {
    messageId: headers.get('message-id') ?? '',
    leadId,
    effect,
    content: (headers.get('x-ripen-content') ?? '').split('@')[0] ?? '',
    to,
    ...(rep === undefined ? {} : { rep }),
    ...(wayOut === undefined ? {} : { wayOut }),
    raw: raw.toString('latin1'),
    begunAt,
  };
}
