/** PROTOCOL 21 on real servers: a router that decides ahead is killed between append and ack; its heir goes on, and everything adds up. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { openNats, type Nats } from '../../activities/adapters/nats-connection';
import { eventHash } from '../../events/hashes';
import { publishEvent } from '../../events/publish-event';
import { consumers, ensureStreams } from '../../events/streams';
import { viewQuery } from '../../workflows/messages';
import { decide, fold, initial } from '../../workflows/core';
import type { Fact, LeadState } from '../../workflows/core';
import { eventOf, secret } from '../events/fakes';
import { enrol, lead, logOf } from '../support/lead-inputs';
import { freshNats, spawnTypeScript } from '../support/servers';
import { eventually, freshNamespace, startShell, stopLeftOver, type Shell } from '../support/shell-engine';
import { publishedOf } from '../support/small-plan';

jest.setTimeout(240_000);
let server: Awaited<ReturnType<typeof freshNats>>;
let nats: Nats;
let shell: Shell;
let namespace: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  [server, namespace] = await Promise.all([freshNats(), freshNamespace()]);
  nats = await openNats({ url: server.url, name: 'ahead-test' });
  await ensureStreams(nats, { consumers: [{ ...consumers.router, ack_wait: 1_000_000_000 }] });
  shell = await startShell({ natsUrl: server.url, namespace, published: publishedOf() });
});
afterAll(async () => {
  children.forEach((child) => child.kill('SIGKILL'));
  await stopLeftOver();
  await nats.close();
  await server.remove();
});

async function router(env: NodeJS.ProcessEnv = {}): Promise<ChildProcess> {
  const child = spawnTypeScript(join(__dirname, 'ahead-router.ts'), [], { NATS_URL: server.url, NAMESPACE: namespace, ...env });
  children.push(child);
  let said = '';
  child.stderr?.on('data', (chunk) => (said += String(chunk)));
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once('data', () => resolve());
    child.once('exit', (code, signal) => reject(new Error(`the router ended (${code ?? signal}): ${said}`)));
  });
  return child;
}

type Deed = { readonly id: string; readonly leadId: string; readonly clicked: boolean };
let serial = 0;
const publish = async (leadId: string, clicked = false): Promise<Deed> => {
  const id = `deed${++serial}`;
  const now = new Date().toISOString();
  const event = clicked
    ? eventOf('email.clicked', { lead: leadId }, {}, { id, time: now, actor: 'human' })
    : eventOf('page.viewed', { lead: leadId }, { path: '/blog' }, { id, time: now });
  await publishEvent(nats, secret, event);
  return { id: eventHash(secret, '/test', id), leadId, clicked };
};
const engagedOf = (facts: readonly Fact[]): readonly string[] =>
  facts.flatMap((fact) => (fact.type === 'EngagementRecorded' ? [fact.id] : []));

test('events decided ahead by a router that was killed before it could ack count once, and workflows, points and log agree in the end', async () => {
  const leads = Array.from({ length: 5 }, lead);
  const deeds: Deed[] = [];
  const all = (): Promise<boolean> =>
    eventually(
      'every event is in its log',
      async () => {
        for (const leadId of leads) {
          const recorded = engagedOf((await logOf(shell, leadId)).facts);
          if (deeds.some((deed) => deed.leadId === leadId && !recorded.includes(deed.id))) return undefined;
        }
        return true;
      },
      60_000,
    );
  for (const leadId of leads) await shell.deliver(leadId, enrol());
  const dying = await router({ KILL_AFTER: '12' });
  const gone = once(dying, 'exit') as Promise<[number | null, string | null]>;
  for (const leadId of leads) deeds.push(await publish(leadId));
  await all();

  let dead = false;
  void gone.then(() => (dead = true));
  // Round by round, so that the router finds the round before decided; a click moves the score to another band.
  for (let round = 0; !dead && round < 40; round += 1) {
    for (const leadId of leads) deeds.push(await publish(leadId, round % 11 === 10));
    await Promise.race([all(), gone]);
  }
  expect((await gone)[1]).toBe('SIGKILL');
  const info = await nats.api(`CONSUMER.INFO.ENGAGEMENT.${consumers.router.durable_name}`);
  expect(Number(info['num_ack_pending'])).toBeGreaterThan(0);

  const heir = await router();
  const last = once(heir.stdout ?? heir, 'data') as Promise<[Buffer]>;
  for (let round = 0; round < 12; round += 1) {
    for (const leadId of leads) deeds.push(await publish(leadId, round === 6));
    await all();
  }
  heir.kill('SIGTERM');
  const { ahead } = JSON.parse(String((await last)[0])) as { readonly ahead: number };
  expect(ahead).toBeGreaterThan(25);

  for (const leadId of leads) {
    const log = await logOf(shell, leadId);
    const own = deeds.filter((deed) => deed.leadId === leadId);
    log.stored.forEach(({ decision }, at) => expect([decision.n, decision.prev]).toEqual([at + 1, log.stored[at - 1]?.digest ?? '']));
    expect([...engagedOf(log.facts)].sort()).toEqual(own.map(({ id }) => id).sort());
    expect(log.stored.some(({ decision }) => decision.run === 'router')).toBe(true);
    const state = fold(initial(leadId), log.facts);
    expect(state.scores['points']?.total).toBe(own.reduce((sum, { clicked }) => sum + (clicked ? 10 : 1), 0) * 1_000);
    expect(decide(publishedOf(), state, [], state.at)).toEqual([]);
    await knowsAll(leadId, state, log.stored.at(-1)?.decision.n ?? 0);
  }
});

/** The router that stopped had it look. */
async function knowsAll(leadId: string, state: LeadState, n: number): Promise<void> {
  const view = await eventually('the workflow knows its whole log', async () => {
    const seen = await shell.handle(leadId).query(viewQuery);
    return seen.position.n === n ? seen : undefined;
  });
  expect(view).toMatchObject({ inbox: 0, running: [] });
  expect(Object.keys(state.effects)).toEqual([]);
}
