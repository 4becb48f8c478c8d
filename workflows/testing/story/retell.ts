/** Says the words of a retelling to a tale and keeps what could be said, what came of it, and where that is not what the lead went through. Knows no source text. */
import { readScore } from '../../core';
import type { Fact, Plan } from '../../core';
import type { Names } from '../../core/define-sequence';
import { everyStep } from '../../core/steps';
import { factWord } from '../../speech/fact-words';
import { firstDifference } from './alike';
import { journey } from '../journey';
import type { JourneyOptions } from '../journey';
import { literal } from './literal';
import { inZone, isZone, spoken, written } from '../moments';
import { spanOf } from './retelling';
import type { Call, Retelling } from './retelling';
import { TaleError } from '../tale-error';
import type { Tale } from '../words';

/** `leadId` decides arms. */
export type Circumstances = Pick<JourneyOptions, 'leadId' | 'settings'>;

export type Retold = {
  readonly options: Circumstances & { readonly reps?: readonly string[] };
  readonly zone: string;
  readonly startAt: number;
  /** With what each brought about: `receives` after the word that did it. */
  readonly calls: readonly Call[];
  /** What is true at the end. */
  readonly outcome: readonly Call[];
  /** Words that could not be said here, in sentences. */
  readonly left: readonly string[];
  /** The first thing that went another way, in a sentence. */
  readonly difference: string | undefined;
};

/** `plans`: the tale's own first. */
export function retell(facts: readonly Fact[], retelling: Retelling, plans: readonly Plan[], circumstances: Circumstances): Retold {
  const [main, ...others] = plans as readonly [Plan, ...Plan[]];
  const options = {
    ...circumstances,
    ...(retelling.reps <= 2 ? {} : { reps: Array.from({ length: retelling.reps }, (_, at) => `rep-${at + 1}`) }),
  };
  const tale = journey(main, { with: others, ...options });
  const zone = zoneOf(facts);
  const calls: Call[] = [];
  const left: string[] = [];
  for (const call of inTime(retelling, zone)) {
    const known = tale.facts().length;
    const why = unknownName(call, plans) ?? speak(tale, call);
    if (why !== undefined) {
      left.push(`Left out: .${call.word}(${call.says.map(literal).join(', ')}), because ${why}`);
      continue;
    }
    const sent = tale
      .facts()
      .slice(known)
      .flatMap((fact) => (fact.type === 'TouchSent' ? [fact.touch] : []));
    calls.push(call, ...[...new Set(sent)].map((touch) => ({ word: 'receives', says: [touch] })));
  }
  const outcome = outcomeOf(tale, main);
  return { options, zone, startAt: retelling.startAt, calls, outcome, left, difference: differenceOf(facts, tale.facts(), zone) };
}

/** Every word at its moment: time is moved in between. */
function inTime({ startAt, endAt, world, beats }: Retelling, zone: string): readonly Call[] {
  let now = startAt;
  const until = (at: number): readonly Call[] => {
    if (at <= now) return [];
    const passed = at - now;
    now = at;
    return [
      passed % 3_600_000 === 0 || (passed % 60_000 === 0 && passed <= 10_800_000)
        ? { word: 'after', says: [spanOf(passed)] }
        : { word: 'at', says: [written(at, zone)] },
    ];
  };
  const first = { word: 'at', says: [written(startAt, zone), zone] };
  return [first, ...world, ...beats.flatMap(({ at, call }) => [...until(at), withMoment(call, zone)]), ...until(endAt)];
}

/** When something happened is kept as a number until it is known how the tale says it. */
const withMoment = ({ word, says }: Call, zone: string): Call => ({
  word,
  says: says.map((said) =>
    typeof said === 'object' && said !== null && 'at' in said && typeof said.at === 'number'
      ? { ...said, at: written(said.at, zone) }
      : said,
  ),
});

/** Of the first profile that names one. */
function zoneOf(facts: readonly Fact[]): string {
  const zones = facts.flatMap((fact) => (fact.type === 'ProfileLearned' && fact.traits.zone !== undefined ? [fact.traits.zone] : []));
  return zones.find(isZone) ?? 'Etc/UTC';
}

/** `undefined` = said; else why it could not be. */
function speak(tale: Tale<Names>, { word, says }: Call): string | undefined {
  try {
    (tale as unknown as Record<string, (...said: readonly unknown[]) => unknown>)[word]?.(...says);
    return undefined;
  } catch (error) {
    if (error instanceof TaleError) return error.message.split('\n', 1)[0];
    throw error;
  }
}

/** What the compiler would not take: a message, phase or sequence that the plans do not have. */
function unknownName({ word, says }: Call, plans: readonly Plan[]): string | undefined {
  const steps = new Set(plans.flatMap((plan) => everyStep(plan).map(({ step }) => step.id)));
  const phases = new Set(plans.flatMap((plan) => Object.keys(plan.phases)));
  const sequences = new Set(plans.map(({ id }) => id));
  const [first, second] = says;
  const { phase, to } = (typeof second === 'object' ? second : {}) as { readonly phase?: string; readonly to?: string };
  if (word === 'mailEnds' && !steps.has(String(first))) return `no sequence of the tale has a message "${String(first)}".`;
  if (phase !== undefined && !phases.has(phase)) return `no sequence of the tale has a phase "${phase}".`;
  const sequence = word === 'enters' ? String(first) : to;
  if (sequence !== undefined && !sequences.has(sequence.split('@', 1)[0] ?? '')) return `the tale has no sequence "${sequence}".`;
  return undefined;
}

function outcomeOf(tale: Tale<Names>, main: Plan): readonly Call[] {
  const state = tale.state();
  const facts = tale.facts();
  const sent = facts.flatMap((fact) => (fact.type === 'TouchSent' ? [fact.touch] : []));
  const withheld = new Map(facts.flatMap((fact) => (fact.type === 'TouchWithheld' ? [[fact.touch, fact.because] as const] : [])));
  const phases = [...new Set(Object.values(state.enrolments).map(({ phase }) => phase))];
  const { handOff } = state;
  const call = (word: string, ...says: readonly unknown[]): Call => ({ word, says });
  return [
    call('received', sent),
    ...[...withheld].map(([touch, because]) => call('isNotSent', touch, because)),
    ...(phases.length === 0 ? [call('isOnNothing')] : phases.map((phase) => call('isIn', phase))),
    call('hasScore', readScore(state.scores[main.model])),
    handOff === undefined
      ? call('isNotHandedOff')
      : call('isHandedOff', { by: handOff.rule.split('.').at(-1), ...(handOff.rep === undefined ? {} : { to: handOff.rep }) }),
  ];
}

function differenceOf(real: readonly Fact[], told: readonly Fact[], zone: string): string | undefined {
  const difference = firstDifference(real, told);
  if (difference === undefined) return undefined;
  const said = (fact: Fact | undefined): string =>
    fact === undefined
      ? 'nothing more'
      : `"${inZone(factWord(fact, { rep: () => 'a rep', date: (at) => spoken(at, zone), points: String }), zone)}" on ${spoken(fact.recordedAt, zone)}`;
  return `The lead's own history has ${said(difference.real)}, the tale ${said(difference.told)}.`;
}
