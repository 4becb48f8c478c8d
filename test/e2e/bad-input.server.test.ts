/** Bad input to the whole engine: each kind ends as its named problem, nothing is lost, and the rest goes on. */
import { problems } from '../../events/problems';
import { streamNames } from '../../events/subjects';
import { orderedReader } from '../../activities/adapters/nats-reader';
import { eventually } from '../support/shell-engine';
import { artefactsOf, pieceOf, tourOf } from '../support/tour';
import { intakeToken, person, startEngine, type Engine } from '../support/whole-engine';

jest.setTimeout(180_000);
let engine: Engine;
beforeAll(async () => {
  // An hour of the engine is a second.
  engine = await startEngine({ rate: 3_600 });
  const handOff = { name: 'asks', when: { kind: 'score' as const, atLeast: 50 }, sla: { contact: '24 hours' as const } };
  await engine.publish(
    artefactsOf(
      [
        tourOf({ id: 'good', contents: ['fine'] }),
        tourOf({ id: 'gaps', contents: ['not-there', 'needs-title', 'fine'] }),
        tourOf({ id: 'orphan', contents: ['fine'], later: '1 day' }),
        tourOf({ id: 'sold', contents: ['fine'], handOff }),
      ],
      [pieceOf('needs-title', '<p>Dear {{ person.noSuchField }}</p>')],
      ['not-there'],
    ),
  );
});
afterAll(() => engine?.stop());

async function rejectedCodes(): Promise<readonly string[]> {
  const info = (await engine.link.api(`STREAM.INFO.${streamNames.rejected}`)) as unknown as {
    readonly state: { readonly last_seq: number };
  };
  const codes: string[] = [];
  const reader = orderedReader(engine.link, { stream: streamNames.rejected, filter: 'rejected.>', fromSeq: 1 }, {});
  for (let seq = 0; seq < info.state.last_seq;) {
    for (const message of await reader.next(100)) {
      seq = message.seq;
      codes.push((JSON.parse(Buffer.from(message.data).toString('utf8')) as { readonly code: string }).code);
    }
  }
  reader.stop();
  return codes;
}

async function comeIn(n: number, sequence: string): Promise<string> {
  const [lead] = await engine.importAll([person(n, 'bad.example')], sequence);
  return lead?.leadId ?? '';
}
const factsOf = async (leadId: string) =>
  (await engine.log()).filter(({ decision }) => decision.lead === leadId).flatMap(({ decision }) => decision.facts);
const mailsTo = (leadId: string) => engine.mailbox.mails.filter((mail) => mail.leadId === leadId && mail.rep === undefined);

test('malformed events, unknown types and unknown people end in REJECTED under their names, and a good event right behind them counts', async () => {
  const leadId = await comeIn(1, 'good');
  const publish = (body: string, type = 'page.viewed') => engine.link.publish(`engagement.${type}.-`, Buffer.from(body));
  const event = (over: object) =>
    JSON.stringify({
      specversion: '1.0',
      id: 'x1',
      source: '/t',
      type: 'page.viewed',
      data: { who: { lead: leadId }, path: '/' },
      ...over,
    });
  await publish('this is no JSON {');
  await publish(event({ id: 'x2', data: { who: {}, path: '/' } }));
  await publish(event({ id: 'x3', type: 'moon.landed' }), 'moon.landed');
  await publish(event({ id: 'x4', data: { who: { email: 'nobody@nowhere.example' }, path: '/' } }));
  await engine.engage('page.viewed', { who: { lead: leadId }, path: '/after' });
  await eventually(
    'the good one is recorded',
    async () => (await factsOf(leadId)).some((fact) => fact.type === 'EngagementRecorded' && fact.data?.['path'] === '/after') || undefined,
  );
  const wanted = ['event-malformed', 'event-malformed', 'event-unknown-type', 'lead-unknown'];
  await eventually('all four are in REJECTED', async () => (await rejectedCodes()).length >= wanted.length || undefined);
  expect([...(await rejectedCodes())].sort()).toEqual(wanted);
  for (const code of wanted) expect(problems).toHaveProperty([code, 'todo']);

  const response = await fetch(`${engine.intakeUrl}/v1/events`, {
    method: 'POST',
    body: 'no json',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${intakeToken}` },
  });
  expect([response.status, await response.json()]).toMatchObject([400, { problem: { code: 'event-malformed' } }]);
});

test('an unknown sequence is refused in a sentence, and the lead can be enrolled in a known one', async () => {
  const leadId = await comeIn(2, 'good');
  await eventually('it has begun', () => mailsTo(leadId).length > 0 || undefined);
  const refused = await engine.say(leadId, { word: 'enrol', sequence: 'nowhere' });
  expect(refused).toEqual({ ok: false, says: expect.stringContaining('nowhere') });
  expect(await engine.say(leadId, { word: 'enrol', sequence: 'orphan' })).toMatchObject({ ok: true });
});

test('content that is not published and a template that names a missing field are withheld by name, and the next mail goes', async () => {
  const leadId = await comeIn(3, 'gaps');
  await eventually('the third mail has come', () => mailsTo(leadId).length > 0 || undefined);
  expect(mailsTo(leadId).map(({ content }) => content)).toEqual(['fine']);
  const withheld = (await factsOf(leadId)).flatMap((fact) => (fact.type === 'TouchWithheld' ? [[fact.touch, fact.because]] : []));
  expect(withheld).toEqual([
    ['not-there', 'content-missing'],
    ['needs-title', 'template-field-missing'],
  ]);
});

test('a hand-off without reps waits by name and is offered once there is one', async () => {
  const leadId = await comeIn(4, 'sold');
  await engine.engage('form.submitted', { who: { lead: leadId }, form: 'demo' });
  await eventually(
    'nobody could take it',
    async () => (await factsOf(leadId)).some((fact) => fact.type === 'HandOffUnassigned' && fact.because === 'no-reps') || undefined,
  );
  expect(await engine.people('handOffs', { open: true })).toEqual({ handOffs: [] });
  await engine.people('addRep', { name: 'Rosa', email: 'rosa@sales.example', by: 'test' });
  await eventually(
    'the rep is told',
    () => engine.mailbox.mails.some((mail) => mail.leadId === leadId && mail.rep !== undefined) || undefined,
  );
});

test('a lead on a plan that the store lost says digest-unknown, others go on, and it goes on by itself when the plan is back', async () => {
  const leadId = await comeIn(5, 'orphan');
  await eventually('it has begun', () => mailsTo(leadId).length > 0 || undefined);
  const lost = await engine.db.query(`delete from published where id = 'orphan' returning body, kind, version, digest`);
  await engine.worker.kill();
  await engine.worker.start();
  await engine.engage('page.viewed', { who: { lead: leadId }, path: '/while-lost' });
  await eventually('the problem has its name', async () => (await engine.view(leadId)).problem === 'digest-unknown' || undefined, 30_000);
  const other = await comeIn(6, 'good');
  await eventually('somebody else gets their mail', () => mailsTo(other).length > 0 || undefined);
  const [row] = lost.rows as { kind: 'plan'; version: number; digest: string; body: unknown }[];
  if (row === undefined) throw new Error('there was no plan to lose');
  await engine.publish([{ ...row, id: 'orphan' }]);
  await eventually(
    'the visit counts',
    async () =>
      (await factsOf(leadId)).some((fact) => fact.type === 'EngagementRecorded' && fact.data?.['path'] === '/while-lost') || undefined,
    60_000,
  );
});
