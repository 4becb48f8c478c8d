/** A router that decides ahead as a process of its own. With KILL_AFTER it dies by SIGKILL before the first ack after so many inputs were decided ahead. */
import { Client, Connection } from '@temporalio/client';
import { natsFactsLog } from '../../activities/adapters/facts-log';
import { openNats } from '../../activities/adapters/nats-connection';
import { durableInflow } from '../../activities/adapters/nats-inflow';
import { aheadDoor } from '../../activities/decide-ahead';
import { startRouter } from '../../events/router';
import { consumers } from '../../events/streams';
import { engineClock } from '../../worker/clock';
import { doorTo } from '../../worker/temporal';
import { publishedOf } from '../support/small-plan';

const { NATS_URL: url = '', NAMESPACE: namespace = '', TEMPORAL_ADDRESS: address = '', KILL_AFTER: killAfter = 'never' } = process.env;
const published = publishedOf();
const log = { info: () => undefined, warn: console.error, error: console.error };

void (async () => {
  const [nats, connection] = await Promise.all([openNats({ url, name: 'ahead-router' }), Connection.connect({ address })]);
  const door = aheadDoor({
    facts: natsFactsLog(nats),
    published: { snapshot: async () => published },
    clock: engineClock(0, 1),
    door: doorTo(new Client({ connection, namespace })),
    log,
    now: Date.now,
  });
  const inflow = durableInflow(nats, { ...consumers.router, ack_wait: 1_000_000_000 });
  const ack = (confirm: () => Promise<boolean>): Promise<boolean> => {
    if (door.stats().ahead >= Number(killAfter)) process.kill(process.pid, 'SIGKILL');
    return confirm();
  };
  const router = startRouter(
    {
      inflow: {
        next: async (max) => (await inflow.next(max)).map((message) => ({ ...message, ack: () => ack(message.ack) })),
        stop: inflow.stop,
      },
      identifier: { identify: async (identities) => identities.map(({ value }) => ({ as: 'lead' as const, leadId: value })) },
      anonymous: { keepAnonymous: async () => ({ as: 'kept' as const }), claim: async () => 0 },
      door,
      rejected: { reject: async (record) => console.error(record) },
      toEngine: (at) => at,
      log,
    },
    { secret: 'test-secret-test-secret' },
  );
  process.once('SIGTERM', () => {
    void (async () => {
      await router.stop();
      await door.stop();
      process.stdout.write(`${JSON.stringify(door.stats())}\n`);
      await Promise.all([nats.close(), connection.close()]);
      process.exit(0);
    })();
  });
  process.stdout.write('started\n');
})();
