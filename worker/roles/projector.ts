/** The projector role: FACTS into the summary and hand-off tables. Binds ports, decides nothing. */
import { ApplicationFailure } from '@temporalio/common';
import { orderedReader } from '../../activities/adapters/nats-reader';
import { publishedSource } from '../../activities/adapters/published-source';
import { tellAccounts } from '../../activities/people/account-news';
import { startReadings } from '../../activities/people/audience/readings';
import { recordHandOff } from '../../activities/people/hand-offs';
import { projectionStore } from '../../activities/people/projection';
import { startProjector } from '../../events/projector';
import { streamNames } from '../../events/subjects';
import { upcast } from '../../workflows/core';
import type { Published } from '../../workflows/core';
import type { Context, Role } from './context';

export async function startProjectorRole({ log, nats, db, clock }: Context): Promise<Role> {
  const source = publishedSource(db);
  const published = (): Promise<Published | undefined> => source.snapshot([]).catch(whileNothingIs);
  const now = (): number => clock.toEngine(Date.now());
  const readings = startReadings({ db, published, now, log });
  const projector = startProjector({
    store: projectionStore(db, recordHandOff, tellAccounts, { published, now }),
    read: (fromSeq) => orderedReader(nats, { stream: streamNames.facts, filter: 'facts.lead.>', fromSeq }, { log }),
    upcast: (decision) => ({ ...decision, facts: decision.facts.map(upcast) }),
    log,
  });
  return {
    stop: async () => {
      await readings.stop();
      await projector.stop();
    },
  };
}

/** A workspace in which nothing is published yet has no model to read anybody by. */
function whileNothingIs(error: unknown): undefined {
  if (error instanceof ApplicationFailure && error.type === 'digest-unknown') return undefined;
  throw error;
}
