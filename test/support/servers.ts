/** Servers for tests: the shared ones of the run, a database of one's own in the shared Postgres, and extra servers for tests that kill theirs. */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { Kept } from '../../worker/dev-stack/keeper';
import { startNats } from '../../worker/dev-stack/nats';
import { rememberedPorts } from '../../worker/dev-stack/ports';
import { startPostgres } from '../../worker/dev-stack/postgres';
import { sweepAtTheEnd, type Sweeper } from '../../worker/dev-stack/sweeper';
import { startTemporal } from '../../worker/dev-stack/temporal';

export type SharedServers = {
  readonly temporalAddress: string;
  readonly natsUrl: string;
  readonly databaseUrl: string;
  /** Prebuilt workflow bundle; `undefined` when there are no workflows to bundle. */ readonly bundle?: string;
};

/** What global-setup.ts put into the environment. */
export function sharedServers(): SharedServers {
  const { TEMPORAL_ADDRESS, NATS_URL, DATABASE_URL, RIPEN_BUNDLE } = process.env;
  if (!TEMPORAL_ADDRESS || !NATS_URL || !DATABASE_URL)
    throw new Error('The shared servers are not up: run this test with `jest --selectProjects servers`.');
  return {
    temporalAddress: TEMPORAL_ADDRESS,
    natsUrl: NATS_URL,
    databaseUrl: DATABASE_URL,
    ...(RIPEN_BUNDLE ? { bundle: RIPEN_BUNDLE } : {}),
  };
}

/** Letters and digits that no other test has: prefix for ids, task queues, streams, subjects. */
export const namespacePrefix = (): string => `t${randomBytes(5).toString('hex')}`;

/** Creates an empty database in the shared Postgres; the run's end removes it. */
export async function freshDatabase(): Promise<string> {
  const { databaseUrl } = sharedServers();
  const name = namespacePrefix();
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(`create database ${name}`);
  } finally {
    await client.end();
  }
  const url = new URL(databaseUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** A server for one test. Whatever the test forgets is gone with the test's process. */
export type ExtraServer = {
  readonly pid: () => number;
  /** In an orderly way; data stay for `restart`. */
  stop(): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** On the same port with the same data. */
  restart(): Promise<void>;
  /** Ends it and removes its data. */
  remove(): Promise<void>;
};

export const freshNats = async (options: { readonly syncInterval?: string } = {}): Promise<ExtraServer & { readonly url: string }> =>
  extra(async (common) => {
    const { url, kept } = await startNats({ ...common, ...options });
    return { kept, told: { url } };
  });

/** In memory unless `onDisk`; only then do workflows survive a restart. */
export const freshTemporal = async (
  options: { readonly onDisk?: boolean; readonly extraArgs?: readonly string[] } = {},
): Promise<ExtraServer & { readonly address: string }> =>
  extra(async (common) => {
    const { address, kept } = await startTemporal({ ...common, inMemory: options.onDisk !== true, extraArgs: options.extraArgs ?? [] });
    return { kept, told: { address } };
  });

/** Durable settings unless `withoutFsync`. */
export const freshPostgres = async (options: { readonly withoutFsync?: boolean } = {}): Promise<ExtraServer & { readonly url: string }> =>
  extra(async (common) => {
    const { url, kept } = await startPostgres({ ...common, ...options });
    return { kept, told: { url } };
  });

type Common = {
  readonly dir: string;
  readonly ports: ReturnType<typeof rememberedPorts>;
  readonly env: NodeJS.ProcessEnv;
  readonly onProgress: () => void;
  readonly started: () => void;
};

async function extra<Told>(start: (common: Common) => Promise<{ readonly kept: Kept; readonly told: Told }>): Promise<ExtraServer & Told> {
  const { dir, sweeper } = throwAwayFolder();
  const common: Common = { dir, ports: rememberedPorts(dir), env: process.env, onProgress: () => undefined, started: () => undefined };
  let { kept, told } = await start(common);
  const address = JSON.stringify(told);
  return {
    ...told,
    pid: () => kept.identity.pid,
    stop: () => kept.stop(),
    kill: () => kept.kill(),
    async restart() {
      if (kept.running()) await kept.stop();
      ({ kept, told } = await start(common));
      if (JSON.stringify(told) !== address)
        throw new Error(`the server came back at ${JSON.stringify(told)} instead of ${address}: its port was taken meanwhile`);
    },
    async remove() {
      await kept.stop();
      rmSync(dir, { recursive: true, force: true });
      sweeper.dismiss();
    },
  };
}

/** Removed at the end of this process, however it ends. */
export const temporaryFolder = (): string => throwAwayFolder().dir;

function throwAwayFolder(): { readonly dir: string; readonly sweeper: Sweeper } {
  const dir = mkdtempSync(join(tmpdir(), 'ripen-test-'));
  chmodSync(dir, 0o711); // others may pass through it: Postgres may run as somebody else
  return { dir, sweeper: sweepAtTheEnd([dir]) };
}

/** Runs a TypeScript file as a process of its own; the caller ends it. */
export function spawnTypeScript(file: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): ChildProcess {
  const hook = join(__dirname, 'register.js');
  return spawn(process.execPath, ['--require', hook, file, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
