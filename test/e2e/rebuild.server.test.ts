/** An event that Temporal had and nobody had decided when the workflow was lost comes back from ENGAGEMENT by `ripen rebuild`, once, before anything is sent. */
import { eventHash } from '../../events/hashes';
import type { Plan } from '../../workflows/core';
import { ripen } from '../support/engine-process';
import { openEffects } from '../support/set-check';
import { eventually } from '../support/shell-engine';
import { artefactsOf, tourOf } from '../support/tour';
import { person, startEngine, type Engine, type Imported } from '../support/whole-engine';

jest.setTimeout(240_000);
const created = { kind: 'engaged' as const, type: 'project.created' };
const planOf = (id: string, touch: object): Plan => {
  const plan = tourOf({ id, contents: [`${id}-hello`] });
  const { start } = plan.phases;
  if (start === undefined) throw new Error('unreachable');
  const second = { channel: 'email' as const, id: `${id}-second`, purpose: 'marketing' as const, ...touch };
  return { ...plan, phases: { start: { ...start, touches: [...start.touches, second as (typeof start.touches)[number]] } } };
};

let engine: Engine;
beforeAll(async () => {
  // An hour of the engine is a second.
  engine = await startEngine({ rate: 3_600 });
  const thanks = planOf('thanks', { after: { kind: 'since', of: created, span: '0 minutes' } });
  const chase = planOf('chase', { after: '4 hours', unless: created });
  await engine.publish(artefactsOf([thanks, chase]));
});
afterAll(() => engine?.stop());
afterEach(async () => {
  await engine.worker.kill();
  await engine.worker.start();
});

const factsOf = async (leadId: string) =>
  (await engine.log()).filter(({ decision }) => decision.lead === leadId).flatMap(({ decision }) => decision.facts);
const mailsTo = (leadId: string) => engine.mailbox.mails.filter((mail) => mail.leadId === leadId).map(({ content }) => content);
const recorded = async (leadId: string, id: string): Promise<number> =>
  (await factsOf(leadId)).filter(
    (fact) => fact.type === 'EngagementRecorded' && fact.id === eventHash(engine.env.RIPEN_SECRET, '/test', id),
  ).length;

async function comeIn(n: number, sequence: string): Promise<Imported> {
  const [lead] = await engine.importAll([person(n, 'lost.example')], sequence);
  if (lead === undefined) throw new Error('unreachable');
  await eventually('the first mail is sent and recorded', async () =>
    (await factsOf(lead.leadId)).some(({ type }) => type === 'TouchSent') ? true : undefined,
  );
  return lead;
}

async function deleted(leadId: string): Promise<void> {
  const { connection, options } = engine.client;
  const workflowExecution = { workflowId: `lead/${leadId}` };
  await connection.workflowService.deleteWorkflowExecution({ namespace: options.namespace, workflowExecution });
  await eventually(
    'the workflow is gone',
    () =>
      engine
        .handle(leadId)
        .describe()
        .then(
          () => undefined,
          () => true,
        ),
    60_000,
  );
}

async function rebuilt(email: string): Promise<Readonly<Record<string, unknown>>> {
  const { code, out, err } = await ripen(['rebuild', email, '--yes', '--json'], engine.env);
  expect({ code, err }).toMatchObject({ code: 0 });
  return JSON.parse(out.trim().split('\n').at(-1) ?? '') as Record<string, unknown>;
}

/** The engine's clock. */
const engineNow = (): number => {
  const epochAt = Number(engine.env.RIPEN_CLOCK_EPOCH);
  return epochAt + (Date.now() - epochAt) * 3_600;
};

const settledDown = (leadId: string) =>
  eventually('nothing is on its way', async () => (await openEffects(engine)).every((effect) => !effect.startsWith(leadId)) || undefined);

test.each([
  [
    'terminated',
    (leadId: string) =>
      engine
        .handle(leadId)
        .terminate('lost')
        .then(() => undefined),
  ],
  ['deleted', deleted],
] as const)('an event lost with a %s workflow is recorded once and the message that waits for it goes once', async (how, lose) => {
  const { leadId, email } = await comeIn(how.length, 'thanks');
  await engine.worker.kill();
  const { seq } = await engine.engage('project.created', { who: { email } }, `project-${how}`, engineNow());
  await engine.acknowledged(seq);
  await lose(leadId);
  await engine.worker.start();
  const held = await recorded(leadId, `project-${how}`);

  expect(await rebuilt(email)).toMatchObject({ ok: true, lead: leadId, new: 1 - held });
  await eventually('the message has come', () => mailsTo(leadId).includes('thanks-second') || undefined);
  expect(await rebuilt(email)).toMatchObject({ ok: true, same: true, new: 0 });
  await settledDown(leadId);
  expect(await recorded(leadId, `project-${how}`)).toBe(1);
  expect(mailsTo(leadId)).toEqual(['thanks-hello', 'thanks-second']);
});

test('a message that fell due meanwhile waits for the lost event that speaks against it', async () => {
  const { leadId, email } = await comeIn(50, 'chase');
  const { wakeAt = 0 } = await engine.view(leadId);
  await engine.worker.kill();
  const { seq } = await engine.engage('project.created', { who: { lead: leadId } }, 'project-chase', engineNow());
  await engine.acknowledged(seq);
  await engine.handle(leadId).terminate('lost');
  await eventually('the message is due', () => Date.now() > wakeAt + 500 || undefined);
  await engine.worker.start();
  await rebuilt(email);
  const because = (await factsOf(leadId)).flatMap((fact) => (fact.type === 'TouchWithheld' ? [fact.because] : []));
  expect(because).toEqual(['condition']);
  expect(await recorded(leadId, 'project-chase')).toBe(1);
  expect(mailsTo(leadId)).toEqual(['chase-hello']);
});

test('what a visitor did before they said who they are counts once, and what they did since comes back', async () => {
  const { leadId, email } = await comeIn(60, 'thanks');
  const anonymous = 'cookie-of-sixty';
  const visits = async () =>
    (await factsOf(leadId)).filter((fact) => fact.type === 'EngagementRecorded' && fact.event === 'page.viewed').length;
  await engine.engage('page.viewed', { who: { anonymous }, path: '/before' });
  await engine.engage('form.submitted', { who: { anonymous, email }, form: 'demo' });
  await eventually('the visit is credited', async () => (await visits()) === 1 || undefined);
  await engine.worker.kill();
  const { seq } = await engine.engage('page.viewed', { who: { anonymous }, path: '/after' });
  await engine.acknowledged(seq);
  await engine.handle(leadId).terminate('lost');
  await engine.worker.start();
  await rebuilt(email);
  expect(await visits()).toBe(2);
});
