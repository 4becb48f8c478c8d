/** The simulator at three sizes, each in a process of its own so that its peak memory is its own: seconds, memory, and how both grow. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { SimulatedOnce } from './simulate-once';

const sizes = [1_000, 10_000, 100_000] as const;

const once = (leads: number): SimulatedOnce => {
  const out = execFileSync(process.execPath, [join(__dirname, 'simulate-once.js'), String(leads)], { encoding: 'utf8' });
  const ran = JSON.parse(out) as SimulatedOnce;
  process.stderr.write(
    `${leads} leads: ${ran.seconds.toFixed(2)} s, ${ran.cpuSeconds.toFixed(2)} s of processor, ${ran.peakMb} MB, digest ${ran.digest}\n`,
  );
  return ran;
};

/**
 * `growth`: processor time of 90,000 more leads per lead beside that of the first 9,000 more; 1 is linear. `memoryGrowth`: peak at 100,000 beside 10,000.
 * `sameDigest`: 1 where two runs of 1,000 came to the same. Processor time counts what other work on the machine does not take.
 */
export async function run(): Promise<Record<string, number>> {
  const [small, middle, large] = sizes.map(once) as [SimulatedOnce, SimulatedOnce, SimulatedOnce];
  const again = once(sizes[0]);
  if (again.digest !== small.digest) throw new Error(`the same seed came to ${small.digest} and ${again.digest}`);
  const perLead = (from: SimulatedOnce, to: SimulatedOnce): number => (to.cpuSeconds - from.cpuSeconds) / (to.leads - from.leads);
  return {
    seconds1000: small.seconds,
    seconds10000: middle.seconds,
    seconds100000: large.seconds,
    cpuSeconds100000: large.cpuSeconds,
    peakMb1000: small.peakMb,
    peakMb10000: middle.peakMb,
    peakMb100000: large.peakMb,
    growth: perLead(middle, large) / perLead(small, middle),
    memoryGrowth: large.peakMb / middle.peakMb,
    leadsPerSecond: Math.round(large.leads / large.seconds),
    touches100000: large.touches,
    factsPerLead: large.facts / large.leads,
    sameDigest: 1,
  };
}
