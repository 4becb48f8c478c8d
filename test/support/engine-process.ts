/** Roles as a process of their own, by the same entry as in production, for tests to SIGKILL and start again. Knows no test. */
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { RoleName } from '../../worker/roles';
import { spawnTypeScript } from './servers';

const root = join(__dirname, '..', '..');
const children = new Set<ChildProcess>();
// Whatever a test forgets ends with jest's own process.
process.once('exit', () => children.forEach((child) => child.kill('SIGKILL')));

export type RoleProcess = {
  /** Resolves when every role of it has started. */
  start(): Promise<void>;
  /** SIGKILL; resolves when it is gone. Nothing where it does not run. */
  kill(): Promise<void>;
  /** SIGTERM: what is under way ends first. */
  stop(): Promise<void>;
  /** The end of its log. */
  said(): string;
};

export function roleProcess(roles: readonly RoleName[], env: NodeJS.ProcessEnv): RoleProcess {
  let child: ChildProcess | undefined;
  let lines: string[] = [];
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const old = child;
    child = undefined;
    if (old === undefined || old.exitCode !== null || old.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => void old.once('exit', () => resolve()));
    old.kill(signal);
    await gone;
  };
  return {
    said: () => lines.slice(-40).join('\n'),
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    async start() {
      const args = roles.flatMap((role) => ['--role', role]);
      const fresh = spawnTypeScript(join(root, 'worker', 'main.ts'), args, { ...env, LOG_LEVEL: 'info' });
      child = fresh;
      children.add(fresh);
      lines = [];
      fresh.stdout?.resume();
      await new Promise<void>((resolve, reject) => {
        fresh.once('exit', (code, signal) => {
          children.delete(fresh);
          reject(new Error(`${roles.join('+')} ended (${code ?? signal}):\n${lines.slice(-40).join('\n')}`));
        });
        fresh.stderr?.setEncoding('utf8').on('data', (text: string) => {
          lines = [...lines, ...text.split('\n').filter((line) => line !== '')].slice(-400);
          if (text.includes('"msg":"started"')) resolve();
        });
      });
    },
  };
}

/** Runs the command line from its source, as a person would; resolves with its exit code and what it said. */
export async function ripen(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> {
  const child = spawnTypeScript(join(root, 'client', 'main.ts'), args, env);
  children.add(child);
  let out = '';
  let err = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (err += text));
  const code = await new Promise<number | null>((resolve) => void child.once('close', resolve));
  children.delete(child);
  return { code, out, err };
}
