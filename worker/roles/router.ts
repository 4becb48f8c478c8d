/** The router role: events to leads, opt-outs to the people store, given-up messages to REJECTED. Binds ports, decides nothing. */
import { durableInflow } from '../../activities/adapters/nats-inflow';
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
  const router = startRouter(
    {
      inflow: durableInflow(nats, consumers.router, { log }),
      identifier: people,
      anonymous: people,
      door: doorTo(await temporal()),
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
  return { stop: async () => void (await Promise.all([router.stop(), optOuts.stop(), stranded.stop()])) };
}
