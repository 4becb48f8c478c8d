/** A Postgres server of its own on the loopback, with its data in the stack's folder. Knows no table. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { DevStackError, type Progress } from './error';
import type { Kept } from './keeper';
import type { Ports } from './ports';
import { findPostgres, type PostgresBuild } from './postgres-build';
import { serve } from './serve';

export type PostgresOptions = {
  readonly dir: string;
  readonly ports: Ports;
  readonly onProgress: Progress;
  readonly started: (kept: Kept) => void;
  /** Faster and lost at a power failure (not at a SIGKILL): for tests. */
  readonly withoutFsync?: boolean;
};

export async function startPostgres(
  options: PostgresOptions,
): Promise<{ readonly url: string; readonly data: string; readonly kept: Kept }> {
  const build = findPostgres();
  mkdirSync(options.dir, { recursive: true });
  const data = join(build.dataFolder(options.dir), 'data');
  if (!existsSync(data)) {
    options.onProgress('postgres: preparing a new database');
    await initialise(build, data);
  }
  let port = 0;
  const { kept } = await serve({
    name: 'postgres',
    start: async () => {
      port = await options.ports.of('postgres');
      return {
        program: build.program('postgres'),
        args: ['-D', data, ...settings(port, options.withoutFsync === true)],
        signal: 'SIGINT', // "fast shutdown": ends sessions, writes everything out
        log: join(options.dir, 'postgres.log'),
        cwd: '/',
        ...(build.as === undefined ? {} : { as: build.as }),
      };
    },
    answers: () => answers(urlOf(port, 'postgres')),
    otherPorts: () => options.ports.forget('postgres'),
    started: options.started,
  });
  await createDatabase(urlOf(port, 'postgres'), 'ripen');
  return { url: urlOf(port, 'ripen'), data, kept };
}

const urlOf = (port: number, database: string): string => `postgres://ripen@127.0.0.1:${port}/${database}`;

function settings(port: number, withoutFsync: boolean): readonly string[] {
  const values = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 300,
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(withoutFsync ? { fsync: 'off' } : {}),
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** Whole or not at all: an interrupted start leaves no half-made cluster that looks like one. */
async function initialise(build: PostgresBuild, data: string): Promise<void> {
  const incoming = `${data}.new`;
  rmSync(incoming, { recursive: true, force: true });
  const args = ['-D', incoming, '-U', 'ripen', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-instructions'];
  try {
    await promisify(execFile)(build.program('initdb'), args, { cwd: '/', ...build.as });
  } catch (error) {
    throw new DevStackError(
      `A Postgres database could not be prepared in ${data}: ${(error as { readonly stderr?: string }).stderr?.trim() || (error as Error).message}`,
    );
  }
  renameSync(incoming, data);
}

async function answers(url: string): Promise<boolean> {
  try {
    await asked(url, 'select 1');
    return true;
  } catch {
    return false; // not yet
  }
}

/** Creates the database unless it is there. */
export async function createDatabase(adminUrl: string, name: string): Promise<void> {
  const { rowCount } = await asked(adminUrl, 'select 1 from pg_database where datname = $1', [name]);
  if (rowCount === 0) await asked(adminUrl, `create database "${name}"`);
}

async function asked(url: string, text: string, values: readonly unknown[] = []) {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined); // a server that ends meanwhile: the query below reports it
  await client.connect();
  try {
    return await client.query(text, [...values]);
  } finally {
    await client.end();
  }
}
