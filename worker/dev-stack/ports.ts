/** Free ports on the loopback, the same ones again after a restart where they are still free. Knows no server. */
import { randomInt } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DevStackError } from './error';

export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/** A server that was just killed lets go of its port a moment after it counts as ended. */
async function isFreeSoon(port: number): Promise<boolean> {
  for (let tries = 0; tries < 20; tries++, await delay(25)) if (await isFree(port)) return true;
  return false;
}

/** Below the range from which systems lend ports to outgoing connections, so that nobody gets it between this look and the server's own. */
export async function freePort(not: ReadonlySet<number> = new Set()): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const port = randomInt(20_000, 32_000);
    if (!not.has(port) && (await isFree(port))) return port;
  }
  throw new DevStackError('No free port was found between 20000 and 32000 on 127.0.0.1; end some servers.');
}

export type Ports = {
  /** The port of this name: the remembered one if free, else a new one. */
  of(name: string): Promise<number>;
  /** Someone else holds it after all: the next `of` takes another. */
  forget(name: string): void;
};

/** Remembers in `<dir>/ports.json`. */
export function rememberedPorts(dir: string): Ports {
  const file = join(dir, 'ports.json');
  const known: Record<string, number> = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>) : {};
  return {
    async of(name) {
      const before = known[name];
      if (before !== undefined && (await isFreeSoon(before))) return before;
      const port = await freePort(new Set(Object.values(known)));
      known[name] = port;
      writeFileSync(file, JSON.stringify(known));
      return port;
    },
    forget(name) {
      delete known[name];
    },
  };
}
