/** What an operator does when the store lost what was published, and when nobody knows whether a mail went: on real servers, by the command line. */
import { ripen } from '../support/engine-process';
import { eventually } from '../support/shell-engine';
import { artefactsOf, tourOf } from '../support/tour';
import { person, startEngine, type Engine } from '../support/whole-engine';

jest.setTimeout(180_000);
let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
  await engine.publish(artefactsOf([tourOf({ id: 'tour', contents: ['first', 'second'] }), tourOf({ id: 'other', contents: ['third'] })]));
});
afterAll(() => engine?.stop());

const said = async (...words: readonly string[]) => {
  const { code, out, err } = await ripen([...words, '--json'], engine.env);
  return { code, err, json: JSON.parse(out.trim().split('\n').at(-1) ?? '{}') as Record<string, unknown> };
};
const factsOf = async (leadId: string) =>
  (await engine.log()).filter(({ decision }) => decision.lead === leadId).flatMap(({ decision }) => decision.facts);
const mailsTo = (leadId: string) => engine.mailbox.mails.filter((mail) => mail.leadId === leadId).map(({ content }) => content);

test('everything ever published comes back from FACTS after the store lost it, as it was, and leads go on with it', async () => {
  const held = async () =>
    (await engine.db.query(`select kind, id, version, digest, body::text as body from published order by kind, id, version`)).rows;
  const before = await held();
  expect(before.length).toBeGreaterThan(5);
  await engine.db.query('truncate published');
  expect(await said('sequences', 'publish', '--restore')).toMatchObject({
    code: 0,
    json: { ok: true, published: before.length, refused: 0 },
  });
  expect(await held()).toEqual(before);
  expect(await said('sequences', 'publish', '--restore')).toMatchObject({ code: 0, json: { published: 0, unchanged: before.length } });
  await engine.worker.kill();
  await engine.worker.start();
  const [lead] = await engine.importAll([person(1, 'restored.example')], 'other');
  await eventually('the mail has come', () => mailsTo(lead?.leadId ?? '').includes('third') || undefined);
});

test('a mail of which nobody knows is settled by the provider’s word: sent stays sent, not sent is free again, and each only once', async () => {
  engine.mailbox.answerAfter(5_000);
  const leads = await engine.importAll(
    Array.from({ length: 2 }, (_, n) => person(n + 10, 'unsure.example')),
    'tour',
  );
  const [has = { leadId: '' }, hasNot = { leadId: '' }] = leads;
  await eventually('both mails are with the mail server', () => leads.every(({ leadId }) => mailsTo(leadId).length === 1) || undefined);
  // The line breaks after the mails were handed over and before they were answered.
  await engine.mailbox.shut();
  engine.mailbox.answerAfter(0);
  await engine.mailbox.open();
  const listed = async () =>
    ((await said('uncertain', 'list')).json['sends'] as readonly { readonly leadId: string; readonly effect: string }[]).map(
      ({ leadId, effect }) => `${leadId}/${effect}`,
    );
  await eventually('both leads know that they do not know', async () => {
    const all = await Promise.all(leads.map(({ leadId }) => factsOf(leadId)));
    return all.every((facts) => facts.some(({ type }) => type === 'TouchUncertain')) || undefined;
  });
  const [one = '', two = ''] = [has, hasNot].map(({ leadId }) => `${leadId}/e1.start.first.1`);
  expect((await listed()).sort()).toEqual([one, two].sort());

  expect(await said('uncertain', 'settle', one, '--sent', '--because', 'in the log of the provider')).toMatchObject({ code: 0 });
  expect(await said('uncertain', 'settle', hasNot.leadId, 'e1.start.first.1', '--not-sent')).toMatchObject({ code: 0 });
  expect(await listed()).toEqual([]);
  expect(await said('uncertain', 'settle', one, '--not-sent')).toMatchObject({ code: 3 });
  const settled = async (leadId: string) =>
    (await factsOf(leadId)).flatMap((fact) => (fact.type === 'UncertainSettled' ? [[fact.effect, fact.sent]] : []));
  expect([await settled(has.leadId), await settled(hasNot.leadId)]).toEqual([[['e1.start.first.1', true]], [['e1.start.first.1', false]]]);
  const { rows } = await engine.db.query(`select lead_id, state from send_ledger where effect = 'e1.start.first.1' and lead_id = any($1)`, [
    leads.map(({ leadId }) => leadId),
  ]);
  expect(Object.fromEntries(rows.map((row) => [row['lead_id'], row['state']]))).toEqual({
    [has.leadId]: 'sent',
    [hasNot.leadId]: 'unavailable',
  });

  // What was not sent may go in another sequence; what was sent goes to nobody twice.
  await eventually('both have gone on', () => leads.every(({ leadId }) => mailsTo(leadId).includes('second')) || undefined);
  await engine.publish(artefactsOf([{ ...tourOf({ id: 'again', contents: ['first'] }) }]));
  // A worker sees what is newly published within five seconds.
  for (const { leadId } of leads)
    await eventually('it is enrolled', async () => (await engine.say(leadId, { word: 'enrol', sequence: 'again' })).ok || undefined);
  await eventually(
    'who has not got it gets it',
    () => mailsTo(hasNot.leadId).filter((content) => content === 'first').length === 2 || undefined,
  );
  await eventually('who has it does not', async () =>
    (await factsOf(has.leadId)).some((fact) => fact.type === 'TouchWithheld' && fact.because === 'repeated') ? true : undefined,
  );
  expect(mailsTo(has.leadId)).toEqual(['first', 'second']);
});
