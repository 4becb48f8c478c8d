/** The projector role: FACTS into the summary and hand-off tables. Binds ports, decides nothing. */
import { orderedReader } from '../../activities/adapters/nats-reader';
import { tellAccounts } from '../../activities/people/account-news';
import { recordHandOff } from '../../activities/people/hand-offs';
import { projectionStore } from '../../activities/people/projection';
import { startProjector } from '../../events/projector';
import { streamNames } from '../../events/subjects';
import { upcast } from '../../workflows/core';
import type { Context, Role } from './context';

export async function startProjectorRole({ log, nats, db }: Context): Promise<Role> {
  const projector = startProjector({
    store: projectionStore(db, recordHandOff, tellAccounts),
    read: (fromSeq) => orderedReader(nats, { stream: streamNames.facts, filter: 'facts.lead.>', fromSeq }, { log }),
    upcast: (decision) => ({ ...decision, facts: decision.facts.map(upcast) }),
    log,
  });
  return { stop: projector.stop };
}
