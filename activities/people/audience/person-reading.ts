/**
 * What score, grade and temperature are read from, folded from a lead's decisions by the core itself, and how they read on a day. Knows no table.
 */
import { fold, initial } from '../../../workflows/core';
import type { LeadState, Published } from '../../../workflows/core';
import type { Decision } from '../../../workflows/core/facts';
import { closenessOf, gainsOf, personAt, scoreBy } from '../../../workflows/core/conditions';
import { actingGrade, temperatureOf } from '../../../workflows/core/score';
import { utcDay } from '../../../workflows/core/time';

const kept = ['scores', 'bant', 'pain', 'traits', 'consent', 'stage', 'qualification', 'lastEngagedAt', 'knownAt', 'at'] as const;

/** Plain JSON; the part of a lead's state that says who the person is to marketing. */
export type PersonKept = Partial<Pick<LeadState, (typeof kept)[number]>>;

const stateOf = (leadId: string, person: PersonKept): LeadState => ({ ...initial(leadId), ...person });

export function foldPerson(leadId: string, person: PersonKept, { facts }: Decision): PersonKept {
  const state = fold(stateOf(leadId, person), facts);
  return Object.fromEntries(kept.flatMap((name) => (state[name] === undefined ? [] : [[name, state[name]]])));
}

export type PersonReading = {
  readonly score_today: number;
  readonly grade: string;
  readonly temperature: string;
  readonly pain: number | null;
  readonly fit: number;
  /** Thousandths gained from a UTC day on, ascending by day. */
  readonly gains: readonly (readonly [day: number, gained: number])[];
  readonly read_by: string;
};

/** `published`: absent while nothing is published. `now`: engine's clock. */
export function readPerson(leadId: string, person: PersonKept, published: Published | undefined, now: number): PersonReading {
  const state = stateOf(leadId, person);
  const pain = state.pain?.is ?? null;
  if (published === undefined)
    return { score_today: 0, grade: 'D', temperature: temperatureOf(state, undefined).is, pain, fit: 0, gains: [], read_by: '' };
  const { model } = published.settings;
  return {
    score_today: scoreBy(model, { published, state, now }),
    grade: actingGrade(state.scores[model]),
    temperature: temperatureOf(state, published.currentModel(model)?.model).is,
    pain,
    fit: closenessOf(personAt(published, state, now)).fit,
    gains: gainsOf(published, state),
    read_by: readingBy(published, now),
  };
}

/** The same for all readings of a day by one version of model and settings. */
export const readingBy = ({ settings, currentModel }: Published, now: number): string =>
  `${utcDay(now)} ${currentModel(settings.model)?.ref ?? ''} ${settings.id}@${settings.version}`;
