/** One of several threads of a simulation: runs the leads it is told to and hands over its sums at the end. Knows no terminal. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Tally } from '../workflows/core/simulate/tally';
import { simulationOf } from '../workflows/simulating';
import type { SimulationAsk } from '../workflows/simulating';

/** `end`: nothing is left to run. */
export type ToThread = { readonly first: number; readonly count: number } | 'end';
/** `failed`: a sentence; a thread cannot throw an error of ours to the other side. */
export type FromThread =
  | { readonly as: 'ran'; readonly count: number }
  | { readonly as: 'summed'; readonly tally: Tally }
  | { readonly as: 'failed'; readonly stuck: boolean; readonly says: string };

function work(ask: SimulationAsk, say: (told: FromThread) => void): (told: ToThread) => void {
  const made = simulationOf(ask);
  if (made.as !== 'made') throw new Error('the files changed while they were read');
  const { simulation } = made;
  return (told) => {
    if (told === 'end') return say({ as: 'summed', tally: simulation.tally });
    try {
      simulation.run(told.first, told.count);
      say({ as: 'ran', count: told.count });
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      say({ as: 'failed', stuck: error.name === 'WakeStuck', says: error.message });
    }
  };
}

if (parentPort !== null) {
  const port = parentPort;
  const take = work(workerData as SimulationAsk, (told) => port.postMessage(told));
  port.on('message', (told: ToThread) => {
    take(told);
    if (told === 'end') port.close();
  });
}
