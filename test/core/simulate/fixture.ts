/** A small simulated world for tests: the shipped behaviour, changed where a test says so, on plans of its own. */
import { join } from 'node:path';
import type { Plan, Published } from '../../../workflows/core';
import type { Behaviour } from '../../../workflows/core/simulate/behaviour';
import { simulation } from '../../../workflows/core/simulate/simulation';
import type { Simulation } from '../../../workflows/core/simulate/simulation';
import { fixedCalendar } from '../../../workflows/core/simulate/zones';
import { readBehaviour } from '../../../workflows/settings/behaviour';
import { readCatalogue } from '../../../workflows/catalogue';
import { publishedIndex } from '../../../workflows/published/published-index';
import { buyersJourney, trialOffer } from '../../../workflows/sequences';

/** A Monday in the winter; summer time begins within 90 days of it. */
export const simulatedFrom = Date.UTC(2026, 0, 5);

const workflowsFolder = join(__dirname, '../../../workflows');

export function shippedBehaviour(): Behaviour {
  const { behaviour, faults } = readBehaviour(join(workflowsFolder, 'settings', 'behaviour.yaml'));
  if (behaviour === undefined) throw new Error(JSON.stringify(faults));
  return behaviour;
}

/** More going on than in life, so that a few hundred people show everything. */
export function livelyBehaviour(): Behaviour {
  const behaviour = shippedBehaviour();
  const characters = [
    { id: 'keen', share: 6_000, interest: 800 },
    { id: 'silent', share: 4_000, interest: 0 },
  ];
  return { ...behaviour, people: { ...behaviour.people, joinOverMs: 10 * 86_400_000, characters } };
}

/** Shipped model, settings and content; the plans as given. */
export function published(plans: readonly Plan[] = [buyersJourney, trialOffer]): Published {
  const index = publishedIndex(fixedCalendar());
  // Kept versions of other sequences are none of this world.
  const ids = new Set(plans.map(({ id }) => id));
  index.add(readCatalogue(workflowsFolder, plans).artefacts.filter(({ kind, id }) => kind !== 'plan' || ids.has(id)));
  const view = index.published();
  if (view === undefined) throw new Error('there are no settings');
  return view;
}

export type Simulated = {
  readonly plans?: readonly Plan[];
  readonly behaviour?: Behaviour;
  readonly seed?: number;
  readonly days?: number;
  readonly enrolled?: boolean;
};

/** Not run yet. */
export function simulated({
  plans = [buyersJourney, trialOffer],
  behaviour = livelyBehaviour(),
  seed = 7,
  days = 90,
  enrolled = false,
}: Simulated = {}): Simulation {
  const all = published(plans);
  const sequence = all.currentPlan(plans[0]?.id ?? '');
  if (sequence === undefined) throw new Error('no plan to simulate');
  return simulation({ published: all, sequence, behaviour, seed, from: simulatedFrom, days, enrolled });
}
