/** The intake role: the HTTP door on its port. Binds ports, decides nothing. */
import { routerPeople } from '../../activities/people/router-people';
import { verifyUnsubscribe } from '../../activities/people/tokens';
import { sourceOf } from '../../events/bearer';
import { createIntake } from '../../events/intake';
import { readLink } from '../../events/links';
import { rejectedSink } from '../../events/rejected';
import type { Context, Role } from './context';

export async function startIntakeRole({ config, log, clock, nats, db }: Context): Promise<Role> {
  const { RIPEN_SECRET: secret, INTAKE_TOKENS: tokens } = config;
  if (tokens === undefined) log.warn({}, 'INTAKE_TOKENS is not set: nobody may publish events over HTTP');
  const intake = createIntake(
    {
      sourceOf: sourceOf(tokens ?? {}),
      publisher: nats,
      rejected: rejectedSink(nats, Date.now),
      optOuts: routerPeople(db, secret),
      readLink: (token) => readLink(secret, token),
      readUnsubscribe: (token) => verifyUnsubscribe(secret, token),
      toEngine: clock.toEngine,
      isUp: nats.isUp,
      log,
    },
    secret,
  );
  const intakeUrl = await intake.listen({ port: config.INTAKE_PORT, host: process.env['INTAKE_HOST'] ?? '127.0.0.1' });
  return { intakeUrl, stop: () => intake.close() };
}
