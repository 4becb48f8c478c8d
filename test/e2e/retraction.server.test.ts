/** A form turns out to be a machine's after it handed a person to sales: on real servers, by another system's event and by an operator's word. */
import { score } from '../../workflows/core/words';
import type { FactOf, FactType } from '../../workflows/core';
import { ripen } from '../support/engine-process';
import { eventually } from '../support/shell-engine';
import { artefactsOf, tourOf } from '../support/tour';
import { person, startEngine, type Engine } from '../support/whole-engine';

jest.setTimeout(180_000);
let engine: Engine;
const keen = tourOf({
  id: 'keen',
  contents: ['hello'],
  handOff: { name: 'scored', when: score.atLeast(60), sla: { accept: '4 hours', contact: '24 hours' } },
});
beforeAll(async () => {
  engine = await startEngine();
  await engine.publish(artefactsOf([keen]));
  await engine.people('addRep', { name: 'Rosa', email: 'rosa@sales.example', by: 'test' });
});
afterAll(() => engine?.stop());

const factsOf = async <T extends FactType>(leadId: string, type: T): Promise<readonly FactOf<T>[]> =>
  (await engine.log())
    .filter(({ decision }) => decision.lead === leadId)
    .flatMap(({ decision }) => decision.facts)
    .filter((fact): fact is FactOf<T> => fact.type === type);
const mailsToReps = (leadId: string) => engine.mailbox.mails.filter((mail) => mail.rep !== undefined && mail.leadId.startsWith(leadId));
const subjects = (leadId: string) =>
  mailsToReps(leadId).map(({ raw }) => /^Subject: (.*(?:\r?\n[ \t].*)*)/m.exec(raw)?.[1]?.replaceAll(/\s+/g, ' ') ?? '');
const handOffs = async (leadId: string) =>
  (await engine.db.query<{ status: string }>('select status from hand_off where lead_id = $1', [leadId])).rows.map(({ status }) => status);
const said = async (...words: readonly string[]) => {
  const { code, out } = await ripen([...words, '--json'], engine.env);
  return { code, json: JSON.parse(out.trim().split('\n').at(-1) ?? '{}') as Record<string, unknown> };
};
const offered = async (n: number, form: string): Promise<string> => {
  const [lead] = await engine.importAll([person(n, 'retraction.example')], 'keen');
  const leadId = lead?.leadId ?? '';
  await engine.engage('form.submitted', { who: { lead: leadId }, form: 'guide' }, form);
  await eventually('the rep has the offer', () => mailsToReps(leadId).length === 1 || undefined, 60_000);
  return leadId;
};

test('while the hand-off is pending it is withdrawn: the rep is told why, the row is closed, the points are gone and the ledger says where', async () => {
  const leadId = await offered(1, 'form-of-a-scanner');
  expect(await handOffs(leadId)).toEqual(['offered']);
  const then = new Date().toISOString();
  const retracted = { who: { lead: leadId }, of: 'form-of-a-scanner', because: 'link-scanner' };
  await engine.engage('engagement.retracted', retracted, 'retraction-1');

  await eventually('the rep is told', () => mailsToReps(leadId).length === 2 || undefined, 60_000);
  expect(subjects(leadId)[1]).toContain('No longer yours');
  expect(mailsToReps(leadId)[1]?.raw.replaceAll(/=\r?\n/g, '')).toContain('form.submitted was taken back (link-scanner)');
  await eventually('the row is closed', async () => (await handOffs(leadId)).includes('withdrawn') || undefined);
  // The form may come before the name: then they were an MQL on the way.
  expect((await factsOf(leadId, 'QualificationChanged')).map(({ to }) => to).filter((to) => to !== 'mql')).toEqual(
    expect.arrayContaining(['sql', 'lead']),
  );
  expect(await factsOf(leadId, 'PointsRetracted')).toMatchObject([{ rule: 'form', raw: 60_000, delta: -60_000 }]);

  const explained = await said('explain', leadId);
  expect([explained.code, explained.json['score'], explained.json['qualification']]).toEqual([0, 0, 'lead']);
  expect(explained.json['ledgers']).toMatchObject([
    { sum: 0, total: 0, entries: [{ what: 'form.submitted' }, { what: 'taken back: form.submitted' }] },
  ]);
  // What was known then, and what is known today of then.
  const at = async (...more: readonly string[]) => (await said('explain', leadId, '--at', then, ...more)).json;
  expect([(await at('--as-known'))['score'], (await at())['score']]).toEqual([60, 0]);
  // What another system says twice is done once.
  await engine.engage('engagement.retracted', retracted, 'retraction-2');
  await eventually('the repetition is recorded', async () => (await factsOf(leadId, 'EngagementRecorded')).length === 3 || undefined);
  expect(await factsOf(leadId, 'EngagementRetracted')).toHaveLength(1);
});

test('once a rep has accepted, an operator’s word leaves it with the rep, who is told of the doubt', async () => {
  const leadId = await offered(2, 'form-of-a-colleague');
  expect(await said('handoff', 'accept', leadId)).toMatchObject({ code: 0 });
  const listed = await said('score', 'retract', leadId);
  const [event] = listed.json['events'] as readonly { readonly event: string; readonly counted: number }[];
  expect(event).toMatchObject({ counted: 60_000 });
  const retract = (...more: readonly string[]) => said('score', 'retract', leadId, event?.event ?? '', ...more);
  expect(await retract('--dry-run')).toMatchObject({ code: 0, json: { ok: true, dryRun: true } });
  expect(await factsOf(leadId, 'EngagementRetracted')).toEqual([]);
  const because = ['--because', 'it was a colleague of ours who tried the form'];
  expect(await retract(...because)).toMatchObject({ code: 0, json: { says: 'form.submitted is taken back. The score was 60 and is 0.' } });
  expect(await retract(...because)).toMatchObject({ code: 1, json: { ok: false, says: 'form.submitted was taken back before.' } });

  await eventually('the rep is told', () => mailsToReps(leadId).length === 2 || undefined, 60_000);
  expect(subjects(leadId)[1]).toContain('In doubt');
  expect(await factsOf(leadId, 'HandOffDoubted')).toMatchObject([{ handOff: 1 }]);
  expect([await factsOf(leadId, 'HandOffClosed'), await handOffs(leadId)]).toEqual([[], ['accepted']]);
});

test('an event that is taken back before it comes is passed over, also after the workflow was started anew', async () => {
  const [lead] = await engine.importAll([person(3, 'retraction.example')], 'keen');
  const leadId = lead?.leadId ?? '';
  await engine.engage('engagement.retracted', { who: { lead: leadId }, of: 'late-form', because: 'link-scanner' });
  await eventually('it is recorded', async () => (await factsOf(leadId, 'EngagementRetracted')).length === 1 || undefined);
  await engine.handle(leadId).terminate('a fault');
  const { seq } = await engine.engage('form.submitted', { who: { lead: leadId }, form: 'guide' }, 'late-form');
  await engine.acknowledged(seq);
  await engine.engage('page.viewed', { who: { lead: leadId }, path: '/' }, 'a-visit');
  await eventually('the visit counts', async () => (await factsOf(leadId, 'PointsChanged')).length === 1 || undefined, 60_000);
  expect(await factsOf(leadId, 'PointsChanged')).toMatchObject([{ rule: 'visit' }]);
  expect(await factsOf(leadId, 'HandOffRequested')).toEqual([]);
});

test('what two leads of one person both told of counts once when they are merged, and each entry says whose it was', async () => {
  const [one, two] = (await engine.importAll([4, 5].map((n) => person(n, 'retraction.example')))).map(({ leadId }) => leadId);
  const at = Date.now();
  await engine.engage('form.submitted', { who: { lead: one ?? '' }, form: 'guide' }, 'told-by-the-site', at);
  await engine.engage('form.submitted', { who: { lead: two ?? '' }, form: 'guide' }, 'told-by-the-crm', at + 5);
  await engine.engage('page.viewed', { who: { lead: two ?? '' }, path: '/pricing' }, 'a-visit-of-two', at + 10);
  for (const leadId of [one, two])
    await eventually('the form counts', async () => (await factsOf(leadId ?? '', 'PointsChanged')).length > 0 || undefined);
  await eventually('the visit counts', async () => (await factsOf(two ?? '', 'PointsChanged')).length === 2 || undefined);
  expect(await said('merge', one ?? '', two ?? '', '--dry-run')).toMatchObject({ code: 0, json: { events: 2, twice: 1 } });
  expect(await said('merge', one ?? '', two ?? '', '--yes')).toMatchObject({ code: 0 });
  expect(await factsOf(one ?? '', 'PointsRetracted')).toMatchObject([{ rule: 'form', delta: -60_000 }]);
  const { code, json } = await said('explain', one ?? '');
  expect([code, json['score']]).toEqual([0, 65]);
  const [ledger] = json['ledgers'] as readonly { readonly sum: number; readonly entries: readonly { readonly note?: string }[] }[];
  expect([ledger?.sum, ledger?.entries.filter(({ note }) => note === `as the merged lead ${two}`).length]).toEqual([65_000, 2]);
});
