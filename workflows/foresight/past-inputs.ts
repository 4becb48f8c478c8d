/** What came to a lead from outside, taken back out of its facts: events, profiles, words; and how its effects ended. Knows no rules. */
import type { Fact, FactOf, Input, Outcome } from '../core';
import { eventsIn } from '../core/recorded';
import type { Arrival } from '../core/arrivals';

/** Everything but the outcomes, each at the moment it was decided. Moves between versions are left out: they are what is asked about. */
export const inputsIn = (facts: readonly Fact[]): readonly Arrival[] =>
  facts.flatMap((fact): readonly Arrival[] => {
    const input = inputOf(fact);
    return input === undefined ? [] : [{ at: fact.recordedAt, input }];
  });

function inputOf(fact: Fact): Input | undefined {
  switch (fact.type) {
    case 'EngagementRecorded': {
      const [event] = eventsIn([fact]);
      return event === undefined ? undefined : { kind: 'engaged', id: fact.id, event };
    }
    case 'ProfileLearned': {
      const { version, traits, consent, occurredAt } = fact;
      return { kind: 'profiled', id: `p${version}`, version, occurredAt, traits, consent };
    }
    case 'CommandRecorded': {
      const { id, command, by, because } = fact;
      return command.word === 'upgrade' || command.word === 'erase' ? undefined : { kind: 'command', id, command, by, because };
    }
    default:
      return undefined;
  }
}

/** How something ended and how long after it was decided, ms. */
export type Ending = { readonly outcome: Outcome; readonly afterMs: number };
/** Takes the endings of one kind of thing in the order they came; `undefined` when there are no more. */
export type Endings = { readonly next: (name: string) => Ending | undefined };

/** Sends by content id, choices of a rep under `rep`. */
export function endingsIn(facts: readonly Fact[]): Endings {
  const decidedAt = new Map<string, number>();
  const found = new Map<string, Ending[]>();
  for (const fact of facts) {
    if (fact.type === 'EffectDecided') decidedAt.set(fact.effect.id, fact.recordedAt);
    const ended = endingOf(fact);
    if (ended === undefined) continue;
    const began = ended.effect === undefined ? undefined : decidedAt.get(ended.effect);
    const ending = { outcome: ended.outcome, afterMs: Math.max(0, fact.recordedAt - (began ?? fact.recordedAt)) };
    found.set(ended.name, [...(found.get(ended.name) ?? []), ending]);
  }
  return { next: (name) => found.get(name)?.shift() };
}

type Ended = { readonly name: string; readonly effect?: string; readonly outcome: Outcome };
const contentId = (ref: string): string => ref.split('@', 1)[0] ?? ref;

function endingOf(fact: Fact): Ended | undefined {
  switch (fact.type) {
    case 'TouchSent':
      return { name: contentId(fact.content), effect: fact.effect, outcome: { as: 'sent', content: fact.content } };
    case 'TouchRefused':
      return {
        name: contentId(fact.content),
        effect: fact.effect,
        outcome: { as: 'refused', because: fact.because, permanent: fact.permanent },
      };
    case 'TouchUncertain':
      return { name: contentId(fact.content), effect: fact.effect, outcome: { as: 'uncertain', because: fact.because } };
    case 'TouchWithheld':
      return withheldOf(fact);
    case 'EffectReturned':
      return { name: `step ${fact.touch}`, effect: fact.effect, outcome: { as: 'returned', data: fact.data } };
    case 'LeadsTold':
      return { name: `step ${fact.touch}`, effect: fact.effect, outcome: { as: 'told', reached: fact.reached } };
    case 'TaskGiven':
      return { name: `step ${fact.touch}`, effect: fact.effect, outcome: { as: 'assigned', rep: fact.rep } };
    case 'HandOffOffered':
      return { name: 'rep', outcome: { as: 'assigned', rep: fact.rep } };
    default:
      return undefined;
  }
}

/** Only what the ledger or the renderer said no to; what the core withheld never left it. */
const withheldOf = ({ effect, content, because }: FactOf<'TouchWithheld'>): Ended | undefined =>
  effect === undefined || because === 'moved' || because === 'unavailable'
    ? undefined
    : { name: contentId(content), effect, outcome: { as: 'withheld', because } };
