/**
 * The engine beside a bare signal-and-wait workflow on the same servers in the same run: events from publish to stored facts, reaction
 * time, history, memory. What each figure means: bench/README.md.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection, Client } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { openNats } from '../activities/adapters/nats-connection';
import { ensureStreams } from '../events/streams';
import { buildBundle } from '../worker/bundle';
import { startDevStack } from '../worker/dev-stack';
import { createLogger } from '../worker/logger';
import { logThrough } from '../worker/temporal';
import { startBare } from './bare';
import { startBenchEngine } from './bench-engine';
import { measure } from './measure';

export async function run(): Promise<Record<string, number>> {
  const dir = mkdtempSync(join(tmpdir(), 'ripen-bench-'));
  const stack = await startDevStack({
    dir,
    need: ['temporal', 'nats'],
    env: process.env,
    throwAway: true,
    onProgress: (line) => process.stderr.write(`${line}\n`),
  });
  try {
    const bundle = join(dir, 'bundle.js');
    writeFileSync(bundle, await buildBundle());
    const log = costlyButQuiet();
    logThrough(log);
    const address = stack.addresses.TEMPORAL_ADDRESS ?? '';
    const connection = await Connection.connect({ address });
    const native = await NativeConnection.connect({ address });
    const nats = await openNats({ url: stack.addresses.NATS_URL ?? '', name: 'bench' });
    await ensureStreams(nats);
    const client = new Client({ connection });
    const secret = randomBytes(16).toString('hex');
    const engine = await startBenchEngine({ client, native, nats, bundle, secret, log });
    const bare = await startBare(client, native);
    const interrupted = engine.ended.then(() => Promise.reject(new Error('the workers were stopped before the end')));
    const figures = await Promise.race([measure({ client, nats, engine, bare, secret }), interrupted]);
    interrupted.catch(() => undefined); // from here on they end because we stop them
    await engine.stop();
    await bare.stop();
    await Promise.all([nats.close(), native.close(), connection.close()]);
    return figures;
  } finally {
    await stack.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** The engine pays for the line a decision that it logs in production; only warnings are shown. */
const costlyButQuiet = () =>
  createLogger('info', {
    write: (line) => {
      if (!line.startsWith('{"level":"info"')) process.stderr.write(line);
    },
  });
