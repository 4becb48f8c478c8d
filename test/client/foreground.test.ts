import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openContext } from '../../client/context';

jest.setTimeout(30_000);
const folder = mkdtempSync(join(tmpdir(), 'ripen-foreground-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Says its pid, counts the signals it is sent, and ends a moment after the first, as an engine that drains. */
const engine = join(folder, 'engine.js');
writeFileSync(
  engine,
  `let signals = 0;
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {
  signals += 1;
  if (signals === 1) setTimeout(() => { console.log('drained after ' + signals + ' ' + signal); process.exit(7); }, 300);
});
setInterval(() => {}, 1000);
console.log('pid ' + process.pid);`,
);

function run(): {
  readonly parent: ChildProcess;
  readonly says: (text: RegExp) => Promise<RegExpExecArray>;
  readonly ended: Promise<number | null>;
} {
  const register = join(__dirname, '..', 'support', 'register.js');
  const parent = spawn(process.execPath, ['--require', register, join(__dirname, 'foreground-parent.ts'), engine], {
    env: { ...process.env, NODE_OPTIONS: `--require ${register}` },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let heard = '';
  parent.stdout?.on('data', (chunk: Buffer) => (heard += chunk.toString()));
  const says = async (text: RegExp): Promise<RegExpExecArray> => {
    for (;;) {
      const match = text.exec(heard);
      if (match !== null) return match;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  return { parent, says, ended: new Promise((resolve) => parent.once('exit', resolve)) };
}

test('a signal reaches the engine once, its draining is waited for, its exit code is passed on', async () => {
  const { parent, says, ended } = run();
  await says(/pid \d+/);
  parent.kill('SIGINT');
  expect(await ended).toBe(7);
  expect((await says(/drained after (.*)/))[1]).toBe('1 SIGINT');
});

test('an engine whose command line was killed drains and ends by itself', async () => {
  const { parent, says } = run();
  const pid = Number((await says(/pid (\d+)/))[1]);
  parent.kill('SIGKILL');
  expect((await says(/drained after (.*)/))[1]).toBe('1 SIGTERM');
  for (let alive = true; alive;) {
    try {
      process.kill(pid, 0);
      await new Promise((resolve) => setTimeout(resolve, 20));
    } catch {
      alive = false;
    }
  }
});

test('an engine that was not built is named, not started', async () => {
  const context = openContext({}, folder, () => undefined);
  await expect(context.runShipped([join(folder, 'nothing.js')])).rejects.toThrow('npm run build');
});
