/** Sets the demo's stage: mail server, dev stack, all roles on a scaled clock, and the connections the demo itself needs. Knows no people. */
import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { openNats, type Nats } from '../../activities/adapters/nats-connection';
import type { EngineClock } from '../../activities/ports';
import type { Whereabouts } from '../../client/addresses';
import { leadsOver } from '../../client/leads';
import { openTemporal } from '../../client/temporal';
import type { Leads } from '../../client/ports';
import { engineClock } from '../clock';
import { readConfig, type Config } from '../config';
import { startDevStack } from '../dev-stack';
import { freePort } from '../dev-stack/ports';
import { createLogger } from '../logger';
import { roleNames, startRoles } from '../roles';
import { forgetEarlierMails, openMailboxes } from './cast';
import type { DemoOptions } from './options';
import type { Receiver } from './receiver';

export type StageOptions = Pick<DemoOptions, 'dayMs' | 'seed'> & {
  readonly environment: NodeJS.ProcessEnv;
  /** Where mails and servers' data lie. */
  readonly folder: string;
  /** For people, a line at a time. */
  readonly say: (line: string) => void;
  readonly interrupted: AbortSignal;
};

/** What is to be ended, last first. */
export type AtEnd = (end: () => Promise<unknown>) => void;

export type Stage = {
  readonly receiver: Receiver;
  readonly config: Config;
  readonly clock: EngineClock;
  readonly nats: Nats;
  readonly leads: Leads;
  /** Settles with a sentence when a role can go on no more. */
  readonly failed: Promise<string>;
  readonly uiUrl?: string;
};

export async function openStage(options: StageOptions, atEnd: AtEnd): Promise<Stage> {
  const { folder, environment, say, seed, interrupted } = options;
  const receiver = await openMailboxes(folder, seed);
  atEnd(receiver.stop);
  const stack = await startDevStack({
    dir: resolve(folder, 'servers'),
    need: ['temporal', 'nats', 'postgres'],
    env: environment,
    ui: true,
    fresh: true,
    throwAway: true,
    onProgress: say,
  });
  atEnd(stack.stop);
  await forgetEarlierMails(receiver);
  interrupted.throwIfAborted();

  const token = randomBytes(24).toString('base64url');
  const config = await demoConfig(options, { ...stack.addresses, SMTP_URL: receiver.url, INTAKE_TOKENS: `demo=${token}` });
  stack.tell({
    clock: { epoch: config.RIPEN_CLOCK_EPOCH, rate: config.RIPEN_CLOCK_RATE },
    intake: { url: config.PUBLIC_URL, token },
  });
  const roles = await startRoles(config, roleNames, createLogger(config.LOG_LEVEL));
  atEnd(roles.stop);
  const nats = await openNats({ url: config.NATS_URL, name: 'ripen-demo' });
  atEnd(nats.close);
  const temporal = await openTemporal(whereabouts(config), environment);
  atEnd(temporal.close);
  const leads = leadsOver(temporal);
  const { uiUrl } = stack.addresses;
  const clock = engineClock(config.RIPEN_CLOCK_EPOCH, config.RIPEN_CLOCK_RATE);
  return { receiver, config, clock, nats, leads, failed: roles.failed, ...(uiUrl === undefined ? {} : { uiUrl }) };
}

/** The engine's clock starts now and runs faster; the port is chosen here because mails carry the address. */
async function demoConfig({ environment, dayMs }: StageOptions, addresses: Readonly<Record<string, string | undefined>>): Promise<Config> {
  const port = await freePort();
  return readConfig({
    MAIL_FROM: 'Ines at Trellis <ines@trellis.example>',
    POSTAL_ADDRESS: 'Trellis Ltd, 1 Orchard Road, Example Town',
    LOG_LEVEL: 'error',
    ...environment,
    ...addresses,
    INTAKE_PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    RIPEN_CLOCK_EPOCH: String(Date.now()),
    RIPEN_CLOCK_RATE: String(86_400_000 / dayMs),
  });
}

const whereabouts = (config: Config): Whereabouts => ({
  address: (name) => config[name],
  uiUrl: undefined,
  namespace: config.TEMPORAL_NAMESPACE,
  clock: { epoch: config.RIPEN_CLOCK_EPOCH, rate: config.RIPEN_CLOCK_RATE },
  runFile: undefined,
});
