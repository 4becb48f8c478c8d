/** The demo from the first server to the last sentence of its account. Knows no rule of nurturing. */
import { resolve } from 'node:path';
import { openNats } from '../../activities/adapters/nats-connection';
import { readAllDecisions } from '../../activities/adapters/facts-reader';
import { accountOf } from '../../events/projections/account';
import type { Whereabouts } from '../../client/addresses';
import { openLeads } from '../../client/leads';
import { engineClock } from '../clock';
import { readConfig, type Config } from '../config';
import { startDevStack } from '../dev-stack';
import { freePort } from '../dev-stack/ports';
import { createLogger } from '../logger';
import { roleNames, startRoles } from '../roles';
import { accountText, closingLine, faultsOf, type DemoResult } from './account-report';
import { bringOn, forgetEarlierMails, openMailboxes, type Cast } from './cast';
import { compare, toldBy } from './compare';
import { addReps, DemoFailed, importList, publishCatalogue, readList } from './load';
import type { DemoOptions } from './options';
import type { Receiver } from './receiver';
import { sayForRep } from './say-for-rep';
import { settle } from './settle';

export type DemoContext = DemoOptions & {
  readonly environment: NodeJS.ProcessEnv;
  /** Where mails, data and logs lie. */
  readonly folder: string;
  /** For people, a line at a time. */
  readonly say: (line: string) => void;
  /** The closing line's content, once the account stands. */
  readonly close: (closing: Record<string, unknown>) => void;
  /** Ctrl-C. */
  readonly interrupted: AbortSignal;
};

export type DemoEnd = {
  readonly exitCode: number;
  /** For `--json`; absent when the demo did not come to its end. */ readonly closing?: Record<string, unknown>;
};

/** Engine days between two lines of progress. */
const progressEvery = 5;

/** Resolves with the exit code; everything it started is ended when it resolves or throws. */
export async function runDemo(context: DemoContext): Promise<number> {
  const startedAt = Date.now();
  const ends: (() => Promise<unknown>)[] = [];
  try {
    return await play(context, startedAt, (end) => void ends.unshift(end));
  } finally {
    for (const end of ends) await end().catch((error: unknown) => context.say(`while ending: ${String(error)}`));
  }
}

async function play(context: DemoContext, startedAt: number, atEnd: (end: () => Promise<unknown>) => void): Promise<number> {
  const { say, interrupted } = context;
  const receiver = await openMailboxes(context.folder, context.seed);
  atEnd(receiver.stop);
  const stack = await startDevStack({
    dir: resolve(context.folder, 'servers'),
    need: ['temporal', 'nats', 'postgres'],
    env: context.environment,
    ui: true,
    fresh: true,
    throwAway: true,
    onProgress: say,
  });
  atEnd(stack.stop);
  await forgetEarlierMails(receiver);
  interrupted.throwIfAborted();

  const config = await demoConfig(context, { ...stack.addresses, SMTP_URL: receiver.url });
  const clock = engineClock(config.RIPEN_CLOCK_EPOCH, config.RIPEN_CLOCK_RATE);
  const roles = await startRoles(config, roleNames, createLogger(config.LOG_LEVEL));
  atEnd(roles.stop);
  const nats = await openNats({ url: config.NATS_URL, name: 'ripen-demo' });
  atEnd(nats.close);
  const leads = await openLeads({ ...whereabouts(config), uiUrl: stack.addresses.uiUrl }, context.environment);
  atEnd(leads.close);

  const afterSeq = await readAllDecisions(nats, () => undefined);
  await publishCatalogue(nats);
  const repNames = await addReps(nats);
  const cast = bringOn(receiver, {
    ...context,
    secret: config.RIPEN_SECRET,
    clock,
    nats,
    intakeUrl: config.PUBLIC_URL,
    say: sayForRep(leads),
  });
  const stage = { receiver, cast, failed: roles.failed };
  const beganAt = Date.now();
  const imported = await importList(nats, await readList(), `demo ${startedAt}`, clock.toEngine(beganAt));
  say(`imported ${imported.rows} rows: ${imported.outcomes.filter(({ as }) => as === 'created').length} people begin the buyer's journey`);

  await days(context, beganAt, stage);
  await cast.leave();
  say('the people and reps go home; what is on its way is let come to rest');
  const settled = await settle(nats, receiver, { afterSeq, patienceMs: 40_000 });
  const result: DemoResult = {
    ...imported,
    account: accountOf(settled.decisions.map(({ decision }) => decision)),
    comparison: compare(toldBy(settled.decisions), settled.mails),
    faults: [...settled.unsettled, ...cast.failures()],
    repNames,
    deeds: cast.deeds(),
    mailFolder: receiver.folder,
    ...(stack.addresses.uiUrl === undefined ? {} : { uiUrl: stack.addresses.uiUrl }),
    seconds: Math.round((Date.now() - startedAt) / 1_000),
  };
  return conclude(context, result, config);
}

/** Says the account and the verdict; with `--stay` waits for Ctrl-C before everything ends. */
async function conclude({ say, close, stay, interrupted }: DemoContext, result: DemoResult, config: Config): Promise<number> {
  say(accountText(result));
  const faults = faultsOf(result);
  if (faults.length === 0) say('\nThe log and the mail server agree: nobody got anything twice, and nothing is unknown.');
  for (const fault of faults) say(`\nThis is wrong: ${fault}.`);
  close(closingLine(result));
  if (stay) {
    const { TEMPORAL_ADDRESS, NATS_URL, RIPEN_CLOCK_EPOCH, RIPEN_CLOCK_RATE } = config;
    say('\nEverything stays up until Ctrl-C. For the ripen command in another terminal:');
    for (const [name, value] of Object.entries({ TEMPORAL_ADDRESS, NATS_URL, RIPEN_CLOCK_EPOCH, RIPEN_CLOCK_RATE }))
      say(`  export ${name}='${value}'`);
    await new Promise<void>((done) => (interrupted.aborted ? done() : interrupted.addEventListener('abort', () => done())));
  }
  return faults.length === 0 ? 0 : 1;
}

/** The engine's clock starts now and runs faster; the port is chosen here because mails carry the address. */
async function demoConfig({ environment, dayMs }: DemoContext, addresses: Readonly<Record<string, string | undefined>>): Promise<Config> {
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

type Stage = { readonly receiver: Receiver; readonly cast: Cast; readonly failed: Promise<unknown> };

/** Lets the engine days pass, with a line of progress every few. */
async function days(
  { dayMs, days: all, say, interrupted }: DemoContext,
  beganAt: number,
  { receiver, cast, failed }: Stage,
): Promise<void> {
  const fails = failed.then((why) => {
    throw new DemoFailed(`a role ended: ${String(why)}`);
  });
  for (let day = Math.min(progressEvery, all); ; day = Math.min(day + progressEvery, all)) {
    await Promise.race([pause(Math.max(0, beganAt + day * dayMs - Date.now()), interrupted), fails]);
    const toReps = receiver.mails.filter(({ rep }) => rep !== undefined).length;
    const deeds = [...cast.deeds().values()].reduce((sum, times) => sum + times, 0);
    say(`day ${String(day).padStart(3)}: ${receiver.mails.length - toReps} mails to people, ${toReps} to reps, ${deeds} deeds of theirs`);
    if (day === all) return;
  }
}

function pause(ms: number, interrupted: AbortSignal): Promise<void> {
  return new Promise((done, stop) => {
    const abort = (): void => {
      clearTimeout(timer);
      stop(interrupted.reason);
    };
    const timer = setTimeout(() => {
      interrupted.removeEventListener('abort', abort);
      done();
    }, ms);
    if (interrupted.aborted) abort();
    else interrupted.addEventListener('abort', abort, { once: true });
  });
}
