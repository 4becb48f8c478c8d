import { natsFactsLog } from '../../../activities/adapters/facts-log';
import { openNats, type Nats } from '../../../activities/adapters/nats-connection';
import { orderedReader } from '../../../activities/adapters/nats-reader';
import { openDatabase, type Database } from '../../../activities/people/database';
import { migrate } from '../../../activities/people/migrate';
import { projectionStore, summary, type SummaryStore } from '../../../activities/people/projection';
import type { HandOffChange } from '../../../events/projections/lead-summary';
import { startProjector } from '../../../events/projector';
import { ensureStreams } from '../../../events/streams';
import { streamNames } from '../../../events/subjects';
import type { Decision, Fact } from '../../../workflows/core/facts';
import { freshDatabase, freshNats } from '../../support/servers';
import { quiet, until } from '../../events/fakes';

let server: Awaited<ReturnType<typeof freshNats>>;
let nats: Nats;
let db: Database;
const handOffs: HandOffChange[] = [];
/** These leads belong to no account. */
const noAccounts = (): Promise<void> => Promise.resolve();
/** Nothing is published, so nobody is read by any model. */
const unread = { published: () => Promise.resolve(undefined), now: () => 1_000 };
let store: SummaryStore;

beforeAll(async () => {
  server = await freshNats();
  nats = await openNats({ url: server.url, name: 'projection-test' });
  await ensureStreams(nats);
  db = openDatabase(await freshDatabase());
  await migrate(db);
  store = projectionStore(db, (_, change) => Promise.resolve(void handOffs.push(change)), noAccounts, unread);
}, 60_000);
afterAll(async () => {
  await nats?.close();
  await db?.close();
  await server?.remove();
});

const project = (of: SummaryStore = store) =>
  startProjector({ store: of, read: (fromSeq) => orderedReader(nats, { stream: streamNames.facts, fromSeq }), log: quiet });
const lastSeq = async (): Promise<number> => ((await nats.api('STREAM.INFO.FACTS')).state as { last_seq: number }).last_seq;
const table = async (): Promise<readonly unknown[]> => (await db.query('select * from lead_summary order by lead_id')).rows as unknown[];
const caughtUp = async (): Promise<void> => until(async () => (await store.checkpoint()) === (await lastSeq()), 20_000);

const fact = (at: number, plain: object): Fact => ({ v: 1, occurredAt: at, recordedAt: at, ...plain }) as unknown as Fact;
/** `count` decisions of each of `leads`, interleaved: points each time, a stage and a hand-off now and then. */
async function history(leads: readonly string[], count: number): Promise<void> {
  const log = natsFactsLog(nats);
  await Promise.all(
    leads.map(async (lead, index) => {
      const last = await log.last(lead);
      let seq = last?.seq ?? 0;
      for (let n = (last?.decision.n ?? 0) + 1, end = n + count; n < end; n++) {
        const facts = [
          fact(n, { type: 'PointsChanged', model: 'b2b@1#x', rule: 'r', event: `e${n}`, day: 1, raw: 1_000, delta: 1_000 }),
          ...(n % 3 === 0
            ? [fact(n, { type: 'StageChanged', from: undefined, to: index % 2 === 0 ? 'awareness' : 'decision', because: 'phase' })]
            : []),
          ...(n === 4 && index === 0 ? [fact(n, { type: 'HandOffOffered', handOff: 1, rep: 'sam' })] : []),
        ];
        const decision: Decision = { v: 1, lead, n, prev: '', run: 'r', at: n * 1_000, consumed: [], facts };
        const appended = await log.append(decision, seq);
        if (appended.as === 'conflict') throw new Error('conflict');
        seq = appended.position.seq;
      }
    }),
  );
}

test('the table is the fold of FACTS, whatever stopped and started in between', async () => {
  const leads = Array.from({ length: 40 }, (_, index) => `lead${index}`);
  await history(leads, 20);
  await nats.publish('facts.published.abc', Buffer.from('{"plan":1}'));
  const first = project();
  await until(async () => (await store.checkpoint()) > 0);
  await first.stop();
  await history(leads, 20);
  const second = project();
  await caughtUp();
  await second.stop();
  const rows = (await table()) as { lead_id: string; score: number; stage: string; last_fact_ms: number }[];
  expect(rows).toHaveLength(40);
  expect(new Set(rows.map(({ score }) => score))).toEqual(new Set([40]));
  expect(rows.find(({ lead_id }) => lead_id === 'lead1')).toMatchObject({ stage: 'decision', last_fact_ms: 40_000 });
  expect(handOffs).toEqual([{ leadId: 'lead0', handOff: 1, status: 'offered', rep: 'sam', at: 4 }]);
}, 30_000);

test('rebuilt from nothing it is the same table', async () => {
  const before = await table();
  await store.reset();
  expect(await table()).toEqual([]);
  const projector = project();
  await caughtUp();
  await projector.stop();
  expect(await table()).toEqual(before);
}, 30_000);

test('two projectors at once count nothing twice', async () => {
  const both = [project(), project(projectionStore(db, (_, change) => Promise.resolve(void handOffs.push(change)), noAccounts, unread))];
  await history(['lead0', 'lead1', 'ada'], 100);
  await caughtUp();
  await Promise.all(both.map((projector) => projector.stop()));
  const { rows } = await db.query<{ lead_id: string; points: string }>(
    `select lead_id, folded->'points'->>'b2b' as points from lead_summary where lead_id in ('lead0', 'lead1', 'ada') order by lead_id`,
  );
  expect(rows.map(({ lead_id, points }) => [lead_id, Number(points)])).toEqual([
    ['ada', 100_000],
    ['lead0', 140_000],
    ['lead1', 140_000],
  ]);
}, 30_000);

test('a transaction that fails leaves table and checkpoint as they were', async () => {
  const before = [await table(), await store.checkpoint()];
  const failing = projectionStore(db, () => Promise.reject(new Error('no such hand-off')), noAccounts, unread);
  const decision: Decision = {
    v: 1,
    lead: 'grace',
    n: 1,
    prev: '',
    run: 'r',
    at: 1,
    consumed: [],
    facts: [fact(1, { type: 'HandOffAccepted', handOff: 1, rep: 'sam' })],
  };
  await expect(failing.apply([{ seq: 10_000_000, decision }], 10_000_000)).rejects.toThrow('no such hand-off');
  expect([await table(), await store.checkpoint()]).toEqual(before);
});

test('the summary counts leads by stage and qualification, leaves out the erased, and says how far it lags', async () => {
  const through = await store.checkpoint();
  const erased: Decision = {
    v: 1,
    lead: 'ada',
    n: 101,
    prev: '',
    run: 'r',
    at: 999_000,
    consumed: [],
    facts: [fact(1, { type: 'LeadErased', by: 'operator', because: 'asked' })],
  };
  await store.apply([{ seq: through + 1, decision: erased }], through + 1);
  expect(await summary(db, through + 8)).toEqual({
    leads: 40,
    byStage: { awareness: 20, decision: 20 },
    byQualification: { suspect: 40 },
    asOfAt: 999_000,
    lag: 7,
  });
});

test('a NATS that restarts leaves no gap in the table', async () => {
  await store.reset();
  const projector = project();
  await history(['tony'], 200);
  await server.kill();
  await until(() => !nats.isUp(), 10_000);
  await server.restart();
  await until(() => nats.isUp(), 10_000);
  await history(['tony'], 50);
  await caughtUp();
  await projector.stop();
  const { rows } = await db.query<{ points: string }>(`select folded->'points'->>'b2b' as points from lead_summary where lead_id = 'tony'`);
  expect(Number(rows[0]?.points)).toBe(250_000);
}, 60_000);
