/** The intake role: the HTTP door on its port. Binds ports, decides nothing. */
import { routerPeople } from '../../activities/people/router-people';
import { verifyUnsubscribe } from '../../activities/people/tokens';
import { createIntake } from '../../events/intake';
import { readLink } from '../../events/links';
import { rejectedSink } from '../../events/rejected';
import type { Context, Role } from './context';

export async function startIntakeRole({ config, log, clock, nats, db }: Context): Promise<Role> {
  const { RIPEN_SECRET: secret } = config;
  const intake = createIntake(
    {
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
