/** Somebody who asks to be erased is in no store any more, and their wish is still honoured; before, they can have all that is held. */
import { readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tablesOfPerson } from '../../activities/people/record';
import { ripen } from '../support/engine-process';
import { findings, storedTexts, streamTexts, tableTexts } from '../support/search-everything';
import { eventually } from '../support/shell-engine';
import { artefactsOf, tourOf } from '../support/tour';
import { person, startEngine, type Engine } from '../support/whole-engine';

jest.setTimeout(180_000);
let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
  await engine.publish(artefactsOf([tourOf({ id: 'tour', contents: ['hello', 'later'], later: '300 days' })]));
});
afterAll(() => engine?.stop());

const zeb = {
  email: 'Zebulon.Quackenbush@Frobnitz-Werke.example',
  'first name': 'Zebulon',
  'last name': 'Quackenbush',
  company: 'Frobnitz Werke GmbH',
  phone: '+49 30 5550 198374',
  'visitor id': 'cookie-of-zebulon',
};
const traces = ['zebulon', 'quackenbush', 'frobnitz', '5550198374', '5550 198374'];
const neighbour = { email: 'azebulon.quackenbush@frobnitz-werke.example.org', 'first name': 'Ada', 'last name': 'Other' };

/** Where anything of the person stands: Postgres, the three streams, Temporal's histories and lists. */
async function tracesLeft(): Promise<readonly string[]> {
  const [tables, engagement, rejected, rest] = await Promise.all([
    tableTexts(engine.db),
    streamTexts(engine.link, 'ENGAGEMENT'),
    streamTexts(engine.link, 'REJECTED'),
    storedTexts(engine.client, engine.link),
  ]);
  const theirs = [...tables, ...engagement, ...rejected, ...rest].filter(({ text }) => !text.toLowerCase().includes('azebulon'));
  return findings(theirs, traces);
}
const said = async (...words: readonly string[]) => {
  const { code, out, err } = await ripen([...words, '--json'], engine.env);
  return { code, err, json: JSON.parse(out.trim().split('\n').at(-1) ?? '{}') as Record<string, unknown> };
};
const rejectedOf = async () => (await streamTexts(engine.link, 'REJECTED')).length;
const factsOf = async (leadId: string) =>
  (await engine.log()).filter(({ decision }) => decision.lead === leadId).flatMap(({ decision }) => decision.facts);

test('an erased person is found in no table, stream, history or list; a neighbour keeps everything; the wish stays', async () => {
  await engine.engage('page.viewed', { who: { anonymous: zeb['visitor id'] }, path: '/first' });
  const [lead, other] = await engine.importAll([zeb, neighbour], 'tour');
  const leadId = lead?.leadId ?? '';
  const email = zeb.email.toLowerCase();
  await engine.engage('page.viewed', { who: { email: neighbour.email }, path: '/mine' }, 'of-the-neighbour');
  await engine.engage('form.submitted', { who: { email }, form: 'demo', note: 'I am Zebulon Quackenbush' } as never);
  await engine.engage('page.viewed', { who: { email: 'zebulon.quackenbush+news@frobnitz-werke.example' }, path: '/' });
  await engine.engage('email.replied', { who: { phone: '+49 (0)30 5550 198374' } });
  await engine.link.publish(
    'engagement.moon.landed.-',
    Buffer.from(`{"specversion":"1.0","id":"m","source":"/t","type":"moon.landed","data":{"who":{"email":"${email}"}}}`),
  );
  await engine.link.publish('engagement.page.viewed.-', Buffer.from(`this is no json of ${email.replace('@', '%40')}`));
  await eventually('both bad ones are rejected', async () => (await rejectedOf()) >= 2 || undefined);
  await eventually('the mail has come', () => engine.mailbox.mails.some((mail) => mail.leadId === leadId) || undefined);
  await eventually(
    'all is recorded',
    async () => (await factsOf(leadId)).filter(({ type }) => type === 'EngagementRecorded').length >= 4 || undefined,
  );
  const found = (await tracesLeft()).join('\n');
  for (const where of ['table identity', 'table profile', 'ENGAGEMENT', 'REJECTED']) expect(found).toContain(where);

  const file = join(tmpdir(), `export-${process.pid}.json`);
  expect(await said('person', 'export', email, '--out', file)).toMatchObject({ code: 0 });
  const exported = readFileSync(file, 'utf8');
  expect(statSync(file).mode & 0o077).toBe(0);
  rmSync(file);
  for (const text of [
    'Zebulon',
    'Frobnitz Werke GmbH',
    'I am Zebulon Quackenbush',
    'TouchSent',
    'moon.landed',
    'cookie-of-zebulon',
    'Agreed on the form.',
  ])
    expect(exported).toContain(text);
  expect(exported).not.toContain('azebulon');

  expect(await said('person', 'erase', email)).toMatchObject({ code: 2 });
  const before = await said('person', 'erase', email, '--dry-run');
  expect(before).toMatchObject({ code: 0, json: { dryRun: true, rows: { profile: 1 }, messages: { REJECTED: 2 } } });
  expect((await tracesLeft()).join('\n')).toBe(found);

  const erased = await said('person', 'erase', email, '--yes');
  expect(erased).toMatchObject({ code: 0, json: { ok: true, lead: leadId, messages: { REJECTED: 2 } } });
  expect(await tracesLeft()).toEqual([]);
  expect((await factsOf(leadId)).at(-1)?.type).toBe('LeadErased');
  await eventually('the workflow has ended', async () => (await engine.handle(leadId).describe()).status.name === 'COMPLETED' || undefined);

  expect((await factsOf(other?.leadId ?? '')).some((fact) => fact.type === 'EngagementRecorded')).toBe(true);
  expect((await streamTexts(engine.link, 'ENGAGEMENT')).some(({ text }) => text.includes('of-the-neighbour'))).toBe(true);
  const { outcomes } = await engine.people('import', {
    batch: 'again',
    source: 'test',
    by: 'test',
    rows: [{ row: 1, fields: { Email: email } }],
  });
  expect(outcomes).toMatchObject([{ as: 'suppressed' }]);

  // An event that comes after is recorded nowhere, and goes from the stream with the command's repetition, which changes nothing else.
  const { seq } = await engine.engage('app.login', { who: { email } });
  await engine.acknowledged(seq);
  expect(await said('person', 'erase', leadId, '--yes')).toMatchObject({ code: 0, json: { messages: { ENGAGEMENT: 1 } } });
  expect(await tracesLeft()).toEqual([]);
  expect((await factsOf(leadId)).filter(({ type }) => type === 'LeadErased')).toHaveLength(1);
  expect(await said('person', 'erase', 'ld_nobodyatall', '--yes')).toMatchObject({ code: 3 });
});

test('the export names every table that knows a lead', async () => {
  const { rows } = await engine.db.query<{ name: string }>(
    `select c.table_name as name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
      where c.table_schema = 'public' and c.column_name = 'lead_id' and t.table_type = 'BASE TABLE'`,
  );
  expect(rows.map(({ name }) => name).sort()).toEqual(Object.keys(tablesOfPerson).sort());
});

test('a lead that rests is erased too, and what waits for an answer gets it', async () => {
  const [lead] = await engine.importAll([person(7, 'rests.example')]);
  const leadId = lead?.leadId ?? '';
  await eventually('it is known', async () => (await factsOf(leadId)).some(({ type }) => type === 'ProfileLearned') || undefined);
  const startedAt = Date.now();
  expect(await said('person', 'erase', leadId, '--yes')).toMatchObject({ code: 0 });
  expect(Date.now() - startedAt).toBeLessThan(12_000);
});
