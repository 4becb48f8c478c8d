/** What every role opens of the outside world, once a process: connections by configuration. Decides nothing. */
import type { Client } from '@temporalio/client';
import { openDatabase } from '../../activities/people/database';
import type { Database } from '../../activities/people/database';
import { holdSecret } from '../../activities/people/installation';
import { migrate } from '../../activities/people/migrate';
import { openNats } from '../../activities/adapters/nats-connection';
import type { Nats } from '../../activities/adapters/nats-connection';
import type { EngineClock } from '../../activities/ports';
import { ensureStreams } from '../../events/streams';
import { engineClock } from '../clock';
import type { Config } from '../config';
import type { Logger } from '../logger';
import { openClient } from '../temporal';

export type Context = {
  readonly config: Config;
  readonly log: Logger;
  readonly clock: EngineClock;
  readonly nats: Nats;
  readonly db: Database;
  /** Opened when a role first asks: intake and projector need no Temporal. */
  readonly temporal: () => Promise<Client>;
  readonly close: () => Promise<void>;
};

/** One running role. `failed` settles when it can go on no more. */
export type Role = { readonly stop: () => Promise<void>; readonly failed?: Promise<string>; readonly intakeUrl?: string };

export async function openContext(config: Config, log: Logger): Promise<Context> {
  const nats = await openNats({ url: config.NATS_URL, name: 'ripen', log });
  const db = openDatabase(config.DATABASE_URL, { onBroken: (error) => log.warn({ error }, 'a database connection broke') });
  for (const done of await migrate(db)) log.info({ done }, 'migration');
  await holdSecret(db, config.RIPEN_SECRET);
  for (const done of await ensureStreams(nats)) log.info({ done }, 'stream');
  let client: Promise<Client> | undefined;
  return {
    config,
    log,
    clock: engineClock(config.RIPEN_CLOCK_EPOCH, config.RIPEN_CLOCK_RATE),
    nats,
    db,
    temporal: () => (client ??= openClient(config)),
    close: async () => {
      await (await client)?.connection.close();
      await nats.close();
      await db.close();
    },
  };
}
