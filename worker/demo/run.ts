/** The demo from the first server to the last sentence of its account. Knows no rule of nurturing. */
import { readAllDecisions } from '../../activities/adapters/facts-reader';
import { accountOf } from '../../events/projections/account';
import type { Config } from '../config';
import { accountText, closingLine, faultsOf, type DemoResult } from './account-report';
import { bringOn, type Cast } from './cast';
import { compare, toldBy } from './compare';
import { hush, type Hush } from './hush';
import { addReps, DemoFailed, importList, publishCatalogue, readList } from './load';
import type { DemoOptions } from './options';
import type { Receiver } from './receiver';
import { medianLag, paceWarning } from './pace';
import { sayForRep } from './say-for-rep';
import { settle } from './settle';
import { openStage, type AtEnd, type StageOptions } from './stage';

export type DemoContext = DemoOptions &
  StageOptions & {
    /** The closing line's content, once the account stands. */
    readonly close: (closing: Record<string, unknown>) => void;
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

async function play(context: DemoContext, startedAt: number, atEnd: AtEnd): Promise<number> {
  const { say, seed, interrupted } = context;
  const stage = await openStage(context, atEnd);
  const { receiver, config, clock, nats, leads, uiUrl } = stage;
  const afterSeq = await readAllDecisions(nats, () => undefined);
  await publishCatalogue(nats);
  const repNames = await addReps(nats);
  const { RIPEN_SECRET: secret, PUBLIC_URL: intakeUrl } = config;
  const cast = bringOn(receiver, { seed, secret, clock, nats, intakeUrl, say: sayForRep(leads) });
  const beganAt = Date.now();
  const imported = await importList(nats, await readList(), `demo ${startedAt}`, clock.toEngine(beganAt));
  say(`imported ${imported.rows} rows: ${imported.outcomes.filter(({ as }) => as === 'created').length} people begin the buyer's journey`);

  await days(context, beganAt, { receiver, cast, failed: stage.failed });
  await cast.leave();
  say('people and reps go home; whoever is still on a sequence is paused, so that mails can be counted');
  const quiet = hush(leads);
  const settled = await settle(nats, receiver, { afterSeq, patienceMs: 40_000, hush: quiet, interrupted });
  const told = toldBy(settled.decisions);
  const result: DemoResult = {
    ...imported,
    account: accountOf(settled.decisions.map(({ decision }) => decision)),
    comparison: compare(told, settled.mails),
    breached: told.breached,
    faults: [...settled.unsettled, ...cast.failures()],
    repNames,
    deeds: cast.deeds(),
    mailFolder: receiver.folder,
    ...(uiUrl === undefined ? {} : { uiUrl }),
    seconds: Math.round((Date.now() - startedAt) / 1_000),
  };
  conclude(context, result);
  const busy = paceWarning(medianLag(settled.decisions), context.dayMs);
  if (busy !== undefined) say(`\n${busy}`);
  if (context.stay) await linger(context, config, quiet);
  return faultsOf(result).length === 0 ? 0 : 1;
}

/** The account, the verdict, the closing line. */
function conclude({ say, close }: DemoContext, result: DemoResult): void {
  say(accountText(result));
  const faults = faultsOf(result);
  if (faults.length === 0) say('\nThe log and the mail server agree: nobody got anything twice, and nothing is unknown.');
  for (const fault of faults) say(`\nThis is wrong: ${fault}.`);
  close(closingLine(result));
}

/** Leads go on by themselves, without people and reps, until Ctrl-C. */
async function linger({ say, interrupted }: DemoContext, config: Config, quiet: Hush): Promise<void> {
  await quiet.resume();
  const { TEMPORAL_ADDRESS, NATS_URL, RIPEN_CLOCK_EPOCH, RIPEN_CLOCK_RATE } = config;
  say('\nEverything stays up until Ctrl-C. In another terminal, in this folder: npx ripen status. In another folder, first:');
  for (const [name, value] of Object.entries({ TEMPORAL_ADDRESS, NATS_URL, RIPEN_CLOCK_EPOCH, RIPEN_CLOCK_RATE }))
    say(`  export ${name}='${value}'`);
  await new Promise<void>((done) => (interrupted.aborted ? done() : interrupted.addEventListener('abort', () => done())));
}

type Played = { readonly receiver: Receiver; readonly cast: Cast; readonly failed: Promise<unknown> };

/** Lets the engine days pass, with a line of progress every few. */
async function days(
  { dayMs, days: all, say, interrupted }: DemoContext,
  beganAt: number,
  { receiver, cast, failed }: Played,
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
