/** A whole stack of the benchmark's own with the engine's roles in a process beside it, and the bare workflow on the same server; all gone in the end. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { openNats } from '../activities/adapters/nats-connection';
import type { Nats } from '../activities/adapters/nats-connection';
import { openDatabase } from '../activities/people/database';
import type { Database } from '../activities/people/database';
import { migrate } from '../activities/people/migrate';
import { publishArtefacts } from '../activities/people/published';
import { artefactOf } from '../events/digest';
import { ensureStreams } from '../events/streams';
import { startDevStack } from '../worker/dev-stack';
import { readCatalogue } from '../workflows/catalogue';
import type { defineSequence } from '../workflows/core/words';
import { shipped } from '../workflows/paths';
import { startBare } from './bare';
import type { Bare } from './bare';
import { startRolesProcess } from './roles-process';
import type { RolesProcess } from './roles-process';

export type WholeStack = {
  readonly db: Database;
  readonly nats: Nats;
  readonly roles: RolesProcess;
  readonly bare: Bare;
  /** Empty in the beginning, and removed in the end. */
  readonly dir: string;
};

export const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** `before`: what the store is to hold before the roles start, beside the shipped settings and sequences and `plan`. */
export async function onWholeStack<T>(
  plan: ReturnType<typeof defineSequence>,
  measure: (stack: WholeStack) => Promise<T>,
  before: (db: Database) => Promise<unknown> = async () => undefined,
): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), 'ripen-bench-'));
  const need = ['temporal', 'nats', 'postgres', 'smtp'] as const;
  const stack = await startDevStack({ dir, need, env: process.env, throwAway: true, onProgress: say });
  const environment = { ...process.env, ...stack.addresses, LOG_LEVEL: 'error', RIPEN_SECRET: randomBytes(24).toString('hex') };
  const db = openDatabase(stack.addresses.DATABASE_URL ?? '');
  const nats = await openNats({ url: stack.addresses.NATS_URL ?? '', name: 'bench' });
  const address = stack.addresses.TEMPORAL_ADDRESS ?? '';
  const connection = await Connection.connect({ address });
  const native = await NativeConnection.connect({ address });
  try {
    await ensureStreams(nats);
    await migrate(db);
    await publishArtefacts(db, [...readCatalogue(shipped('workflows')).artefacts, artefactOf('plan', plan)], 'bench');
    await before(db);
    const roles = await startRolesProcess(environment);
    const bare = await startBare(new Client({ connection }), native);
    try {
      return await measure({ db, nats, roles, bare, dir });
    } finally {
      await Promise.all([roles.stop(), bare.stop()]);
    }
  } finally {
    await Promise.all([nats.close(), db.close(), connection.close()]);
    await native.close();
    await stack.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

const concurrency = 64;

/** So many signals that each start a bare workflow, until the last is applied; a second. */
export async function bareStarts(bare: Bare, count: number): Promise<number> {
  const fresh = Array.from({ length: count }, () => randomBytes(8).toString('hex'));
  const rate = await bare.rate(fresh, concurrency);
  say(`bare: ${rate.toFixed(0)} signals with start a second`);
  return rate;
}
