/** PROTOCOL as crash tests on real servers: what a killed worker stored stands, races lose nothing, nothing happens before its fact. */
import { join } from 'node:path';
import type { ChildProcess } from 'node:child_process';
import { Client } from '@temporalio/client';
import { doorTo } from '../../worker/temporal';
import { fold, initial, lookups } from '../../workflows/core';
import { commandUpdate, repairUpdate, viewQuery } from '../../workflows/messages';
import { eventually, freshId, freshNamespace, startShell, stopLeftOver } from '../support/shell-engine';
import type { Shell } from '../support/shell-engine';
import { sharedServers, spawnTypeScript } from '../support/servers';
import { enrol, lead, logOf, visit } from '../support/lead-inputs';
import { publishedOf } from '../support/small-plan';

jest.setTimeout(240_000);
afterAll(stopLeftOver);

let namespace: string;
beforeAll(async () => {
  namespace = await freshNamespace();
});

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
