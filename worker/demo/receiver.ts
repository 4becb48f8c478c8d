/** The demo's mail server: takes every mail over real SMTP, keeps it as an .eml file and an index of what it holds. Knows no engine. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { readMail } from './mail-text';

/** What the server says to RCPT: taken, no such mailbox (550 5.1.1), or come back later (451 4.7.1, once an address). */
export type Verdict = 'take' | 'refuse' | 'greylist';

export type Mail = {
  readonly messageId: string;
  /** Who the engine says it is about: lead and effect, from `X-Ripen-Touch`, in mails to reps `X-Ripen-Hand-Off`. */
  readonly leadId?: string;
  readonly effect?: string;
  /** `id@version#digest`, from `X-Ripen-Content`. */
  readonly content?: string;
  /** Rep id, from `X-Ripen-Rep`; only mails to reps have it. */
  readonly rep?: string;
  readonly to: string;
  readonly subject: string;
  readonly links: readonly string[];
  /** The https or http address of `List-Unsubscribe`. */
  readonly unsubscribe?: string;
  /** The header that allows one click without a page, RFC 8058. */
  readonly oneClick: boolean;
  /** Real clock. */
  readonly receivedAt: number;
  readonly file: string;
};

export type Receiver = {
  readonly url: string;
  readonly folder: string;
  /** Every mail taken, in order of arrival, repeats too. */
  readonly mails: readonly Mail[];
  /** Recipients refused for good, once each. */
  readonly refused: ReadonlySet<string>;
  /** Recipients sent away once. */
  readonly greylisted: ReadonlySet<string>;
  onMail(tell: (mail: Mail) => void): void;
  stop(): Promise<void>;
};

export type ReceiverOptions = { readonly folder: string; readonly verdict?: (address: string) => Verdict; readonly port?: number };

export async function startReceiver({ folder, verdict = () => 'take', port = 0 }: ReceiverOptions): Promise<Receiver> {
  await mkdir(folder, { recursive: true });
  const mails: Mail[] = [];
  const refused = new Set<string>();
  const greylisted = new Set<string>();
  const tellers: ((mail: Mail) => void)[] = [];
  let taken = 0;

  const keep = async (raw: Buffer, session: SMTPServerSession): Promise<void> => {
    const to = session.envelope.rcptTo.map((recipient) => recipient.address.toLowerCase()).join(',');
    taken += 1;
    const mail = mailOf(raw, to, join(folder, fileName(taken, raw, to)));
    await writeFile(mail.file, raw);
    mails.push(mail);
    for (const tell of tellers) tell(mail);
  };

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onRcptTo({ address }, _session, answer) {
      const known = address.toLowerCase();
      const says = verdict(known);
      if (says === 'refuse') {
        refused.add(known);
        return answer(refusal(550, '5.1.1', 'no such mailbox here'));
      }
      if (says === 'greylist' && !greylisted.has(known)) {
        greylisted.add(known);
        return answer(refusal(451, '4.7.1', 'greylisted, please come back later'));
      }
      return answer();
    },
    onData(stream, session, answer) {
      readAll(stream)
        .then((raw) => keep(raw, session))
        .then(() => answer(), answer);
    },
  });
  // A client that breaks off is the client's affair; the mail was not taken.
  server.on('error', () => undefined);
  await new Promise<void>((resolve, reject) => server.listen(port, '127.0.0.1', resolve).once('error', reject));
  const { port: bound } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${bound}`,
    folder,
    mails,
    refused,
    greylisted,
    onMail: (tell) => void tellers.push(tell),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

const refusal = (responseCode: number, code: string, says: string): Error => Object.assign(new Error(`${code} ${says}`), { responseCode });

async function readAll(stream: SMTPServerDataStream): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** `0007-pricing-ada@example.org.eml`: in order of arrival, readable in a listing. */
function fileName(n: number, raw: Buffer, to: string): string {
  const headers = readMail(raw).headers;
  const what = headers.get('x-ripen-rep') !== undefined ? 'to-rep' : (headers.get('x-ripen-content')?.split('@')[0] ?? 'mail');
  return `${String(n).padStart(5, '0')}-${what}-${to}.eml`.replaceAll(/[^\w.@+,-]/g, '_');
}

function mailOf(raw: Buffer, to: string, file: string): Mail {
  const { headers, links } = readMail(raw);
  const touch = headers.get('x-ripen-touch') ?? headers.get('x-ripen-hand-off');
  const slash = touch?.indexOf('/') ?? -1;
  const content = headers.get('x-ripen-content');
  const rep = headers.get('x-ripen-rep');
  const unsubscribe = /<(https?:[^>]+)>/.exec(headers.get('list-unsubscribe') ?? '')?.[1];
  return {
    messageId: headers.get('message-id') ?? '',
    ...(touch === undefined || slash < 1 ? {} : { leadId: touch.slice(0, slash), effect: touch.slice(slash + 1) }),
    ...(content === undefined ? {} : { content }),
    ...(rep === undefined ? {} : { rep }),
    to,
    subject: headers.get('subject') ?? '',
    links,
    ...(unsubscribe === undefined ? {} : { unsubscribe }),
    oneClick: (headers.get('list-unsubscribe-post') ?? '').includes('One-Click'),
    receivedAt: Date.now(),
    file,
  };
}
