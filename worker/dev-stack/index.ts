/** The dev stack: real servers for daily work, demo and tests, each taken from the environment or started on the loopback. Knows no role. */
import { chmodSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Progress } from './error';
import type { Kept } from './keeper';
import { lockFile, lockFolder } from './lock';
import { startMailReceiver } from './mail-receiver';
import { startNats } from './nats';
import { rememberedPorts, type Ports } from './ports';
import { startPostgres } from './postgres';
import { postgresElsewhere } from './postgres-build';
import { openRoster, type Roster } from './roster';
import { endLeftovers, type Addresses, type RunNotes } from './run-file';
import { sweepAtTheEnd, type Sweeper } from './sweeper';
import { startTemporal } from './temporal';

export { DevStackError } from './error';
export { readRun, type Addresses, type RunFile } from './run-file';

export type Need = 'temporal' | 'nats' | 'postgres' | 'smtp';

export type DevStackOptions = {
  /** Data, logs and `run.json`; usually `.ripen`. */
  readonly dir: string;
  /** Default: temporal, nats, postgres. */
  readonly need?: readonly Need[];
  /** A server it names (TEMPORAL_ADDRESS, NATS_URL, DATABASE_URL, SMTP_URL) is used as it is. */
  readonly env: NodeJS.ProcessEnv;
  /** Temporal's web UI. */
  readonly ui?: boolean;
  /** Forget what earlier runs left in the folder. */
  readonly fresh?: boolean;
  /** For tests and demos: Temporal in memory, Postgres without fsync, and the folder is removed at the end, a SIGKILL included. */
  readonly throwAway?: boolean;
  /** Temporal in memory though the folder stays. */
  readonly temporalInMemory?: boolean;
  /** See `NatsOptions.syncInterval`. */
  readonly natsSyncInterval?: string;
  /** More flags of `temporal server start-dev`. */
  readonly temporalArgs?: readonly string[];
  readonly onProgress?: Progress;
};

export type DevStack = {
  readonly addresses: Addresses;
  /** The server's own process; servers named by the environment have none. */
  readonly pids: Readonly<Record<string, number>>;
  /** Written beside the addresses. */
  tell(notes: RunNotes): void;
  stop(): Promise<void>;
};

/** Starts what is needed, all at once; when one part fails, what did start is ended before the error is thrown. */
export async function startDevStack(options: DevStackOptions): Promise<DevStack> {
  const dir = resolve(options.dir);
  const { onProgress = () => undefined } = options;
  const parts = neededParts(options);
  mkdirSync(dir, { recursive: true });
  const lock = await lockFolder(dir);
  const roster = openRoster(dir, onProgress);
  let sweeper: Sweeper | undefined;
  const stops: (() => Promise<void>)[] = [() => roster.stop()];
  const stop = async () => {
    await Promise.all(stops.map((end) => end()));
    if (options.throwAway) foldersOf(dir).forEach((folder) => rmSync(folder, { recursive: true, force: true }));
    sweeper?.dismiss();
    lock.release();
  };
  try {
    for (const left of await endLeftovers(dir)) onProgress(`ended ${left}, left by a run that was killed`);
    prepareFolder(dir, options);
    if (options.throwAway) sweeper = sweepAtTheEnd(foldersOf(dir));
    const ports = rememberedPorts(dir);
    const outcomes = await Promise.allSettled(parts.map((part) => part({ dir, options, onProgress, roster, stops, ports })));
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  } catch (error) {
    await stop();
    throw error;
  }
  roster.watch();
  return { addresses: roster.addresses(), pids: roster.pids(), tell: roster.tell, stop };
}

function prepareFolder(dir: string, options: DevStackOptions): void {
  if (options.fresh) {
    const kept = new Set([dir, lockFile(dir)]);
    for (const old of [...readdirSync(dir).map((entry) => join(dir, entry)), ...foldersOf(dir)])
      if (!kept.has(old)) rmSync(old, { recursive: true, force: true });
  }
  if (options.throwAway) chmodSync(dir, 0o711); // temporary folders are closed to others, and Postgres may run as somebody else
}

/** The stack's folder, and the one elsewhere that Postgres may have needed. */
function foldersOf(dir: string): readonly [string, string] {
  return [dir, postgresElsewhere(dir)];
}

type Context = {
  readonly dir: string;
  readonly options: DevStackOptions;
  readonly onProgress: Progress;
  readonly roster: Roster;
  readonly ports: Ports;
  /** What must be ended besides the roster's processes. */
  readonly stops: (() => Promise<void>)[];
};
type Part = (context: Context) => Promise<void>;

function neededParts({ need = ['temporal', 'nats', 'postgres'], env }: DevStackOptions): readonly Part[] {
  return [...new Set(need)].map((name) => {
    const { variable, start } = parts[name];
    const given = env[variable];
    return given ? async ({ roster }: Context) => roster.learn({ [variable]: given }) : start;
  });
}

const parts: Record<Need, { readonly variable: keyof Addresses; readonly start: Part }> = {
  temporal: {
    variable: 'TEMPORAL_ADDRESS',
    async start({ dir, options, onProgress, roster, ports }) {
      const { address, uiUrl } = await startTemporal({
        dir,
        ports,
        onProgress,
        env: options.env,
        started: (kept: Kept) => roster.add('temporal', kept),
        inMemory: options.throwAway === true || options.temporalInMemory === true,
        ui: options.ui === true,
        extraArgs: options.temporalArgs ?? [],
      });
      roster.learn({ TEMPORAL_ADDRESS: address, ...(uiUrl === undefined ? {} : { uiUrl }) });
      onProgress(`temporal: ${address}${uiUrl === undefined ? '' : `, web UI ${uiUrl}`}`);
    },
  },
  nats: {
    variable: 'NATS_URL',
    async start({ dir, options, onProgress, roster, ports }) {
      const sync = options.natsSyncInterval === undefined ? {} : { syncInterval: options.natsSyncInterval };
      const { url } = await startNats({ dir, ports, onProgress, env: options.env, started: (kept) => roster.add('nats', kept), ...sync });
      roster.learn({ NATS_URL: url });
      onProgress(`nats: ${url}`);
    },
  },
  postgres: {
    variable: 'DATABASE_URL',
    async start({ dir, options, onProgress, roster, ports }) {
      const { url } = await startPostgres({
        dir,
        ports,
        onProgress,
        withoutFsync: options.throwAway === true,
        started: (kept) => roster.add('postgres', kept),
      });
      roster.learn({ DATABASE_URL: url });
      onProgress(`postgres: ${url}`);
    },
  },
  smtp: {
    variable: 'SMTP_URL',
    async start({ dir, onProgress, roster, stops, ports }) {
      const receiver = await startMailReceiver({ folder: join(dir, 'mail'), port: await ports.of('smtp') });
      stops.push(receiver.stop);
      roster.learn({ SMTP_URL: receiver.url });
      onProgress(`smtp: ${receiver.url}, mails lie in ${join(dir, 'mail')}`);
    },
  },
};
