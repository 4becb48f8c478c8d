/** A nats-server with JetStream on the loopback; its streams live in the given folder. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { findBinary } from './binaries';
import type { Progress } from './error';
import type { Kept } from './keeper';
import type { Ports } from './ports';
import { serve } from './serve';

export type NatsOptions = {
  readonly dir: string;
  readonly ports: Ports;
  readonly env: NodeJS.ProcessEnv;
  readonly onProgress: Progress;
  readonly started: (kept: Kept) => void;
  /** `always` survives a power loss and costs an fsync a message; without it a SIGKILL is survived and a power loss may take the last two minutes. */
  readonly syncInterval?: string;
};

export async function startNats(options: NatsOptions): Promise<{ readonly url: string; readonly kept: Kept }> {
  const program = await findBinary('nats-server', options.env, options.onProgress);
  const config = join(options.dir, 'nats.conf');
  mkdirSync(options.dir, { recursive: true });
  let port = 0;
  const { kept } = await serve({
    name: 'nats-server',
    start: async () => {
      port = await options.ports.of('nats');
      writeFileSync(config, configText(port, join(options.dir, 'nats'), options.syncInterval));
      return { program, args: ['--config', config], signal: 'SIGTERM', log: join(options.dir, 'nats.log') };
    },
    answers: () => greets(port),
    otherPorts: () => options.ports.forget('nats'),
    started: options.started,
  });
  return { url: `nats://127.0.0.1:${port}`, kept };
}

/** JSON strings are valid in nats-server's configuration language. */
export function configText(port: number, store: string, syncInterval?: string): string {
  const sync = syncInterval === undefined ? '' : `\n  sync_interval: ${JSON.stringify(syncInterval)}`;
  return `listen: "127.0.0.1:${port}"\njetstream {\n  store_dir: ${JSON.stringify(store)}${sync}\n}\n`;
}

/** The server speaks first: one INFO line that says whether JetStream is up. */
function greets(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const done = (well: boolean) => (socket.destroy(), resolve(well));
    socket.setTimeout(1_000, () => done(false));
    socket.once('error', () => done(false));
    socket.once('data', (data) => done(/^INFO .*"jetstream":true/.test(data.toString())));
  });
}
