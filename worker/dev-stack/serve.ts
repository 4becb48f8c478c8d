/** Starts one server and waits until it answers; another port when its own was taken, a moment later when its predecessor still lets go. */
import { setTimeout as delay } from 'node:timers/promises';
import { DevStackError } from './error';
import { keep, type Kept, type KeptOptions } from './keeper';

export type Served = { readonly name: string; readonly kept: Kept };

export type Attempt = {
  readonly name: string;
  /** Called anew for every try: ports may have changed. */
  readonly start: () => Promise<KeptOptions>;
  /** Resolves true when the server answers. */
  readonly answers: () => Promise<boolean>;
  /** What to do when the log says that a port is taken. */
  readonly otherPorts: () => void;
  readonly started: (kept: Kept) => void;
  readonly withinMs?: number;
};

const portTaken = /address already in use|Address in use|could not create any TCP\/IP sockets|bind: /i;
/** Backends of a killed Postgres hold its memory for a moment; SQLite its file. */
const notYetFree = /pre-existing shared memory block|lock file .* already exists|database is locked/i;

export async function serve(attempt: Attempt): Promise<Served> {
  const { name, withinMs = 60_000 } = attempt;
  let said = '';
  for (let tries = 0; tries < 8; tries++) {
    const kept = await keep(await attempt.start());
    attempt.started(kept);
    const outcome = await ready(kept, attempt.answers, withinMs);
    if (outcome === 'ready') return { name, kept };
    said = kept.said();
    await kept.stop();
    if (outcome === 'silent') throw new DevStackError(`${name} did not answer within ${withinMs / 1000} seconds. It said:\n${said}`);
    if (portTaken.test(said)) attempt.otherPorts();
    else if (notYetFree.test(said)) await delay(1_000);
    else break;
  }
  throw new DevStackError(`${name} ended right after its start. It said:\n${said}`);
}

async function ready(kept: Kept, answers: () => Promise<boolean>, withinMs: number): Promise<'ready' | 'ended' | 'silent'> {
  for (const until = Date.now() + withinMs; Date.now() < until; await delay(40)) {
    if (!kept.running()) return 'ended';
    // Asked while the process lives: on a port that someone else took, a stranger would answer.
    if ((await answers()) && kept.running()) return 'ready';
  }
  return 'silent';
}
