import { once } from 'node:events';
import { join } from 'node:path';
import { openDatabase, type Database } from '../../activities/people/database';
import { listUncertain } from '../../activities/people/ledger';
import { migrate } from '../../activities/people/migrate';
import { freshDatabase, spawnTypeScript } from '../support/servers';
import { startSink, type Sink } from './smtp-sink';

const leads = Array.from({ length: 60 }, (_, n) => `lead${n}`);
const addressOf = (leadId: string): string => `${leadId}@alderpike.example`;

let db: Database;
let url: string;
let sink: Sink;
beforeAll(async () => {
  url = await freshDatabase();
  db = openDatabase(url);
  await migrate(db);
  sink = await startSink();
  for (const leadId of leads) {
    await db.query('insert into lead (id, key) values ($1, $1)', [leadId]);
    await db.query(`insert into identity (kind, value, lead_id, written, key) values ('email', $1, $2, $1, $1)`, [
      addressOf(leadId),
      leadId,
    ]);
    await db.query(
      `insert into consent (lead_id, channel, state, obtained_ms, source, evidence, by) values ($1, 'email', 'granted', 0, 'test', '0', 'test')`,
      [leadId],
    );
    sink.fail(addressOf(leadId), { at: 'slow', ms: 100 });
  }
});
afterAll(async () => {
  await sink.stop();
  await db.close();
});

const sender = () => spawnTypeScript(join(__dirname, 'sender-process.ts'), [url, sink.url, leads.join(',')]);
const inState = async (state: string): Promise<readonly string[]> => {
  const { rows } = await db.query<{ lead_id: string }>('select lead_id from send_ledger where state = $1', [state]);
  return rows.map((row) => row.lead_id);
};
const received = (): readonly string[] => sink.mails.map(({ to }) => to);

test('a sender killed in the middle of its sends: nobody gets a mail twice, and whoever may have missed one is listed as uncertain', async () => {
  const first = sender();
  while (received().length < 15) await new Promise((resolve) => setTimeout(resolve, 10));
  first.kill('SIGKILL');
  await once(first, 'exit');
  const hanging = await inState('calling');
  expect(hanging.length).toBeGreaterThan(0);

  // Two at once go over all leads again, those under way with the first included.
  const ends = await Promise.all([sender(), sender()].map((process) => once(process, 'exit')));
  expect(ends.map(([code]) => code)).toEqual([0, 0]);

  const sent = await inState('sent');
  const uncertain = (await listUncertain(db)).map(({ leadId }) => leadId);
  expect(new Set(received()).size).toBe(received().length);
  expect([...sent, ...uncertain].sort()).toEqual([...leads].sort());
  expect(sent.filter((leadId) => !received().includes(addressOf(leadId)))).toEqual([]);
  expect(uncertain.sort()).toEqual([...hanging].sort());
  expect(new Set(sink.mails.map(({ raw }) => /^message-id: (.*)$/im.exec(raw)?.[1])).size).toBe(received().length);
}, 120_000);
