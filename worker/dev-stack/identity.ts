/** Tells one process from a later one with the same pid, and ends processes safely. Knows nothing of servers. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** A pid alone is reused by the system; together with the moment the process started it is not. */
export type ProcessIdentity = { readonly pid: number; readonly started: string };

/** `undefined` when no such process lives (a zombie does not live). */
export function identityOf(pid: number): ProcessIdentity | undefined {
  const started = existsSync('/proc/self/stat') ? startedByProc(pid) : startedByPs(pid);
  return started === undefined ? undefined : { pid, started };
}

function startedByProc(pid: number): string | undefined {
  try {
    // The second field is the program's name in parentheses and may hold anything; the fields after it are fixed: state is the first, start time the twentieth.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${fields[19]}`;
  } catch {
    return undefined; // the process is gone
  }
}

function startedByPs(pid: number): string | undefined {
  try {
    const line = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
    return line === '' || line.startsWith('Z') ? undefined : line.replace(/^\S+\s+/, '');
  } catch {
    return undefined; // ps exits 1 when there is no such process
  }
}

export function lives(identity: ProcessIdentity): boolean {
  return identityOf(identity.pid)?.started === identity.started;
}

export async function gone(identity: ProcessIdentity, withinMs: number): Promise<boolean> {
  for (const until = Date.now() + withinMs; ; await delay(25)) {
    if (!lives(identity)) return true;
    if (Date.now() >= until) return false;
  }
}

/** Asks with `signal`, waits `patienceMs`, then SIGKILL. Never touches a process that only took over the pid. */
export async function endProcess(identity: ProcessIdentity, signal: NodeJS.Signals, patienceMs = 10_000): Promise<void> {
  for (const [word, patience] of [
    [signal, patienceMs],
    ['SIGKILL', 5_000],
  ] as const) {
    if (!lives(identity)) return;
    send(identity.pid, word);
    if (await gone(identity, patience)) return;
  }
  throw new Error(`process ${identity.pid} does not end`);
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // ended between the look and the word
  }
}
