/** The dev stack keeps its promises: nothing acknowledged is lost, nothing is left behind, no folder is shared by accident. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client as TemporalClient, Connection } from '@temporalio/client';
import { connect, StorageType } from 'nats';
import { Client } from 'pg';
import { readRun, startDevStack } from '../../worker/dev-stack';
import { gone, identityOf, lives, type ProcessIdentity } from '../../worker/dev-stack/identity';
import { ensureSearchAttributes } from '../../worker/search-attributes';
import {
  freshDatabase,
  freshNats,
  freshPostgres,
  freshTemporal,
  sharedServers,
  spawnTypeScript,
  temporaryFolder,
} from '../support/servers';

jest.setTimeout(60_000);

const root = join(__dirname, '..', '..');

async function query(url: string, text: string): Promise<readonly Record<string, string | number>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows as Record<string, string | number>[];
  } finally {
    await client.end();
  }
}

/** A process that inserts rows one by one and says each number after Postgres acknowledged it. */
function inserter(url: string, writer: string): { readonly child: ChildProcess; readonly acknowledged: number[] } {
  const source = `
    const { Client } = require('pg');
    const client = new Client({ connectionString: process.argv[1] });
    client.connect().then(async () => {
      for (let n = 1; n <= 1000; n++) { await client.query('insert into rows (writer, n) values ($1, $2)', [process.argv[2], n]); process.stdout.write(n + '\\n'); }
      await client.end();
    });`;
  const child = spawn(process.execPath, ['-e', source, url, writer], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  const acknowledged: number[] = [];
  let rest = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split('\n');
    rest = lines.pop() ?? '';
    acknowledged.push(...lines.map(Number));
  });
  return { child, acknowledged };
}

const ended = (child: ChildProcess) => once(child, 'close');

async function until(what: () => boolean): Promise<void> {
  for (const limit = Date.now() + 40_000; !what(); await delay(10)) if (Date.now() > limit) throw new Error('it never came');
}

describe('the people store on the embedded Postgres', () => {
  test('takes rows from two processes at once and keeps every acknowledged one when the first is killed in the middle', async () => {
    const url = await freshDatabase();
    await query(url, 'create table rows (writer text, n int, primary key (writer, n))');
    const [killed, lasting] = [inserter(url, 'killed'), inserter(url, 'lasting')];
    const [killedEnded, lastingEnded] = [ended(killed.child), ended(lasting.child)];
    await until(() => killed.acknowledged.length >= 100 && lasting.acknowledged.length >= 50);
    killed.child.kill('SIGKILL');
    await killedEnded;
    await lastingEnded;
    const stored = await query(url, 'select writer, n from rows');
    const has = new Set(stored.map((row) => `${row.writer}:${row.n}`));
    expect(killed.acknowledged.filter((n) => !has.has(`killed:${n}`))).toEqual([]);
    expect(lasting.acknowledged).toHaveLength(1000);
    expect(lasting.acknowledged.filter((n) => !has.has(`lasting:${n}`))).toEqual([]);
    // At most the one in flight is stored without having been acknowledged.
    expect(stored.length - 1000 - killed.acknowledged.length).toBeLessThanOrEqual(1);
  });

  test('has its rows after a stop and after a SIGKILL in the middle of inserts', async () => {
    const postgres = await freshPostgres();
    await query(postgres.url, 'create table rows (writer text, n int)');
    await query(postgres.url, "insert into rows values ('before', 1)");
    await postgres.stop();
    await postgres.restart();
    expect(await query(postgres.url, 'select n from rows')).toEqual([{ n: 1 }]);

    const client = new Client({ connectionString: postgres.url });
    client.on('error', () => undefined); // the server is killed under it
    await client.connect();
    let acknowledged = 0;
    const inserting = (async () => {
      for (;;) {
        await client.query("insert into rows values ('after', 1)");
        acknowledged++;
      }
    })().catch(() => undefined);
    await until(() => acknowledged >= 50);
    await postgres.kill();
    await inserting;
    await postgres.restart();
    const [count] = await query(postgres.url, "select count(*)::int as n from rows where writer = 'after'");
    expect(Number(count?.n) - acknowledged).toBeGreaterThanOrEqual(0);
    expect(Number(count?.n) - acknowledged).toBeLessThanOrEqual(1);
    await postgres.remove();
  });
});

describe('the streams', () => {
  test('have their messages after a stop and after a SIGKILL', async () => {
    const nats = await freshNats();
    const publish = async (subject: string) => {
      const connection = await connect({ servers: nats.url });
      await (await connection.jetstreamManager()).streams.add({ name: 'KEPT', subjects: ['kept.>'], storage: StorageType.File });
      const { seq } = await connection.jetstream().publish(subject);
      const { state } = await (await connection.jetstreamManager()).streams.info('KEPT');
      await connection.close();
      return { seq, messages: state.messages };
    };
    expect(await publish('kept.1')).toEqual({ seq: 1, messages: 1 });
    await nats.kill();
    await nats.restart();
    expect(await publish('kept.2')).toEqual({ seq: 2, messages: 2 });
    await nats.stop();
    await nats.restart();
    expect(await publish('kept.3')).toEqual({ seq: 3, messages: 3 });
    await nats.remove();
  });
});

describe('Temporal', () => {
  test('has its workflows after a SIGKILL and after a stop', async () => {
    const temporal = await freshTemporal({ onDisk: true });
    const withClient = async <T>(work: (client: TemporalClient) => Promise<T>): Promise<T> => {
      const connection = await Connection.connect({ address: temporal.address });
      try {
        return await work(new TemporalClient({ connection }));
      } finally {
        await connection.close();
      }
    };
    const status = (id: string) => withClient(async (client) => (await client.workflow.getHandle(id).describe()).status.name);
    const start = (id: string) => withClient((client) => client.workflow.start('nurtureLead', { workflowId: id, taskQueue: 'nobody' }));
    await start('lead/killed');
    await temporal.kill();
    await temporal.restart();
    await start('lead/stopped');
    await temporal.stop();
    await temporal.restart();
    expect([await status('lead/killed'), await status('lead/stopped')]).toEqual(['RUNNING', 'RUNNING']);
    await temporal.remove();
  });

  test('of the dev stack knows every search attribute, and the command for other servers finds nothing left to do', async () => {
    const connection = await Connection.connect({ address: sharedServers().temporalAddress });
    const missing = await ensureSearchAttributes(connection, 'default');
    await connection.close();
    expect(missing).toEqual([]);
  });
});

describe('a stack', () => {
  /** A process that starts a stack (NATS and Postgres) and then only waits; resolves with the servers' processes. */
  async function starter(dir: string): Promise<{ readonly child: ChildProcess; readonly servers: readonly ProcessIdentity[] }> {
    const child = spawnTypeScript(join(root, 'test', 'support', 'hold-stack.ts'), [dir], { NATS_URL: '', DATABASE_URL: '' });
    const [line] = (await once(child.stdout as NonNullable<typeof child.stdout>, 'data')) as [Buffer];
    const pids = Object.values(JSON.parse(line.toString()) as Record<string, number>);
    return { child, servers: pids.map((pid) => identityOf(pid) as ProcessIdentity) };
  }

  test('leaves no server behind when its starter is killed', async () => {
    const { child, servers } = await starter(temporaryFolder());
    expect(servers.map(lives)).toEqual([true, true]);
    child.kill('SIGKILL');
    expect(await Promise.all(servers.map((server) => gone(server, 12_000)))).toEqual([true, true]);
  });

  test('is refused in a sentence where another one runs, and starts where the other one was killed', async () => {
    const dir = temporaryFolder();
    const { child, servers } = await starter(dir);
    const again = () => startDevStack({ dir, need: ['nats'], env: { ...process.env, NATS_URL: '' } });
    await expect(again()).rejects.toThrow(`Another ripen (process ${child.pid}) already runs the dev stack in ${dir}.`);
    child.kill('SIGKILL');
    await ended(child);
    const stack = await again();
    expect(servers.filter(lives)).toEqual([]);
    expect(existsSync(join(dir, 'run.json'))).toBe(true);
    stack.tell({ clock: { epoch: 5, rate: 43_200 } });
    stack.tell({ intake: { url: 'http://127.0.0.1:1', token: 'a-token' } });
    expect(readRun(dir)).toMatchObject({ clock: { epoch: 5, rate: 43_200 }, intake: { token: 'a-token' }, addresses: stack.addresses });
    expect(statSync(join(dir, 'run.json')).mode & 0o077).toBe(0);
    await stack.stop();
    expect(existsSync(join(dir, 'run.json'))).toBe(false);
  });

  test('has the same addresses after a restart', async () => {
    const start = () => startDevStack({ dir, need: ['nats', 'smtp'], env: { ...process.env, NATS_URL: '', SMTP_URL: '' } });
    const dir = temporaryFolder();
    const first = await start();
    await first.stop();
    const second = await start();
    expect(second.addresses).toEqual(first.addresses);
    await second.stop();
  });

  test('takes the servers that the environment names and starts none of its own', async () => {
    const { natsUrl, databaseUrl, temporalAddress } = sharedServers();
    const stack = await startDevStack({ dir: temporaryFolder(), env: process.env });
    expect(stack).toMatchObject({
      addresses: { NATS_URL: natsUrl, DATABASE_URL: databaseUrl, TEMPORAL_ADDRESS: temporalAddress },
      pids: {},
    });
    await stack.stop();
  });
});
