/** PROTOCOL 8 at length: NATS away for ten minutes under 500 leads (RIPEN_SOAK=short: 40 s under 100), measured in history events, losses and order. */
import { commandUpdate, viewQuery } from '../../workflows/messages';
import { enrol, lead, logOf, visit } from '../support/lead-inputs';
import { freshNats } from '../support/servers';
import { eventually, freshId, freshNamespace, startShell, stopLeftOver } from '../support/shell-engine';
import { publishedOf } from '../support/small-plan';

const short = process.env['RIPEN_SOAK'] === 'short';
const size = short ? { leads: 100, awayMs: 40_000, mostEvents: 25 } : { leads: 500, awayMs: 600_000, mostEvents: 60 };
jest.setTimeout(size.awayMs + 900_000);
afterAll(stopLeftOver);

test('while NATS is long away due leads wait with few history events, pause acts, nothing is sent before its fact, and all goes on afterwards', async () => {
  const nats = await freshNats();
  const shell = await startShell({ natsUrl: nats.url, namespace: await freshNamespace(), published: publishedOf() });
  const leads = Array.from({ length: size.leads }, lead);
  const [paused = '', ...others] = leads;
  await Promise.all(leads.map((leadId) => shell.deliver(leadId, visit())));
  for (const leadId of leads)
    await eventually('the lead is known', async () => ((await logOf(shell, leadId)).consumed.length === 1 ? true : undefined), 60_000);
  const historyOf = async (leadId: string): Promise<number> => Number((await shell.handle(leadId).describe()).historyLength);
  const before = new Map(await Promise.all(leads.map(async (leadId) => [leadId, await historyOf(leadId)] as const)));

  await nats.stop();
  const late = new Map(leads.map((leadId) => [leadId, [enrol(), visit()] as const]));
  await Promise.all([...late].map(([leadId, inputs]) => shell.deliver(leadId, ...inputs)));
  await eventually(
    'the lead shows its problem',
    async () => (await shell.handle(paused).query(viewQuery)).problem === 'facts-away' || undefined,
    60_000,
  );
  const answer = await shell.handle(paused).executeUpdate(commandUpdate, {
    args: [{ kind: 'command', id: freshId(), command: { word: 'pause' }, by: 'operator', because: 'test' }],
  });
  expect(answer).toMatchObject({ ok: true, says: expect.stringMatching(/Held here/) });
  await new Promise((resolve) => setTimeout(resolve, size.awayMs));
  expect(shell.sends).toEqual([]);
  const added = await Promise.all(others.map(async (leadId) => (await historyOf(leadId)) - (before.get(leadId) ?? 0)));
  process.stdout.write(`history events added a lead while NATS was away: at most ${Math.max(...added)}\n`);
  expect(Math.max(...added)).toBeLessThanOrEqual(size.mostEvents);

  await nats.restart();
  // The pause between two tries has grown to ten minutes at most, and some.
  for (const leadId of others)
    await eventually(`a mail to ${leadId}`, () => shell.sends.some((send) => send.leadId === leadId) || undefined, 800_000);
  await eventually(
    'the pause is recorded',
    async () => (await logOf(shell, paused)).facts.some(({ type }) => type === 'LeadPaused') || undefined,
    800_000,
  );
  expect(shell.sends.filter((send) => send.leadId === paused)).toEqual([]);
  expect(new Set(shell.sends.map(({ leadId, send }) => `${leadId}/${send.id}`)).size).toBe(shell.sends.length);
  for (const [leadId, inputs] of late) {
    const { consumed, facts } = await logOf(shell, leadId);
    for (const { id } of inputs) expect(consumed.filter((one) => one === id)).toHaveLength(1);
    const decided = facts.flatMap((fact) => (fact.type === 'EffectDecided' ? [fact.effect.id] : []));
    for (const { send } of shell.sends.filter((one) => one.leadId === leadId)) expect(decided).toContain(send.id);
  }
  await shell.stop();
  await nats.remove();
});
