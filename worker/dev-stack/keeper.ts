/** Starts a server under a small shell that ends it when the starter is gone, however it went (SIGKILL too). Knows no server by name. */
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { DevStackError } from './error';
import { endProcess, identityOf, lives, type ProcessIdentity } from './identity';

/**
 * The shell's standard input is a pipe from the starter: end of file means the starter died. The shell is no child of a terminal's process group,
 * so Ctrl-C reaches the starter alone, which then stops servers in its own order.
 */
const script = `
signal=$1; shift
"$@" </dev/null >&2 3<&- &
server=$!
echo "$server"
exec >&-
(
  while read -r _; do :; done
  kill -s "$signal" "$server" 2>/dev/null
  tries=0
  while kill -0 "$server" 2>/dev/null && [ $tries -lt 100 ]; do sleep 0.1; tries=$((tries + 1)); done
  kill -s KILL "$server" 2>/dev/null
) <&3 &
watcher=$!
exec 3<&- </dev/null
wait "$server"; code=$?
kill "$watcher" 2>/dev/null
exit $code
`;

export type KeptOptions = {
  readonly program: string;
  readonly args: readonly string[];
  /** How this server is asked to end. */
  readonly signal: NodeJS.Signals;
  /** Its output is appended here. */
  readonly log: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Run as somebody else; only root can. */
  readonly as?: { readonly uid: number; readonly gid: number };
};

export type Kept = {
  readonly identity: ProcessIdentity;
  readonly signal: NodeJS.Signals;
  running(): boolean;
  /** Last lines of its log, for error messages. */
  said(): string;
  /** Called once when it has ended, by itself or not. */
  onEnd(listener: () => void): void;
  stop(): Promise<void>;
  /** SIGKILL, as a crash would. */
  kill(): Promise<void>;
};

/** Resolves when the program has been started, not when it is ready. */
export async function keep(options: KeptOptions): Promise<Kept> {
  const log = openSync(options.log, 'a');
  const shell = spawn(
    '/bin/sh',
    ['-c', `exec 3<&0\n${script}`, 'ripen-keeper', options.signal.replace('SIG', ''), options.program, ...options.args],
    {
      stdio: ['pipe', 'pipe', log],
      detached: true,
      env: options.env,
      cwd: options.cwd,
      ...options.as,
    },
  ) as ChildProcessByStdio<Writable, Readable, null>;
  closeSync(log);
  const pid = await new Promise<number>((resolve, reject) => {
    shell.once('error', reject);
    shell.stdout.once('data', (line: Buffer) => resolve(Number(line.toString())));
    shell.once('exit', () => reject(new DevStackError(`${options.program} could not be started: ${tail(options.log)}`)));
  });
  shell.stdin.on('error', () => undefined); // the server ended by itself: nobody reads the pipe any more
  // The starter may end while servers run; the pipe then tells the shell.
  for (const handle of [shell, shell.stdin, shell.stdout]) (handle as { unref?: () => void }).unref?.();
  const identity = identityOf(pid) ?? { pid, started: 'ended at once' };
  const end = async (signal: NodeJS.Signals) => {
    await endProcess(identity, signal);
    shell.stdin.destroy();
  };
  return {
    identity,
    signal: options.signal,
    running: () => lives(identity),
    said: () => tail(options.log),
    onEnd: (listener) => void (shell.exitCode === null && shell.signalCode === null ? shell.once('exit', listener) : listener()),
    stop: () => end(options.signal),
    kill: () => end('SIGKILL'),
  };
}

function tail(log: string): string {
  // A throw-away folder may be gone already.
  return existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').slice(-6).join('\n') : '(no log)';
}
