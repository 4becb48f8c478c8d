/** Promises of the whole engine that a person, an operator or the law relies on, each on real servers: privacy, opting out, a mail server away, rebuilding. */
import { openEffects, setCheck } from '../support/set-check';
import { ripen } from '../support/engine-process';
import { findings, storedTexts } from '../support/search-everything';
import { eventually } from '../support/shell-engine';
import { artefactsOf, tourOf } from '../support/tour';
import { person, startEngine, type Engine } from '../support/whole-engine';

jest.setTimeout(180_000);
const many = Array.from({ length: 60 }, (_, n) => `drip-${n}`);
let engine: Engine;
beforeAll(async () => {
  // An hour of the engine is a second.
  engine = await startEngine({ rate: 3_600 });
  const handOff = { name: 'asks', when: { kind: 'score' as const, atLeast: 50 }, sla: { contact: '24 hours' as const } };
  await engine.publish(
    artefactsOf([
      tourOf({ id: 'drip', contents: many }),
      tourOf({ id: 'pair', contents: ['one', 'two'] }),
      tourOf({ id: 'slow', contents: ['now', 'in-a-year'], after: '0 minutes', later: '300 days' }),
      tourOf({ id: 'private', contents: ['hello'], handOff }),
    ]),
  );
  await engine.people('addRep', { name: 'Rosa Quellmalz', email: 'rosa@sales.example', by: 'test' });
});
afterAll(() => engine?.stop());
// A test that failed with the mail server shut must not fail the others.
afterEach(async () => {
  await engine.mailbox.shut();
  await engine.mailbox.open();
});

test('after an opt-out is answered no send to that person starts more than a second later, while others go on', async () => {
  const leads = await engine.importAll(
    Array.from({ length: 8 }, (_, n) => person(n, 'optout.example')),
    'drip',
  );
  const { mails } = engine.mailbox;
  const of = (leadId: string) => mails.filter((mail) => mail.leadId === leadId);
  const leaving = leads.slice(0, 4);
  const staying = leads.slice(4);
  await eventually('everyone gets mails', () => leads.every(({ leadId }) => of(leadId).length >= 2) || undefined, 60_000);
  const answeredAt = await Promise.all(
    leaving.map(async ({ leadId }) => {
      const response = await fetch(`${engine.intakeUrl}${of(leadId)[0]?.wayOut ?? ''}`, { method: 'POST' });
      expect(response.status).toBe(200);
      return Date.now();
    }),
  );
  const had = staying.map(({ leadId }) => of(leadId).length);
  await eventually(
    'the others get more',
    () => staying.every(({ leadId }, at) => of(leadId).length >= (had[at] ?? 0) + 8) || undefined,
    60_000,
  );
  expect(Date.now() - Math.max(...answeredAt)).toBeGreaterThan(1_000);
  for (const [at, { leadId }] of leaving.entries()) {
    expect(of(leadId).length).toBeLessThan(many.length);
    expect(of(leadId).filter(({ begunAt }) => begunAt > (answeredAt[at] ?? 0) + 1_000)).toEqual([]);
  }
  for (const { leadId } of leads) await engine.say(leadId, { word: 'pause' });
});

test('while the mail server refuses connections mails wait, and go out once when it is back; nobody is suppressed', async () => {
  await engine.mailbox.shut();
  const leads = await engine.importAll(
    Array.from({ length: 6 }, (_, n) => person(n, 'away.example')),
    'pair',
  );
  const ids = new Set(leads.map(({ leadId }) => leadId));
  const factsOf = async () =>
    (await engine.log()).filter(({ decision }) => ids.has(decision.lead)).flatMap(({ decision }) => decision.facts);
  await eventually(
    'everyone has been tried in vain',
    async () => (await factsOf()).filter(({ type }) => type === 'TouchUnavailable').length >= leads.length || undefined,
  );
  expect(engine.mailbox.mails.filter(({ leadId }) => ids.has(leadId))).toEqual([]);
  await engine.mailbox.open();
  const contents = ['one', 'two'];
  const leftOut = async () =>
    leads.flatMap(({ leadId }) =>
      contents.filter((content) => !engine.mailbox.mails.some((mail) => mail.leadId === leadId && mail.content === content)),
    );
  await eventually('all mails have come', async () => (await leftOut()).length === 0 || undefined, 60_000);
  const facts = await factsOf();
  expect(facts.filter(({ type }) => ['Suppressed', 'TouchRefused', 'TouchUncertain', 'TouchWithheld'].includes(type))).toEqual([]);
  const { rows } = await engine.db.query('select lead_id from email_standing where lead_id = any($1) and suppressed is not null', [
    [...ids],
  ]);
  expect(rows).toEqual([]);
  expect((await setCheck(engine, leads, contents)).twice).toEqual([]);
});

test('a lead whose workflow is gone is rebuilt by the command line with the same next wake, and gets no mail twice', async () => {
  const [lead] = await engine.importAll([person(1, 'rebuild.example')], 'slow');
  const { leadId = '', email = '' } = lead ?? {};
  const mine = () => engine.mailbox.mails.filter((mail) => mail.leadId === leadId).map(({ content }) => content);
  const before = await eventually('the first mail is sent and the next planned', async () => {
    const sent = (await engine.log()).some(
      ({ decision }) => decision.lead === leadId && decision.facts.some(({ type }) => type === 'TouchSent'),
    );
    if (!sent) return undefined;
    const { wakeAt, running, inbox } = await engine.view(leadId);
    return running.length === 0 && inbox === 0 && wakeAt !== undefined ? wakeAt : undefined;
  });
  expect(mine()).toEqual(['now']);
  const { connection, options } = engine.client;
  const { runId } = await engine.handle(leadId).describe();
  await engine.handle(leadId).terminate('lost');
  // The server deletes behind its answer, some time within half a minute; terminated and asked to be deleted is gone enough.
  await connection.workflowService.deleteWorkflowExecution({
    namespace: options.namespace,
    workflowExecution: { workflowId: `lead/${leadId}`, runId },
  });

  const { code, out, err } = await ripen(['rebuild', email, '--yes', '--json'], engine.env);
  expect({ code, err }).toMatchObject({ code: 0 });
  expect(JSON.parse(out.trim().split('\n').at(-1) ?? '')).toMatchObject({ ok: true, lead: leadId, same: true });
  expect((await engine.view(leadId)).wakeAt).toBe(before);
  await engine.say(leadId, { word: 'nudge' });
  await eventually(
    'nothing is on its way',
    async () => (await openEffects(engine)).every((effect) => !effect.startsWith(leadId)) || undefined,
  );
  expect(mine()).toEqual(['now']);
});

test('no history, memo, attribute, detail or fact holds a name, address, company or phone number of anybody', async () => {
  const personal = {
    email: 'Zebulon.Quackenbush@Frobnitz-Werke.example',
    'first name': 'Zebulon',
    'last name': 'Quackenbush',
    company: 'Frobnitz Werke GmbH',
    phone: '+49 30 5550 198374',
    city: 'Kyritz an der Knatter',
  };
  const [lead] = await engine.importAll([personal], 'private');
  const leadId = lead?.leadId ?? '';
  const { mails } = engine.mailbox;
  await eventually('the mail has come', () => mails.some((mail) => mail.leadId === leadId) || undefined);
  await engine.engage('page.viewed', { who: { email: personal.email }, path: '/pricing?email=zebulon.quackenbush@frobnitz-werke.example' });
  await engine.engage('form.submitted', {
    who: { email: personal.email },
    form: 'demo',
    note: 'I am Zebulon Quackenbush of Frobnitz Werke GmbH',
  } as never);
  await engine.engage('email.replied', { who: { phone: personal.phone }, text: 'Call me, Zebulon' } as never);
  await eventually('the rep was told who it is', () => mails.some((mail) => mail.leadId === leadId && mail.rep !== undefined) || undefined);
  await engine.say(leadId, { word: 'accept', handOff: 1 });
  await fetch(`${engine.intakeUrl}${mails.find((mail) => mail.leadId === leadId)?.wayOut ?? ''}`, { method: 'POST' });
  await eventually(
    'the opt-out is known',
    async () =>
      (await engine.log()).some(({ decision }) => decision.lead === leadId && decision.facts.some(({ type }) => type === 'Suppressed')) ||
      undefined,
  );

  const places = await storedTexts(engine.client, engine.link);
  // The search sees what is there: ids and codes of this very lead, in all three kinds of places.
  const seen = { event: 'private', description: leadId, details: 'currentDetails', FACTS: 'private' };
  for (const [where, text] of Object.entries(seen))
    expect({ where, found: places.some((place) => place.where.includes(where) && place.text.includes(text)) }).toEqual({
      where,
      found: true,
    });
  const texts = [
    ...Object.values(personal),
    personal.email.toLowerCase(),
    'zebulon',
    'quackenbush',
    'Quackenbush',
    'frobnitz',
    'Frobnitz Werke',
    '5550198374',
    'kyritz',
    'Rosa Quellmalz',
    'rosa@sales.example',
    'fault.example',
    'optout.example',
    'away.example',
    'rebuild.example',
  ];
  expect(findings(places, texts)).toEqual([]);
});
