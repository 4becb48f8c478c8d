/** `ripen simulate`: a sequence played forward with made-up people, without servers. Nothing is sent and nothing is stored. */
import { setImmediate as breath } from 'node:timers/promises';
import { digestOf } from '../../events/digest';
import { DefinitionError } from '../../workflows/core/definition-error';
import type { Report } from '../../workflows/core/simulate/report';
import type { Simulation } from '../../workflows/core/simulate/simulation';
import { add } from '../../workflows/core/simulate/tally';
import type * as SimulatingModule from '../../workflows/simulating';
import type { SimulationAsk } from '../../workflows/simulating';
import type { Context, Outcome } from '../ports';
import { failed, messageOf, noSuchThing, wrongUsage } from '../refusal';
import type { Refusal } from '../refusal';
import { goesRound, runOnCores } from '../simulate-cores';
import { pictureOf } from '../simulation-picture';
import { verb, wholeNumber } from '../verb';
import type { Cli } from '../verb';

type Options = {
  readonly leads: string;
  readonly days: string;
  readonly seed: string;
  readonly from: string;
  readonly behaviour?: string;
  readonly settings?: string;
  readonly model?: string;
  readonly cores: string;
  readonly enrolled?: true;
};

const mostLeads = 10_000_000;
const mostDays = 3_650;
const mostCores = 64;
const mostSeed = 0xffff_ffff;
/** Between two looks at the keyboard and the bar. */
const leadsAtOnce = 200;

export function addSimulate(cli: Cli): void {
  verb<Options>(
    cli,
    {
      usage: 'simulate <sequence>',
      does: 'Play a sequence of this installation forward with made-up people: what is sent when, what waits, who is handed over, what nobody receives. Needs nothing that runs; nobody is written to.',
      examples: ['simulate buyers-journey --leads 2000 --days 90', 'simulate buyers-journey --behaviour my-behaviour.yaml --seed 7 --json'],
      more: 'How people behave stands in workflows/settings/behaviour.yaml; copy it, change it, name it with --behaviour.\nThe same seed gives the same result on every machine.',
    },
    (command) =>
      command
        .option('--leads <number>', 'how many people', '1000')
        .option('--days <number>', 'how many days', '90')
        .option('--seed <number>', 'which luck: another number, other people', '1')
        .option('--from <day>', 'the first day', '2026-01-05')
        .option('--enrolled', 'people are put onto it by marketing, whatever event it listens for')
        .option('--behaviour <file>', 'how people, mail servers and reps behave, instead of what is shipped')
        .option('--settings <file>', 'settings to try: cap, quiet hours')
        .option('--model <file>', 'a scoring model to try')
        .option('--cores <number>', 'share the work out over so many; the result is the same', '1'),
    simulate,
  );
}

async function simulate(context: Context, options: Options, sequence = ''): Promise<Outcome> {
  const leads = bounded(options.leads, '--leads', 1, mostLeads);
  const cores = bounded(options.cores, '--cores', 1, mostCores);
  const ask = {
    sequence,
    days: bounded(options.days, '--days', 1, mostDays),
    seed: bounded(options.seed, '--seed', 0, mostSeed),
    from: firstDay(options.from),
    ...(options.enrolled && { enrolled: true }),
  };
  const startedAt = context.now();
  const { simulation } = await simulated(context, options, ask, leads, cores);
  const report = simulation.report();
  const digest = digestOf(report);
  const seconds = Math.max(0, (context.now() - startedAt) / 1_000);
  return { says: `${pictureOf(report)}\n\nDigest ${digest}, ${seconds.toFixed(1)} s.`, json: jsonOf(report, seconds, digest) };
}

const jsonOf = (report: Report, seconds: number, digest: string): Outcome['json'] => ({ ok: true, ...report, seconds, digest });

function bounded(text: string, option: string, least: number, most: number): number {
  const number = wholeNumber(text, option, least);
  if (number <= most) return number;
  throw wrongUsage(`${option} "${text}" should be a whole number from ${least} to ${most.toLocaleString('en')}.`);
}

/** By UTC, so that the result is the same on every machine. */
export function firstDay(text: string): number {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  if (Number.isNaN(at) || at < 0 || new Date(at).toISOString().slice(0, 10) !== text)
    throw wrongUsage(`--from "${text}" is no day: write for example 2026-01-05.`);
  return at;
}

type Files = Pick<Options, 'behaviour' | 'settings' | 'model'>;
type Ask = Pick<SimulationAsk, 'sequence' | 'seed' | 'days' | 'from' | 'enrolled'>;

/** Runs so many people through it; warns of what the simulation had to simplify. Throws `Refusal`: no such sequence, faults, a file that cannot be read. */
export async function simulated(
  context: Context,
  { behaviour, settings, model }: Files,
  asked: Ask,
  leads: number,
  cores = 1,
): Promise<Made> {
  const files = { ...(behaviour && { behaviour }), ...(settings && { settings }), ...(model && { model }) };
  const ask = { root: context.shipped('workflows'), ...asked, ...files };
  const ready = made(ask);
  for (const says of ready.warnings) context.warn(says);
  const progress = context.progress(`Simulating ${ask.sequence}`, leads);
  try {
    if (cores === 1) await runHere(ready.simulation, leads, progress.at);
    else await runThere(ready.simulation, ask, leads, cores, progress.at);
  } finally {
    progress.end();
  }
  return ready;
}

type Made = Extract<SimulatingModule.SimulationMade, { as: 'made' }>;

/** Loaded late, like the catalogue: a faulty sequence throws as it is loaded. */
function made(ask: SimulationAsk): Made {
  try {
    const { simulationOf } = require('../../workflows/simulating') as typeof SimulatingModule;
    const answer = simulationOf(ask);
    if (answer.as === 'made') return answer;
    if (answer.as === 'unknown')
      throw noSuchThing(`There is no sequence "${ask.sequence}" here. There are ${answer.there.join(', ') || 'none'}.`);
    throw faulty(answer.faults);
  } catch (error) {
    if (error instanceof DefinitionError) throw faulty(error.message.split('\n').filter((line) => line.trim() !== ''));
    const path = unreadable(error);
    if (path !== undefined) throw wrongUsage(`${path} cannot be read.`);
    throw error;
  }
}

/** The file that is not there, or may not be read. */
function unreadable(error: unknown): string | undefined {
  const { code, path } = (error ?? {}) as NodeJS.ErrnoException;
  return ['ENOENT', 'EISDIR', 'EACCES', 'ENOTDIR'].includes(code ?? '') ? (path ?? 'A folder') : undefined;
}

const faulty = (faults: readonly string[]): Refusal =>
  failed(`Nothing was simulated; first mend ${faults.length === 1 ? 'this' : 'these'}:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);

/** In parts, so that the bar moves and Ctrl-C is heard. */
async function runHere(simulation: Simulation, leads: number, at: (done: number) => void): Promise<void> {
  try {
    for (let first = 0; first < leads; first += leadsAtOnce) {
      simulation.run(first, Math.min(leadsAtOnce, leads - first));
      at(Math.min(leads, first + leadsAtOnce));
      await breath();
    }
  } catch (error) {
    throw error instanceof Error && error.name === 'WakeStuck' ? goesRound(messageOf(error)) : error;
  }
}

async function runThere(
  simulation: Simulation,
  ask: SimulationAsk,
  leads: number,
  cores: number,
  at: (done: number) => void,
): Promise<void> {
  let done = 0;
  const tallies = await runOnCores(ask, leads, Math.min(cores, leads), (more) => at((done += more)));
  for (const tally of tallies) add(simulation.tally, tally);
}
