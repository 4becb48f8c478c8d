/** The people role: answers the command line over NATS and relays the outbox. Binds ports, decides nothing. */
import { startGuard } from '../../activities/people/campaigns/guard';
import { startOutbox } from '../../activities/people/outbox';
import { summary } from '../../activities/people/projection';
import { servePeople } from '../../activities/people/serve';
import { publishEvent } from '../../events/publish-event';
import { peopleSubject, publishedSubject, streamNames } from '../../events/subjects';
import { jsonOf } from '../../events/strip';
import type { Nats } from '../../activities/adapters/nats-connection';
import type { Context, Role } from './context';
import { personStreams } from './person-streams';

export async function startPeopleRole(context: Context): Promise<Role> {
  const { config, log, clock, nats, db } = context;
  const { RIPEN_SECRET: secret } = config;
  const guard = startGuard({ db, now: () => clock.toEngine(Date.now()), log });
  const outbox = startOutbox({ db, publish: (event) => publishEvent(nats, secret, event), log });
  const answer = servePeople({
    db,
    secret,
    now: () => clock.toEngine(Date.now()),
    // FACTS alone is enough to rebuild the store of published things.
    announce: async (artefact) => {
      const bytes = Buffer.from(JSON.stringify(artefact));
      await nats.publish(publishedSubject(artefact.digest), bytes, { msgId: `published ${artefact.kind} ${artefact.digest}` });
    },
    ...personStreams(context),
    summary: async () => summary(db, await newestFact(nats)),
    written: outbox.nudge,
    log,
  });
  const verbOf = (subject: string): string => subject.slice(peopleSubject('').length);
  const stopServing = nats.serve(peopleSubject('*'), 'people', async (subject, data) =>
    Buffer.from(JSON.stringify(await answer(verbOf(subject), jsonOf(data)))),
  );
  return {
    stop: async () => {
      await stopServing();
      await guard.stop();
      await outbox.stop();
    },
  };
}

/** Sequence of the newest decision in FACTS, to tell how far the table is behind; 0 while there is none. */
async function newestFact(nats: Nats): Promise<number> {
  const reply = await nats.api(`STREAM.MSG.GET.${streamNames.facts}`, { last_by_subj: 'facts.lead.>' });
  return reply.error === undefined ? (reply['message'] as { readonly seq: number }).seq : 0;
}
