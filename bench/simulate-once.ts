/** One simulation of the shipped journey over 90 days in this process; prints what it took as one line. `node simulate-once.js LEADS`. */
import { digestOf } from '../events/digest';
import { shipped } from '../workflows/paths';
import { simulationOf } from '../workflows/simulating';

export type SimulatedOnce = {
  readonly leads: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMb: number;
  readonly touches: number;
  readonly facts: number;
  readonly digest: string;
};

function once(leads: number): SimulatedOnce {
  const made = simulationOf({ root: shipped('workflows'), sequence: 'buyers-journey', seed: 1, from: Date.UTC(2026, 0, 5), days: 90 });
  if (made.as !== 'made') throw new Error(`nothing to simulate: ${JSON.stringify(made)}`);
  const startedAt = performance.now();
  const used = process.cpuUsage();
  made.simulation.run(0, leads);
  const { user, system } = process.cpuUsage(used);
  const { touches, facts, ...report } = made.simulation.report();
  return {
    leads,
    seconds: (performance.now() - startedAt) / 1_000,
    cpuSeconds: (user + system) / 1_000_000,
    peakMb: Math.round(process.resourceUsage().maxRSS / 1_024),
    touches,
    facts,
    digest: digestOf({ ...report, touches, facts }),
  };
}

if (require.main === module) process.stdout.write(`${JSON.stringify(once(Number(process.argv[2])))}\n`);
