/** Events written in the transaction of the change they tell of, and brought to the stream after it: at least once, in order. Knows no stream. */
import type { InternalEvent } from '../../events/internal';
import type { Log } from '../../events/ports';
import type { Client, Database } from './database';
import { newOutboxId } from './keys';

type EventType = InternalEvent['type'];
export const outboxSource = '/ripen/people';

/** `id`: the same id is written once; random where the writer has none. */
export type OutboxEntry = {
  readonly [T in EventType]: { readonly type: T; readonly data: InternalEvent<T>['data']; readonly id?: string };
}[EventType];

/** In the order given. */
export async function writeOutbox(client: Client, entries: readonly OutboxEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await client.query(
    `insert into outbox (id, type, data) select id, type, data from rows from (jsonb_to_recordset($1) as (id text, type text, data jsonb)) with ordinality as e(id, type, data, n)
      order by n on conflict (id) do nothing`,
    [JSON.stringify(entries.map(({ id = newOutboxId(), type, data }) => ({ id, type, data })))],
  );
}

/** Resolves when the stream has it. */
export type PublishInternal = (event: InternalEvent) => Promise<unknown>;

/** Any number all relays agree on. */
const relayLock = 7_261_071;

/** Publishes up to `most` events and returns how many; 0 also when another process is at it. What was published and not yet deleted when we die is published again. */
export function relayOutbox(db: Database, publish: PublishInternal, most = 200): Promise<number> {
  return db.transaction(async (client) => {
    // One relay at a time keeps the order; the lock ends with the transaction, so a killed relay holds up nobody.
    const { rows: locks } = await client.query<{ got: boolean }>('select pg_try_advisory_xact_lock($1) as got', [relayLock]);
    if (locks[0]?.got !== true) return 0;
    const { rows } = await client.query<{ seq: number; id: string; type: EventType; data: InternalEvent['data'] }>(
      'select seq, id, type, data from outbox order by seq limit $1',
      [most],
    );
    const published: number[] = [];
    try {
      for (const { seq, id, type, data } of rows) {
        await publish({ specversion: '1.0', id, source: outboxSource, type, data } as InternalEvent);
        published.push(seq);
      }
    } catch (error) {
      // What went out before the fault need not go again.
      if (published.length === 0) throw error;
    }
    await client.query('delete from outbox where seq = any($1)', [published]);
    return published.length;
  });
}

/** Relays for as long as the process lives: at once after a full batch, else every `everyMs`. */
export function startOutbox({
  db,
  publish,
  log,
  everyMs = 200,
}: {
  readonly db: Database;
  readonly publish: PublishInternal;
  readonly log: Log;
  readonly everyMs?: number;
}): {
  /** What is under way ends first. */
  stop(): Promise<void>;
  /** Look now: something was written. */
  nudge(): void;
} {
  let stopping = false;
  let wake: () => void = () => undefined;
  let failures = 0;
  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const run = async (): Promise<void> => {
    while (!stopping) {
      try {
        const published = await relayOutbox(db, publish);
        failures = 0;
        if (published > 0) continue;
      } catch (error) {
        failures += 1;
        if (failures === 1 || failures % 20 === 0)
          log.warn({ failures, says: error instanceof Error ? error.message : String(error) }, 'the outbox waits and tries again');
      }
      if (!stopping) await pause(Math.min(everyMs * 2 ** Math.min(failures, 10), Math.max(everyMs, 5_000)));
    }
  };
  const running = run();
  return {
    nudge: () => wake(),
    async stop() {
      stopping = true;
      wake();
      await running;
    },
  };
}
