/** Makes a simulation of what this installation would publish, with a behaviour, settings or a scoring model to try. Knows no store and no terminal. */
import { join } from 'node:path';
import { exampleOf } from '../events/custom-effects';
import type { Artefact } from '../events/requests';
import { readCatalogue } from './catalogue';
import type { Plan } from './core/plan';
import type { Behaviour } from './core/simulate/behaviour';
import { datesMadeUp } from './core/simulate/beginning';
import { dayMs } from './core/time';
import { simulation } from './core/simulate/simulation';
import type { Simulation } from './core/simulate/simulation';
import { fixedCalendar, knownZones } from './core/simulate/zones';
import { publishedIndex } from './published/published-index';
import { behaviourFile, readBehaviour } from './settings/behaviour';
import { modelsNamed, readSettingsFile } from './settings/load';

export type SimulationAsk = {
  /** Folder that holds `content` and `settings`. */
  readonly root: string;
  /** Id, or `id@version`. */
  readonly sequence: string;
  readonly seed: number;
  /** Midnight UTC of the first day, epoch ms. */
  readonly from: number;
  readonly days: number;
  /** People are put onto it by marketing, whatever event it listens for. */
  readonly enrolled?: boolean;
  /** Files instead of what is shipped. */
  readonly behaviour?: string;
  readonly settings?: string;
  readonly model?: string;
};
export type SimulationMade =
  | { readonly as: 'made'; readonly simulation: Simulation; readonly warnings: readonly string[] }
  | { readonly as: 'unknown'; readonly there: readonly string[] }
  | { readonly as: 'faulty'; readonly faults: readonly string[] };

/** `sequences`: those of the repository where absent. Throws what the file system throws, and `DefinitionError`. */
export function simulationOf(ask: SimulationAsk, sequences?: readonly Plan[]): SimulationMade {
  const catalogue = readCatalogue(ask.root, sequences);
  const tried = [ask.settings, ask.model].flatMap((path) => (path === undefined ? [] : [readSettingsFile(path, catalogue.artefacts)]));
  const behaviour = readBehaviour(ask.behaviour ?? join(ask.root, 'settings', behaviourFile));
  const artefacts = replaced(
    catalogue.artefacts,
    tried.flatMap((one) => one.artefacts),
  );
  const wrong = [...tried.flatMap((one) => one.faults), ...modelsNamed(artefacts), ...behaviour.faults];
  const faults = [...new Set([...catalogue.faults, ...wrong.map(({ path, says }) => `${path}: ${says}`)])];
  if (faults.length > 0 || behaviour.behaviour === undefined) return { as: 'faulty', faults };
  const index = publishedIndex(fixedCalendar());
  index.add(artefacts);
  const published = index.published();
  if (published === undefined) return { as: 'faulty', faults: ['there are no settings called "workspace"'] };
  const sequence = published.currentPlan(ask.sequence);
  if (sequence === undefined)
    return { as: 'unknown', there: catalogue.artefacts.filter(({ kind }) => kind === 'plan').map(({ id }) => id) };
  const warnings = [
    ...withoutClock(published.settings.quietHours.zone, behaviour.behaviour),
    ...withoutDate(sequence.plan, behaviour.behaviour),
  ];
  const { seed, from, days, enrolled = false } = ask;
  const made = simulation({ published, sequence, behaviour: behaviour.behaviour, seed, from, days, enrolled, returns: exampleOf });
  return { as: 'made', simulation: made, warnings };
}

/** What is tried stands in for its like: the settings of any id, the model of the same id. */
function replaced(artefacts: readonly Artefact[], tried: readonly Artefact[]): readonly Artefact[] {
  const stands = (one: Artefact): boolean =>
    !tried.some((other) => other.kind === one.kind && (one.kind === 'settings' || other.id === one.id));
  return [...artefacts.filter(stands), ...tried.map((one) => (one.kind === 'settings' ? { ...one, id: 'workspace' } : one))];
}

function withoutClock(zone: string, { people }: Behaviour): readonly string[] {
  const zones = [zone, ...(people.traits['zone'] ?? []).map(([code]) => String(code))];
  return zones
    .filter((one) => !knownZones.has(one))
    .map((one) => `The simulation has no clock for ${one}; people there are taken to live by ${one === zone ? 'UTC' : zone}.`);
}

const withoutDate = (plan: Plan, { begin, acts }: Behaviour): readonly string[] =>
  Object.entries(datesMadeUp(plan, begin[plan.id], acts)).map(
    ([field, { inMs }]) =>
      `${plan.id} counts from the date "${field}"; it is taken to lie ${inMs / dayMs} days after entry. Say otherwise under "begin" in a behaviour file.`,
  );
