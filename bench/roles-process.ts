/** The engine's roles in a process of their own that can be killed, and the command line beside it. Knows no benchmark. */
import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { shipped } from '../workflows/paths';

export type RolesProcess = {
  /** SIGKILL, and up again. */
  readonly killed: () => Promise<void>;
  /** Drains. */
  readonly stop: () => Promise<void>;
  /** The closing line of `--json`; throws where the command line does not end with 0. */
  readonly ripen: (...words: readonly string[]) => Promise<Readonly<Record<string, unknown>>>;
};

const roles = ['worker', 'people', 'router', 'projector'].flatMap((role) => ['--role', role]);

/** Resolves when the command line is answered. */
export async function startRolesProcess(environment: NodeJS.ProcessEnv): Promise<RolesProcess> {
  const begin = (): ChildProcess =>
    spawn(process.execPath, [shipped('dist', 'worker', 'main.js'), ...roles], { env: environment, stdio: ['ignore', 'ignore', 'inherit'] });
  let child = begin();
  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  };
  process.once('exit', () => void child.kill('SIGKILL'));
  const ripen: RolesProcess['ripen'] = async (...words) => {
    const { stdout } = await promisify(execFile)(process.execPath, [shipped('dist', 'client', 'main.js'), ...words, '--json'], {
      env: environment,
    });
    return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '{}') as Readonly<Record<string, unknown>>;
  };
  await answered(() => ripen('sending', 'status'));
  return {
    async killed() {
      await end('SIGKILL');
      child = begin();
    },
    stop: () => end('SIGTERM'),
    ripen,
  };
}

async function answered(ask: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await ask();
      return;
    } catch (error) {
      if (tries >= 30) throw error;
      await pause(1_000);
    }
  }
}
