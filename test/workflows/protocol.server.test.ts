/** PROTOCOL as crash tests on real servers: what a killed worker stored stands, races lose nothing, nothing happens before its fact. */
import { join } from 'node:path';
import type { ChildProcess } from 'node:child_process';
import { Client } from '@temporalio/client';
import { doorTo } from '../../worker/temporal';
import { fold, initial, lookups } from '../../workflows/core';
import type { Input } from '../../workflows/core';
import { commandUpdate, repairUpdate, viewQuery } from '../../workflows/messages';
import { eventually, freshId, freshNamespace, startShell } from '../support/shell-engine';
import type { Shell } from '../support/shell-engine';
import { freshNats, sharedServers, spawnTypeScript } from '../support/servers';
import { publishedOf } from '../support/small-plan';

jest.setTimeout(240_000);

let namespace: string;
beforeAll(async () => {
  namespace = await freshNamespace();
});

const visit = (id = freshId(), occurredAt = Date.now()): Input => ({
  kind: 'engaged',
  id,
  event: { id, type: 'page.viewed', occurredAt, actor: 'human', data: { path: '/pricing' } },
});
const enrol = (id = freshId()): Input => ({
  kind: 'command',
  id,
  command: { word: 'enrol', sequence: 'small' },
  by: 'test',
  because: 'test',
});
const lead = (): string =>
  `ld_${freshId()
    .toLowerCase()
    .replace(/[^a-z0-9]/g, 'x')}`;

async function logOf(shell: Shell, leadId: string) {
  const stored = await shell.facts.after(leadId, 0, 10_000);
  return {
    stored,
    consumed: stored.flatMap(({ decision }) => decision.consumed.map(({ id }) => id)),
    facts: stored.flatMap(({ decision }) => decision.facts),
  };
}

/** Every message's `prev` is the digest of the one before and numbers grow by one. */
function expectChain(stored: Awaited<ReturnType<typeof logOf>>['stored']): void {
  let before = { n: 0, digest: '' };
  for (const { decision, digest } of stored) {
    expect([decision.n, decision.prev]).toEqual([before.n + 1, before.digest]);
    before = { n: decision.n, digest };
  }
}

const children: ChildProcess[] = [];
afterAll(() => children.forEach((child) => child.kill('SIGKILL')));

async function workerProcess(env: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const child = spawnTypeScript(join(__dirname, 'lead-worker.ts'), [], { NATS_URL: sharedServers().natsUrl, NAMESPACE: namespace, ...env });
  children.push(child);
  let said = '';
  child.stderr?.on('data', (chunk) => (said += String(chunk)));
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once('data', () => resolve());
    child.once('exit', (code, signal) => reject(new Error(`worker ended (${code ?? signal}): ${said}`)));
  });
  return child;
}
const ended = (child: ChildProcess): Promise<NodeJS.Signals | number | null> =>
  new Promise((resolve) =>
    child.exitCode !== null || child.signalCode !== null
      ? resolve(child.signalCode ?? child.exitCode)
      : child.once('exit', (code, signal) => resolve(signal ?? code)),
  );

test('a decision stored by a worker that was killed before it could say so stands, and another signal that arrived meanwhile is decided after it', async () => {
  const leadId = lead();
  const [warmUp, first, second] = [visit(), visit(), visit()];
  const doomed = await workerProcess({ KILL_ON: first.id });
  const other = await startShell({ natsUrl: sharedServers().natsUrl, namespace: await freshNamespace(), published: publishedOf() });
  const { client } = other;
  const { deliver } = doorTo(new Client({ connection: client.connection, namespace }));
  await deliver(leadId, [warmUp]);
  await eventually('the lead is warm', async () => (await logOf(other, leadId)).consumed.includes(warmUp.id) || undefined);
  await deliver(leadId, [first]);
  expect(await ended(doomed)).toBe('SIGKILL');
  const killed = await other.facts.last(leadId);
  expect(killed?.decision.consumed.map(({ id }) => id)).toEqual([first.id]);
  await deliver(leadId, [second]);

  const heir = await workerProcess({});
  const log = await eventually('both inputs decided', async () => {
    const seen = await logOf(other, leadId);
    return seen.consumed.includes(second.id) ? seen : undefined;
  });
  expectChain(log.stored);
  expect(log.consumed.filter((id) => id === first.id)).toHaveLength(1);
  expect(log.consumed.filter((id) => id === second.id)).toHaveLength(1);
  expect(log.stored.find(({ decision }) => decision.n === killed?.decision.n)?.digest).toBe(killed?.digest);
  const view = await new Client({ connection: client.connection, namespace }).workflow.getHandle(`lead/${leadId}`).query(viewQuery);
  expect(view.position).toEqual({ n: log.stored.at(-1)?.decision.n, seq: log.stored.at(-1)?.seq, digest: log.stored.at(-1)?.digest });
  expect(view.inbox).toBe(0);
  expect(lookups(fold(initial(leadId), log.facts), [first, second])).toEqual([]);
  heir.kill('SIGKILL');
  await ended(heir);
  await other.stop();
});

describe('with one worker', () => {
  let shell: Shell;
  beforeAll(async () => {
    namespace = await freshNamespace();
    shell = await startShell({ natsUrl: sharedServers().natsUrl, namespace, published: publishedOf() });
  });
  afterAll(() => shell.stop());

  test('twenty leads that continue as new while signals race in lose none and apply none twice', async () => {
    const leads = Array.from({ length: 20 }, lead);
    const sent = new Map(leads.map((leadId) => [leadId, Array.from({ length: 100 }, () => visit())]));
    await Promise.all(
      leads.map(async (leadId) => {
        for (const input of sent.get(leadId) ?? []) await shell.deliver(leadId, input, ...(Math.random() < 0.1 ? [input] : []));
      }),
    );
    let runs = 0;
    for (const leadId of leads) {
      const ids = (sent.get(leadId) ?? []).map(({ id }) => id);
      const log = await eventually(`all inputs of ${leadId}`, async () => {
        const seen = await logOf(shell, leadId);
        return ids.every((id) => seen.consumed.includes(id)) ? seen : undefined;
      });
      expectChain(log.stored);
      expect([...log.consumed].sort()).toEqual([...ids].sort());
      expect(log.facts.filter(({ type }) => type === 'EngagementRecorded')).toHaveLength(100);
      runs += new Set(log.stored.map(({ decision }) => decision.run)).size;
    }
    expect(runs).toBeGreaterThan(leads.length);
  });

  test('a touch is sent only after its fact is stored, once, and its outcome closes it', async () => {
    const leadId = lead();
    await shell.deliver(leadId, enrol());
    const log = await eventually('the mail is recorded as sent', async () => {
      const seen = await logOf(shell, leadId);
      return seen.facts.some(({ type }) => type === 'TouchSent') ? seen : undefined;
    });
    expect(shell.sends.filter((send) => send.leadId === leadId).map(({ send }) => send.touch)).toEqual(['hello']);
    expect(log.facts.map(({ type }) => type).filter((type) => type === 'EffectDecided' || type === 'TouchSent')).toEqual([
      'EffectDecided',
      'TouchSent',
    ]);
  });

  test('a lead whose log was restored from an older copy starts nothing and says so, until an operator repairs it; then it goes on', async () => {
    const leadId = lead();
    await shell.deliver(leadId, visit());
    await shell.deliver(leadId, visit());
    const newest = await eventually('two visits stored', async () => {
      const seen = await logOf(shell, leadId);
      return seen.facts.filter(({ type }) => type === 'EngagementRecorded').length === 2 ? seen.stored.at(-1) : undefined;
    });
    await eventually(
      'the workflow knows its last decision',
      async () => (await shell.handle(leadId).query(viewQuery)).position.n === newest.decision.n || undefined,
    );
    await shell.nats.api('STREAM.MSG.DELETE.FACTS', { seq: newest.seq });

    await shell.deliver(leadId, enrol());
    await eventually(
      'the problem is named',
      async () => (await shell.handle(leadId).query(viewQuery)).problem === 'facts-behind' || undefined,
    );
    expect(shell.sends.filter((send) => send.leadId === leadId)).toEqual([]);

    const answer = await shell.handle(leadId).executeUpdate(repairUpdate, { args: [{ by: 'operator', because: 'older stream restored' }] });
    expect(answer).toMatchObject({ ok: true });
    await eventually('the mail goes out', () => shell.sends.some((send) => send.leadId === leadId) || undefined);
    const log = await logOf(shell, leadId);
    expectChain(log.stored);
    expect(log.facts.map(({ type }) => type)).toContain('LeadRestated');
  });

  test('a lead whose log was forked by another engine starts nothing and says so', async () => {
    const leadId = lead();
    await shell.deliver(leadId, visit());
    const mine = await eventually('the visit is stored', async () =>
      (await logOf(shell, leadId)).stored.at(-1)?.decision.consumed.length === 1 ? shell.facts.last(leadId) : undefined,
    );
    await eventually(
      'the workflow knows it',
      async () => (await shell.handle(leadId).query(viewQuery)).position.n === mine?.decision.n || undefined,
    );
    await shell.nats.api('STREAM.MSG.DELETE.FACTS', { seq: mine?.seq });
    if (mine === undefined) throw new Error('unreachable');
    const before = await shell.facts.last(leadId);
    await shell.facts.append({ ...mine.decision, run: 'another engine' }, before?.seq ?? 0);

    await shell.deliver(leadId, enrol());
    await eventually(
      'the problem is named',
      async () => (await shell.handle(leadId).query(viewQuery)).problem === 'facts-forked' || undefined,
    );
    expect(shell.sends.filter((send) => send.leadId === leadId)).toEqual([]);
  });

  test('a lead whose workflow was deleted goes on from its facts with the same next wake, and no mail goes twice', async () => {
    const leadId = lead();
    await shell.deliver(leadId, enrol());
    const wakeAt = await eventually('the next step is planned', async () => {
      const view = await shell.handle(leadId).query(viewQuery);
      return view.running.length === 0 && view.inbox === 0 && (await logOf(shell, leadId)).facts.some(({ type }) => type === 'TouchSent')
        ? view.wakeAt
        : undefined;
    });
    await shell.handle(leadId).terminate('test');
    await shell.client.workflow.start('nurtureLead', { workflowId: `lead/${leadId}`, taskQueue: 'nurture', args: [{ leadId }] });
    const again = await eventually('the new run is loaded', async () => {
      const view = await shell.handle(leadId).query(viewQuery);
      return view.position.n > 0 ? view : undefined;
    });
    expect(again.wakeAt).toBe(wakeAt);
    expect(shell.sends.filter((send) => send.leadId === leadId)).toHaveLength(1);
  });

  test('a repeated command gets its first answer', async () => {
    const leadId = lead();
    await shell.deliver(leadId, visit());
    const command = {
      kind: 'command' as const,
      id: freshId(),
      command: { word: 'enrol' as const, sequence: 'small' },
      by: 'ada',
      because: 'test',
    };
    const first = await shell.handle(leadId).executeUpdate(commandUpdate, { args: [command] });
    const second = await shell.handle(leadId).executeUpdate(commandUpdate, { args: [command] });
    expect(first.ok).toBe(true);
    expect(second).toEqual(first);
    expect((await logOf(shell, leadId)).facts.filter(({ type }) => type === 'Enrolled')).toHaveLength(1);
  });
});

test('while NATS is away due leads wait with few history events, pause acts at once, and nothing is sent before its fact', async () => {
  const nats = await freshNats();
  const own = await freshNamespace();
  const shell = await startShell({ natsUrl: nats.url, namespace: own, published: publishedOf() });
  const leads = Array.from({ length: 50 }, lead);
  await Promise.all(leads.map((leadId) => shell.deliver(leadId, visit())));
  for (const leadId of leads) await eventually('lead is known', async () => (await shell.facts.last(leadId))?.decision.consumed.length);
  const before = await Promise.all(leads.map(async (leadId) => Number((await shell.handle(leadId).describe()).historyLength)));
  await nats.stop();
  await Promise.all(leads.map((leadId) => shell.deliver(leadId, enrol())));
  await eventually(
    'leads show their problem',
    async () => (await shell.handle(leads[0] ?? '').query(viewQuery)).problem === 'facts-away' || undefined,
  );
  const pauseAnswer = await shell
    .handle(leads[0] ?? '')
    .executeUpdate(commandUpdate, {
      args: [{ kind: 'command', id: freshId(), command: { word: 'pause' }, by: 'operator', because: 'test' }],
    });
  expect(pauseAnswer).toMatchObject({ ok: true, says: expect.stringMatching(/Held here/) });
  await new Promise((resolve) => setTimeout(resolve, Number(process.env['RIPEN_AWAY_MS'] ?? 40_000)));
  expect(shell.sends).toEqual([]);
  const during = await Promise.all(leads.map(async (leadId) => Number((await shell.handle(leadId).describe()).historyLength)));
  expect(Math.max(...during.slice(1).map((events, index) => events - (before[index + 1] ?? 0)))).toBeLessThanOrEqual(25);

  await nats.restart();
  for (const leadId of leads.slice(1)) {
    await eventually(
      'the mail goes out after NATS is back',
      async () => shell.sends.some((send) => send.leadId === leadId) || undefined,
      90_000,
    );
  }
  expect(shell.sends.filter((send) => send.leadId === leads[0])).toEqual([]);
  await eventually(
    'the pause is recorded',
    async () => (await logOf(shell, leads[0] ?? '')).facts.some(({ type }) => type === 'LeadPaused') || undefined,
    90_000,
  );
  expect(shell.sends.filter((send) => send.leadId === leads[0])).toEqual([]);
  expect(new Set(shell.sends.map(({ leadId, send }) => `${leadId}/${send.id}`)).size).toBe(shell.sends.length);
  await shell.stop();
  await nats.remove();
});
