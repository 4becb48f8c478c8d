/** Shares a simulation out over threads; the sums are the same however many there are, because every lead has chance of its own. Knows no report. */
import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Tally } from '../workflows/core/simulate/tally';
import type { SimulationAsk } from '../workflows/simulating';
import { failed, sentence } from './refusal';
import type { FromThread, ToThread } from './simulate-thread';

/** Small enough that no thread waits long for the last, large enough that asking costs nothing. */
const leadsAtOnce = 500;

/** The tallies of all threads. `onRan` hears how many more leads are done. */
export async function runOnCores(
  ask: SimulationAsk,
  leads: number,
  cores: number,
  onRan: (more: number) => void,
): Promise<readonly Tally[]> {
  let next = 0;
  const share = (): ToThread => {
    if (next >= leads) return 'end';
    const first = next;
    next = Math.min(leads, next + leadsAtOnce);
    return { first, count: next - first };
  };
  const threads = Array.from(
    { length: cores },
    () => new Worker(join(__dirname, `simulate-thread${extname(__filename)}`), { workerData: ask }),
  );
  try {
    return await Promise.all(threads.map((thread) => summed(thread, share, onRan)));
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

function summed(thread: Worker, share: () => ToThread, onRan: (more: number) => void): Promise<Tally> {
  return new Promise((resolve, reject) => {
    thread.on('message', (told: FromThread) => {
      if (told.as === 'summed') return resolve(told.tally);
      if (told.as === 'failed') return reject(told.stuck ? goesRound(told.says) : new Error(told.says));
      onRan(told.count);
      thread.postMessage(share());
    });
    thread.on('error', reject);
    thread.on('exit', () => reject(new Error('a thread of the simulation ended early')));
    thread.postMessage(share());
  });
}

export const goesRound = (says: string): Error => failed(sentence(`The sequence goes round without a wait: ${says}`));
