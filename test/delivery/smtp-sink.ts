/** A real SMTP server for tests, that fails as told per recipient and keeps what it took. */
import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';

export type SinkFault =
  | { readonly at: 'rcpt' | 'data'; readonly code: number; readonly says: string }
  /** Breaks the connection at RCPT, or after the whole mail came in and before an answer. `keeps`: the mail was taken all the same. */
  | { readonly at: 'drop-rcpt' | 'drop-after-data'; readonly keeps?: boolean }
  /** Answers the end of the mail only after so long. */
  | { readonly at: 'slow'; readonly ms: number };

export type Sink = {
  readonly url: string;
  readonly mails: readonly { readonly to: string; readonly raw: string }[];
  /** Connections ever made. */
  readonly connections: () => number;
  fail(address: string, fault: SinkFault | undefined): void;
  dropIdle(): void;
  stop(): Promise<void>;
};

type Connections = { readonly connections: ReadonlySet<{ readonly _socket: Socket }> };

export async function startSink(login?: { readonly user: string; readonly pass: string }): Promise<Sink> {
  const mails: { to: string; raw: string }[] = [];
  const faults = new Map<string, SinkFault>();
  let connections = 0;
  const drop = (): void => {
    for (const { _socket } of (server as unknown as Connections).connections) _socket.destroy();
  };
  const refusal = (code: number, says: string): Error => Object.assign(new Error(says), { responseCode: code });
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', ...(login === undefined ? ['AUTH'] : [])],
    disableReverseLookup: true,
    allowInsecureAuth: true,
    authOptional: login === undefined,
    logger: false,
    onConnect(_session, answer) {
      connections += 1;
      answer();
    },
    onAuth({ username, password }, _session, answer) {
      if (username === login?.user && password === login?.pass) return answer(null, { user: username });
      return answer(refusal(535, '5.7.8 authentication failed'));
    },
    onRcptTo({ address }, _session, answer) {
      const fault = faults.get(address);
      if (fault?.at === 'drop-rcpt') return drop();
      if (fault?.at === 'rcpt') return answer(refusal(fault.code, fault.says));
      return answer();
    },
    onData(stream, session, answer) {
      const to = session.envelope.rcptTo[0]?.address ?? '';
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const fault = faults.get(to);
        const keep = (): void => void mails.push({ to, raw: Buffer.concat(parts).toString('latin1') });
        if (fault?.at === 'data') return answer(refusal(fault.code, fault.says));
        if (fault?.at === 'drop-after-data') {
          if (fault.keeps === true) keep();
          return drop();
        }
        keep();
        if (fault?.at === 'slow') return void setTimeout(answer, fault.ms).unref();
        return answer();
      });
    },
  });
  // A client that breaks off is the client's affair.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  const account = login === undefined ? '' : `${login.user}:${login.pass}@`;
  return {
    url: `smtp://${account}127.0.0.1:${port}`,
    mails,
    connections: () => connections,
    fail: (address, fault) => void (fault === undefined ? faults.delete(address) : faults.set(address, fault)),
    dropIdle: drop,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
