/** PROTOCOL 8 on real servers: while the log is away nothing is sent before its fact, nothing is lost, and few history events are added. */
import { commandUpdate, viewQuery } from '../../workflows/messages';
import { enrol, lead, logOf, visit } from '../support/lead-inputs';
import { freshNats } from '../support/servers';
import { eventually, freshId, freshNamespace, startShell, stopLeftOver } from '../support/shell-engine';
import { publishedOf } from '../support/small-plan';

jest.setTimeout(240_000);
afterAll(stopLeftOver);

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
  const pauseAnswer = await shell.handle(leads[0] ?? '').executeUpdate(commandUpdate, {
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
