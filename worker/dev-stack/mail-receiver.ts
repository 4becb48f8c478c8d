/** A mail server for people who develop: takes every mail and lays it in a folder as a file. Delivers nothing. */
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { DevStackError } from './error';

export type MailReceiver = { readonly url: string; stop(): Promise<void> };

/** Answers "250" only when the file is whole on disk. */
export async function startMailReceiver(options: {
  readonly folder: string;
  /** 0 = any free one. */ readonly port: number;
}): Promise<MailReceiver> {
  mkdirSync(options.folder, { recursive: true });
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    onData: (stream, session, done) => {
      store(options.folder, stream, session).then(
        () => done(),
        (error: Error) => done(error),
      );
    },
  });
  server.on('error', () => undefined); // a client that hangs up in the middle: its mail was not acknowledged
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', (error) =>
      reject(new DevStackError(`The mail receiver could not start on port ${options.port}: ${error.message}`)),
    );
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const address = server.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  return { url: `smtp://127.0.0.1:${port}`, stop: () => new Promise((resolve) => server.close(resolve)) };
}

async function store(folder: string, stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const name = `${Date.now()}-${createHash('sha256').update(body).update(session.id).digest('hex').slice(0, 12)}.eml`;
  await writeFile(join(folder, `.${name}`), body);
  await rename(join(folder, `.${name}`), join(folder, name));
}
