/** PROTOCOL 19 in the shell: a held run decides nothing and does nothing until it is released, and then first what came in. */
import { releaseUpdate, viewQuery } from '../../workflows/messages';
import type { Outcome } from '../../workflows/core';
import { enrol, lead, logOf, visit } from '../support/lead-inputs';
import { sharedServers } from '../support/servers';
import { eventually, freshNamespace, startShell, stopLeftOver, type Shell } from '../support/shell-engine';
import { publishedOf } from '../support/small-plan';

jest.setTimeout(120_000);
let shell: Shell;
let answer: (leadId: string) => Promise<Outcome>;
const sent: Outcome = { as: 'sent', content: 'hello@1#test' };
beforeAll(async () => {
  const options = { natsUrl: sharedServers().natsUrl, namespace: await freshNamespace(), published: publishedOf() };
  answer = async () => sent;
  shell = await startShell({ ...options, onSend: (leadId) => answer(leadId) });
});
const stuck: ((outcome: Outcome) => void)[] = [];
afterAll(() => {
  // A worker ends only when its activities do.
  stuck.forEach((end) => end(sent));
  return stopLeftOver();
});

const startHeld = (leadId: string) =>
  shell.client.workflow.start('nurtureLead', {
    workflowId: `lead/${leadId}`,
    taskQueue: 'nurture',
    args: [{ leadId, held: true }],
    workflowIdConflictPolicy: 'TERMINATE_EXISTING',
  });
const view = (leadId: string) => shell.handle(leadId).query(viewQuery);
const loaded = (leadId: string) => eventually('it is loaded', async () => ((await view(leadId)).position.n > 0 ? true : undefined));
const sendsOf = (leadId: string) => shell.sends.filter((send) => send.leadId === leadId).map(({ send }) => send.touch);
const typesOf = async (leadId: string) => (await logOf(shell, leadId)).facts.map(({ type }) => type);
/** What was not to happen would have happened by now: an overdue lead is looked at after a second. */
const aWhile = () => new Promise((resolve) => setTimeout(resolve, 2_500));

test('what comes in while a lead is held is decided only at the release, and then its effects start', async () => {
  const leadId = lead();
  await startHeld(leadId);
  await loaded(leadId);
  await shell.deliver(leadId, visit(), enrol());
  await aWhile();
  expect([await typesOf(leadId), sendsOf(leadId), (await view(leadId)).held]).toEqual([['LeadResumed'], [], true]);

  expect(await shell.handle(leadId).executeUpdate(releaseUpdate)).toMatchObject({ ok: true });
  expect(await typesOf(leadId)).toContain('Enrolled');
  await eventually('the mail goes', () => sendsOf(leadId).length > 0 || undefined);
  expect((await view(leadId)).held).toBeUndefined();
  // Released once more it changes nothing.
  expect(await shell.handle(leadId).executeUpdate(releaseUpdate)).toMatchObject({ ok: true });
  expect(sendsOf(leadId)).toEqual(['hello']);
});

test('an effect that was on its way when the workflow was lost starts again only at the release', async () => {
  const leadId = lead();
  answer = () => new Promise((resolve) => stuck.push(resolve));
  await shell.deliver(leadId, enrol());
  await eventually('the mail is on its way', () => sendsOf(leadId).length === 1 || undefined);
  answer = async () => sent;
  await startHeld(leadId);
  await loaded(leadId);
  await aWhile();
  expect(sendsOf(leadId)).toHaveLength(1);
  expect(await shell.handle(leadId).executeUpdate(releaseUpdate)).toMatchObject({ ok: true });
  await eventually('it is asked for again', () => sendsOf(leadId).length === 2 || undefined);
  await eventually('its end is recorded', async () => (await typesOf(leadId)).includes('TouchSent') || undefined);
});
