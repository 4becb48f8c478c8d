import { join } from 'node:path';
import { MockActivityEnvironment } from '@temporalio/testing';
import { liquidRenderer } from '../../activities/adapters/liquid-renderer';
import { publishedSource } from '../../activities/adapters/published-source';
import { smtpMailer } from '../../activities/adapters/smtp-mailer';
import { createNotifyRep } from '../../activities/notify-rep';
import { openDatabase, type Database } from '../../activities/people/database';
import { postgresLedger } from '../../activities/people/ledger';
import { migrate } from '../../activities/people/migrate';
import { postgresPeople } from '../../activities/people/people-store';
import { publishArtefacts } from '../../activities/people/published';
import { addRep } from '../../activities/people/reps';
import { routerPeople } from '../../activities/people/router-people';
import { verifyUnsubscribe } from '../../activities/people/tokens';
import { createSendTouch } from '../../activities/send-touch';
import { readLink } from '../../events/links';
import { readMail } from '../../worker/demo/mail-text';
import { readCatalogue } from '../../workflows/catalogue';
import { freshDatabase } from '../support/servers';
import { aNote, aTouch } from './sends';
import { startSink, type Sink } from './smtp-sink';

const secret = 'a secret of tests only';
const nadia = 'nadia@alderpike.example';
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

let db: Database;
let sink: Sink;
let mailer: ReturnType<typeof smtpMailer>;
beforeAll(async () => {
  db = openDatabase(await freshDatabase());
  await migrate(db);
  sink = await startSink();
  mailer = smtpMailer({ url: sink.url });
  const { artefacts } = readCatalogue(join(__dirname, '../../workflows'));
  expect((await publishArtefacts(db, artefacts, 'ines')).filter(({ as }) => as !== 'published')).toEqual([]);
});
afterAll(async () => {
  mailer.close();
  await sink.stop();
  await db.close();
});

async function lead(leadId: string, address: string): Promise<void> {
  await db.query('insert into lead (id, key) values ($1, $1)', [leadId]);
  await db.query('insert into profile (lead_id, first_name, last_name, company) values ($1, $2, $3, $4)', [
    leadId,
    'Nadia',
    'Osei',
    'Alder & Pike',
  ]);
  await db.query(`insert into identity (kind, value, lead_id, written, key) values ('email', $1, $2, $1, $1)`, [address, leadId]);
  await db.query(
    `insert into consent (lead_id, channel, state, obtained_ms, source, evidence, by) values ($1, 'email', 'granted', 0, 'test', '0', 'test')`,
    [leadId],
  );
}

function activities() {
  const people = postgresPeople(db, secret);
  const renderer = liquidRenderer({
    pieces: publishedSource(db),
    publicUrl: 'https://go.example',
    postalAddress: 'Ripen Ltd, 1 Orchard Road',
    secret,
  });
  const clock = { toEngine: (at: number) => at, toReal: (at: number) => at };
  const deps = {
    ledger: postgresLedger(db),
    people,
    renderer,
    mailer,
    clock,
    publicUrl: 'https://go.example',
    mailFrom: 'Ada <ada@ripen.example>',
    secret,
    log: silent,
    optOuts: routerPeople(db, secret),
  };
  const run = new MockActivityEnvironment();
  return {
    send: (leadId: string, touch = aTouch()) => run.run(createSendTouch(deps), { leadId, send: touch }),
    notify: (leadId: string, note = aNote()) => run.run(createNotifyRep(deps), { leadId, effect: note }),
  };
}
const lastMail = () => readMail(Buffer.from(sink.mails.at(-1)?.raw ?? '', 'latin1'));

test('a published piece reaches the person with links and a way out that this installation understands', async () => {
  await lead('whole', nadia);
  expect(await activities().send('whole')).toEqual({ as: 'sent', content: expect.stringMatching(/^welcome@1#[0-9a-f]{12}$/) });
  const { headers, links } = lastMail();
  expect(sink.mails.at(-1)).toMatchObject({ to: nadia, raw: expect.stringContaining('Hello Nadia') });
  expect(headers.get('x-ripen-touch')).toBe('whole/e1.learn.welcome.1');
  const wayOut = /<https:\/\/go\.example\/u\/([^>]+)>/.exec(headers.get('list-unsubscribe') ?? '')?.[1] ?? '';
  expect(verifyUnsubscribe(secret, decodeURIComponent(wayOut))).toEqual({ leadId: 'whole', channel: 'email' });
  const tracked = links.map((link) => readLink(secret, link.split('/r/')[1] ?? '')).filter((link) => link !== undefined);
  expect(tracked).toEqual([
    { leadId: 'whole', effect: 'e1.learn.welcome.1', content: 'welcome', url: expect.stringMatching(/^https:\/\/trellis\.example\//) },
  ]);
  expect(links).toContain(`https://go.example/u/${wayOut}`);
});

test('a mailbox that does not exist is never written to again, not even by a service mail', async () => {
  const gone = 'gone@alderpike.example';
  await lead('gone', gone);
  sink.fail(gone, { at: 'rcpt', code: 550, says: '5.1.1 no such mailbox' });
  expect(await activities().send('gone')).toEqual({ as: 'refused', because: 'address-refused', permanent: true });
  sink.fail(gone, undefined);
  const service = aTouch({ id: 'e1.trial.first-login.1', touchKey: 'e1.trial.first-login', content: 'first-login', purpose: 'service' });
  expect(await activities().send('gone', service)).toEqual({ as: 'withheld', because: 'suppressed' });
  expect(sink.mails.some(({ to }) => to === gone)).toBe(false);
});

test('an unsubscribe is in force for the next mail, and leaves notices the person asked for', async () => {
  await lead('leaves', 'tom@alderpike.example');
  await routerPeople(db, secret).recordOptOut({
    who: { lead: 'leaves' },
    because: 'unsubscribed',
    occurredAt: Date.now(),
    source: '/test',
    id: '1',
  });
  expect(await activities().send('leaves')).toMatchObject({ as: 'withheld' });
  const service = aTouch({ id: 'e1.trial.first-login.1', touchKey: 'e1.trial.first-login', content: 'first-login', purpose: 'service' });
  expect(await activities().send('leaves', service)).toMatchObject({ as: 'sent' });
});

test('a rep is told who it is and what to type, once', async () => {
  const { id } = await addRep(db, { name: 'Grace', email: 'grace@ripen.example', by: 'test' });
  const note = aNote({ rep: id });
  expect([await activities().notify('whole', note), await activities().notify('whole', note)]).toEqual([
    { as: 'notified' },
    { as: 'notified' },
  ]);
  const toGrace = sink.mails.filter(({ to }) => to === 'grace@ripen.example');
  expect(toGrace).toHaveLength(1);
  const { headers } = lastMail();
  expect([headers.get('x-ripen-rep'), headers.get('reply-to'), headers.get('x-ripen-touch')]).toEqual([id, nadia, undefined]);
  expect(headers.get('subject')).toMatch(/^Nadia Osei of Alder & Pike is yours: contact by /);
  expect(toGrace[0]?.raw).toContain('ripen handoff accept whole');
});
