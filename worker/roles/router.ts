/** The router role: events to leads, opt-outs to the people store, given-up messages to REJECTED. Binds ports, decides nothing. */
import { natsFactsLog } from '../../activities/adapters/facts-log';
import { durableInflow } from '../../activities/adapters/nats-inflow';
import { publishedSource } from '../../activities/adapters/published-source';
import { aheadDoor } from '../../activities/decide-ahead';
import { routerPeople } from '../../activities/people/router-people';
import { rejectedSink } from '../../events/rejected';
import { startOptOuts } from '../../events/opt-outs';
import { startRouter } from '../../events/router';
import { startStranded } from '../../events/stranded';
import { consumers } from '../../events/streams';
import { doorTo } from '../temporal';
import type { Context, Role } from './context';

export async function startRouterRole({ config, log, clock, nats, db, temporal }: Context): Promise<Role> {
  const people = routerPeople(db, config.RIPEN_SECRET);
  const rejected = rejectedSink(nats, Date.now);
  const { toEngine } = clock;
  const optOuts = startOptOuts({ inflow: durableInflow(nats, consumers.optouts, { log }), optOuts: people, toEngine, log });
  const published = publishedSource(db, {
    onAway: (error) => log.warn({ error }, 'published things cannot be refreshed; the cache goes on'),
  });
  const door = aheadDoor({ facts: natsFactsLog(nats), published, clock, door: doorTo(await temporal()), log, now: Date.now });
  const router = startRouter(
    {
      inflow: durableInflow(nats, consumers.router, { log }),
      identifier: people,
      anonymous: people,
      door,
      rejected,
      toEngine,
      log,
    },
    { secret: config.RIPEN_SECRET },
  );
  const stranded = startStranded(
    { inflow: durableInflow(nats, consumers.stranded, { log }), js: nats, rejected, log },
    config.RIPEN_SECRET,
  );
  return {
    stop: async () => {
      await Promise.all([router.stop(), optOuts.stop(), stranded.stop()]);
      await door.stop();
      const { ahead, signalled } = door.stats();
      log.info({ ahead, signalled }, 'events decided ahead of their workflows, and batches signalled by reason');
    },
  };
}
