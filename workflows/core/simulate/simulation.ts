/** A simulation: many people through one sequence, lead by lead, nothing kept but sums. Equal seeds give equal sums, in whatever order and parts the leads are run. */
import type { Published } from '../plan';
import { dayMs } from '../time';
import { given } from '../without';
import type { Behaviour } from './behaviour';
import { beginningOf } from './beginning';
import { countLead } from './count-facts';
import { habitsOf } from './habits';
import { crowdOf } from './people';
import { reportOf } from './report';
import type { Report } from './report';
import { runLead } from './run-lead';
import type { World } from './run-lead';
import { scopeOf } from './scope';
import type { InScope } from './scope';
import { emptyTally } from './tally';
import type { Tally } from './tally';

export type SimulationOptions = {
  /** Holds the sequence, all it starts, and a calendar that is the same on every machine. */
  readonly published: Published;
  readonly sequence: InScope;
  readonly behaviour: Behaviour;
  readonly seed: number;
  /** Midnight UTC of the first day, epoch ms. */
  readonly from: number;
  readonly days: number;
  /** People are put onto it by marketing, whatever event it listens for. */
  readonly enrolled?: boolean;
  /** What an effect of the engineer's own returns; nothing where absent. */
  readonly returns?: World['returns'];
};

export type Simulation = {
  readonly tally: Tally;
  /** Runs the leads with these numbers; each number once. Throws `WakeStuck` where a plan goes round without a wait. */
  readonly run: (first: number, count: number) => void;
  /** Of the leads run so far, here and in tallies added. */
  readonly report: () => Report;
};

export function simulation(options: SimulationOptions): Simulation {
  const { sequence, behaviour, seed, from, days } = options;
  const until = from + days * dayMs - 1;
  const { plans, published } = scopeOf(options.published, sequence);
  const crowd = crowdOf(behaviour, seed, from, until, sequence.plan.for === 'customers');
  const begins = beginningOf(sequence.plan, behaviour.begin[sequence.plan.id], options.enrolled, behaviour.acts);
  const world = {
    published,
    behaviour,
    habits: habitsOf(behaviour, published),
    beginning: begins,
    seed,
    ...given('returns', options.returns),
  };
  const tally = emptyTally(from, days);
  return {
    tally,
    run(first, count) {
      for (let number = first; number < first + count; number += 1) {
        const { take, end } = countLead(published, tally, number);
        end(runLead(world, crowd(number), until, take));
      }
    },
    report: () => reportOf(options, plans, tally),
  };
}
