/** What the people role may do in the streams for one person. Binds ports, decides nothing. */
import { readDecisions } from '../../activities/adapters/facts-reader';
import { natsScan, overwrite } from '../../activities/adapters/nats-scan';
import { knownInputs } from '../../activities/known-inputs';
import { addressesOf } from '../../activities/people/record';
import { routerPeople } from '../../activities/people/router-people';
import { creditedVisits, streamKeys } from '../../activities/people/stream-keys';
import { personMessages } from '../../events/person-messages';
import { reread, rejectedIds } from '../../events/reread';
import type { Ask, Reply } from '../../events/requests';
import type { Context } from './context';

export type PersonStreams = {
  readonly reread: (ask: Ask<'reread'>) => Promise<Reply<'reread'>>;
  readonly messages: (ask: Ask<'messages'>) => Promise<Reply<'messages'>>;
};

export function personStreams({ config, clock, nats, db }: Pick<Context, 'config' | 'clock' | 'nats' | 'db'>): PersonStreams {
  const { RIPEN_SECRET: secret } = config;
  const { scan } = natsScan(nats);
  const identifier = routerPeople(db, secret);
  return {
    messages: (ask) =>
      personMessages(
        { scan, identifier, addresses: (leadId) => addressesOf(db, leadId), remove: (stream, seq) => overwrite(nats, stream, seq) },
        ask,
      ),
    async reread({ leadId, fromSeq, everything }) {
      const keys = everything === true ? undefined : await streamKeys(db, secret, leadId);
      const known = await knownInputs((lead) => readDecisions(nats, lead), leadId);
      const waiting = await rejectedIds({ scan }, secret, keys);
      const ports = { scan, identifier, credited: (visits: Parameters<typeof creditedVisits>[1]) => creditedVisits(db, visits), secret };
      return reread(
        { ...ports, toEngine: clock.toEngine },
        { leadId, ...(keys === undefined ? {} : { keys }), fromSeq, known: new Set([...known, ...waiting]) },
      );
    },
  };
}
