/** Mails over SMTP: composed and signed by nodemailer, sent over a few lines kept open. Every failure is an answer, never thrown. Knows no lead. */
import DKIM from 'nodemailer/lib/dkim';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { Mail, Mailer, MailResult } from '../ports';
import { openLine, type Line, type SmtpServer, type SmtpTimeouts } from './smtp-line';

export type DkimKey = { readonly domain: string; readonly selector: string; /** PEM. */ readonly privateKey: string };
export type SmtpOptions = {
  /** `smtp://user:password@host:port` or `smtps://...`. */
  readonly url: string;
  readonly dkim?: DkimKey;
  readonly timeouts?: Partial<SmtpTimeouts>;
  /** Mails under way at once; more wait. */
  readonly lines?: number;
};

const usualTimeouts: SmtpTimeouts = { connectMs: 10_000, silenceMs: 30_000, callMs: 60_000 };
/** Idle lines are closed before servers do it (RFC 5321 lets them after five minutes, many do it after one). */
const idleMs = 20_000;
/** Some servers end a session after a hundred mails. */
const mostPerLine = 90;

/** nodemailer's own list leaves out `list-unsubscribe-post`, without which one-click unsubscribe does not count (RFC 8058 section 4). */
const signedHeaders =
  'From:Sender:Reply-To:Subject:Date:Message-ID:To:Cc:MIME-Version:Content-Type:Content-Transfer-Encoding:In-Reply-To:References:' +
  'List-Id:List-Unsubscribe:List-Unsubscribe-Post:Feedback-ID:X-Ripen-Touch:X-Ripen-Content';

const tooLate = { result: { as: 'unavailable', because: 'mail-server-away' }, answered: true } as const;

type Kept = { readonly line: Line; used: number; idle?: NodeJS.Timeout };

/** `close` ends idle lines; mails under way end by themselves. */
export function smtpMailer(options: SmtpOptions): Mailer & { close(): void } {
  const server = serverOf(options.url);
  const timeouts = { ...usualTimeouts, ...options.timeouts };
  const slots = semaphore(options.lines ?? 10);
  const idle: Kept[] = [];

  const rest = (kept: Kept): void => {
    if (!kept.line.open() || kept.used >= mostPerLine) return kept.line.close();
    kept.idle = setTimeout(() => {
      idle.splice(idle.indexOf(kept), 1);
      kept.line.close();
    }, idleMs);
    kept.idle.unref();
    idle.push(kept);
  };
  const wake = (): Kept | undefined => {
    for (let kept = idle.pop(); kept !== undefined; kept = idle.pop()) {
      clearTimeout(kept.idle);
      if (kept.line.open()) return kept;
    }
    return undefined;
  };
  const over = async (kept: Kept, mail: Composed, deadline: number): ReturnType<Line['send']> => {
    kept.used += 1;
    const left = deadline - performance.now();
    // Begun with hardly any time left, a mail would end uncertain for no fault of the server.
    const late = left < timeouts.callMs / 10;
    const sent = late ? tooLate : await kept.line.send(mail.envelope, mail.message, left);
    rest(kept);
    return sent;
  };
  const call = async (mail: Composed, deadline: number): Promise<MailResult> => {
    const old = wake();
    if (old !== undefined) {
      const { result, answered } = await over(old, mail, deadline);
      // The server had closed the idle line; nothing of the mail was begun, so a fresh line is safe.
      if (result.as !== 'unavailable' || answered) return result;
    }
    const line = await openLine(server, timeouts);
    if ('failed' in line) return line.failed;
    return (await over({ line, used: 0 }, mail, deadline)).result;
  };

  return {
    async send(mail) {
      const deadline = performance.now() + timeouts.callMs;
      const composed = await compose(mail, options.dkim);
      const leave = await slots.enter(timeouts.callMs);
      if (leave === undefined) return { as: 'unavailable', because: 'mail-server-away' };
      try {
        return await call(composed, deadline);
      } finally {
        leave();
      }
    },
    close() {
      for (let kept = wake(); kept !== undefined; kept = wake()) kept.line.close();
    },
  };
}

export function serverOf(url: string): SmtpServer {
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === 'smtps:';
  const auth = username === '' ? {} : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } };
  return { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? (secure ? 465 : 587) : Number(port), secure, ...auth };
}

type Composed = { readonly envelope: { readonly from: string; readonly to: string }; readonly message: Buffer };

async function compose(mail: Mail, dkim: DkimKey | undefined): Promise<Composed> {
  const { messageId, to, from, replyTo, subject, html, text, headers, calendar } = mail;
  const node = new MailComposer({
    messageId,
    to,
    from,
    replyTo,
    subject,
    html,
    text,
    headers: { ...headers },
    ...(calendar === undefined ? {} : { attachments: [invite(calendar)] }),
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile();
  const envelope = node.getEnvelope();
  const plain = await node.build();
  const message = dkim === undefined ? plain : await sign(plain, dkim);
  return { envelope: { from: envelope.from === false ? '' : (envelope.from ?? ''), to: envelope.to?.[0] ?? to }, message };
}

/** RFC 6047 section 2.4: the method stands in the type too. */
const invite = (content: string) => ({
  filename: 'invite.ics',
  content,
  contentType: 'text/calendar; charset=utf-8; method=PUBLISH',
  contentTransferEncoding: 'base64' as const,
});

async function sign(message: Buffer, { domain, selector, privateKey }: DkimKey): Promise<Buffer> {
  const parts: Buffer[] = [];
  const signer = new DKIM({ domainName: domain, keySelector: selector, privateKey, headerFieldNames: signedHeaders });
  for await (const part of signer.sign(message)) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** At most `places` at once; whoever waits longer than `patienceMs` gets `undefined`. */
function semaphore(places: number): { enter(patienceMs: number): Promise<(() => void) | undefined> } {
  let free = places;
  const waiting: (() => void)[] = [];
  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  };
  return {
    enter: (patienceMs) =>
      new Promise((resolve) => {
        if (free > 0) {
          free -= 1;
          return resolve(leave);
        }
        const turn = (): void => {
          clearTimeout(timer);
          resolve(leave);
        };
        const timer = setTimeout(() => {
          waiting.splice(waiting.indexOf(turn), 1);
          resolve(undefined);
        }, patienceMs);
        waiting.push(turn);
      }),
  };
}
