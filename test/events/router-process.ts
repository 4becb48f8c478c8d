/** A router as a process of its own that dies by SIGKILL between the first delivery and its ack; deliveries are lines of a file. */
import { appendFileSync } from 'node:fs';
import { openNats } from '../../activities/adapters/nats-connection';
import { durableInflow } from '../../activities/adapters/nats-inflow';
import { startRouter } from '../../events/router';
import { consumers } from '../../events/streams';

const [url = '', file = ''] = process.argv.slice(2);

void (async () => {
  const nats = await openNats({ url, name: 'router-that-dies' });
  const inflow = durableInflow(nats, { ...consumers.router, ack_wait: 1_000_000_000 });
  startRouter(
    {
      inflow: {
        next: async (max) =>
          (await inflow.next(max)).map((message) => ({
            ...message,
            ack: () => (process.kill(process.pid, 'SIGKILL'), Promise.resolve(false)),
          })),
        stop: inflow.stop,
      },
      identifier: { identify: (identities) => Promise.resolve(identities.map(({ value }) => ({ as: 'lead', leadId: value }))) },
      anonymous: { keepAnonymous: () => Promise.resolve({ as: 'kept' }), claim: () => Promise.resolve(0) },
      door: {
        deliver: (_, inputs) => {
          for (const { id } of inputs) appendFileSync(file, `${id}\n`);
          return Promise.resolve({ as: 'delivered' });
        },
      },
      rejected: { reject: () => Promise.resolve() },
      toEngine: (at) => at,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    },
    { secret: 'test-secret-test-secret' },
  );
})();
