/** `<dir>/run.json`: where a running stack can be reached and which processes are its own. The CLI reads it; a later start ends what a crash left. */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endProcess, lives, type ProcessIdentity } from './identity';

export type Addresses = {
  readonly TEMPORAL_ADDRESS?: string;
  readonly NATS_URL?: string;
  readonly DATABASE_URL?: string;
  readonly SMTP_URL?: string;
  /** Temporal's web UI. */
  readonly uiUrl?: string;
};

/** What the roles of the stack say of themselves, for the command line and for whoever wants to publish. */
export type RunNotes = {
  /** engine = epoch + (real - epoch) * rate; only in demos. */
  readonly clock?: { readonly epoch: number; readonly rate: number };
  /** Where events may be posted, and with which bearer token. */
  readonly intake?: { readonly url: string; readonly token: string };
};

export type RunFile = RunNotes & {
  readonly v: 1;
  /** The process that started the stack; when it no longer lives the addresses are stale. */
  readonly owner: ProcessIdentity;
  readonly addresses: Addresses;
  /** Server name -> process and how it is asked to end. */
  readonly servers: Readonly<Record<string, ProcessIdentity & { readonly signal: NodeJS.Signals }>>;
};

const fileOf = (dir: string): string => join(dir, 'run.json');

/** Whole or not at all: a reader never sees half a file. It may hold a token, so it is its owner's alone. */
export function writeRunFile(dir: string, run: RunFile): void {
  const file = fileOf(dir);
  writeFileSync(`${file}.new`, JSON.stringify(run, undefined, 2), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

export function removeRunFile(dir: string): void {
  rmSync(fileOf(dir), { force: true });
}

/** What runs in the folder now; `undefined` when nothing does. */
export function readRun(dir: string): RunFile | undefined {
  const run = stored(dir);
  return run !== undefined && lives(run.owner) ? run : undefined;
}

function stored(dir: string): RunFile | undefined {
  return existsSync(fileOf(dir)) ? (JSON.parse(readFileSync(fileOf(dir), 'utf8')) as RunFile) : undefined;
}

/** Call under the folder's lock: whatever the file still names belonged to a stack whose owner is gone. */
export async function endLeftovers(dir: string): Promise<readonly string[]> {
  const left = Object.entries(stored(dir)?.servers ?? {}).filter(([, server]) => lives(server));
  await Promise.all(left.map(([, server]) => endProcess(server, server.signal)));
  removeRunFile(dir);
  return left.map(([name, server]) => `${name} (process ${server.pid})`);
}
