/** Runs one simulated person through the real rules from joining to the end: `forward` with the behaviour as its world. The same piece serves what-if and previews. */
import type { Code, StrippedEvent } from '../../../events/stripped';
import { arrivals } from '../arrivals';
import type { Arrival } from '../arrivals';
import type { Effect } from '../effects';
import { forward } from '../forward';
import type { Step } from '../forward';
import type { Outcome } from '../inputs';
import { initial } from '../initial';
import type { Published } from '../plan';
import type { LeadState } from '../state';
import { dataAt } from './behaviour';
import type { Behaviour, Data } from './behaviour';
import { chanceOf, matterOf } from './chance';
import type { Chance } from './chance';
import type { Habits } from './habits';
import { acts, deed, word } from './life';
import type { Life } from './life';
import { mailed } from './mail';
import type { Person } from './people';
import { assigned, taskTaken, told } from './reps';

/** How people come onto the sequence: by the event it listens for, or enrolled by marketing. */
export type Beginning =
  | { readonly by: 'event'; readonly type: StrippedEvent['type']; readonly data: Data }
  | { readonly by: 'enrolment'; readonly sequence: string; readonly data: Data };

export type World = {
  readonly published: Published;
  readonly behaviour: Behaviour;
  readonly habits: Habits;
  readonly beginning: Beginning;
  readonly seed: number;
  /** What an effect of the engineer's own returns, by its name; nothing where absent. */
  readonly returns?: (effect: string) => Readonly<Record<string, Code>>;
};

/** Every decision goes to `take`; returns the state at `until`. Same world and person, same facts, whoever else is simulated. */
export function runLead(world: World, person: Person, until: number, take: (step: Step) => void): LeadState {
  const life: Life = { person, habits: world.habits, until, serial: 0, mails: 0, done: new Set() };
  const state = initial(person.leadId);
  const coming = arrivals(beginning(world, life));
  const answer = (effect: Effect, at: number): readonly Arrival[] => comesOf(world, life, effect, at);
  const run = forward({ published: world.published, state, from: person.joinsAt, until, arrivals: coming, answer });
  for (let next = run.next(); ; next = run.next()) {
    if (next.done === true) return next.value;
    take(next.value);
  }
}

const soonMs = 2_000;
const ended = ({ id }: Effect, at: number, outcome: Outcome): readonly Arrival[] => [
  { at: at + soonMs, input: { kind: 'outcome', id, outcome } },
];

/** One entry a kind of effect; a new kind does not compile until it has one. */
function comesOf({ behaviour, published, seed, returns }: World, life: Life, effect: Effect, at: number): readonly Arrival[] {
  switch (effect.type) {
    case 'SendTouch':
      return mailed(behaviour, published, seed, life, effect, at);
    case 'AssignRep':
      return assigned(behaviour, seed, life, effect, at);
    case 'NotifyRep':
      return told(behaviour, seed, life, effect, at);
    case 'RunCustom':
      return ended(effect, at, { as: 'returned', data: returns?.(effect.name) ?? {} });
    // Simulated people do not know of each other.
    case 'TellLeads':
      return ended(effect, at, { as: 'told', reached: 0 });
    case 'GiveTask':
      return ended(effect, at, taskTaken(behaviour, seed, life, effect));
  }
}

/** Known to us, put onto the sequence, and from then on what people do by themselves. */
function beginning({ beginning: way, seed, behaviour }: World, life: Life): readonly Arrival[] {
  const { person, habits, until } = life;
  const { joinsAt: at, traits, consent, character } = person;
  const into: Arrival[] = [{ at, input: { kind: 'profiled', id: 'p1', version: 1, occurredAt: at, traits, consent } }];
  const chance = chanceOf(seed, person.number, matterOf('by themselves'));
  if (way.by === 'event') comesBy(way, life, into, at, chance, behaviour);
  else word(life, into, at, { word: 'enrol', sequence: way.sequence, data: dataAt(way.data, at, chance) }, 'simulation');
  acts(life, into, at, habits.whenJoined, chance, { interest: character.interest });
  for (const act of habits.byThemselves) {
    if (act.after.by !== 'themselves') continue;
    for (let from = at; from <= until; from += act.after.everyMs)
      acts(life, into, from, [{ ...act, in: [0, act.after.everyMs] }], chance, { interest: character.interest });
  }
  return into;
}

/** What is done once a person is done by it, and what usually follows the event follows. */
function comesBy(
  { type, data }: Extract<Beginning, { by: 'event' }>,
  life: Life,
  into: Arrival[],
  at: number,
  chance: Chance,
  { acts: known }: Behaviour,
): void {
  for (const { id, does, once } of known) if (once && does === type) life.done.add(id);
  deed(life, into, at, type, dataAt(data, at, chance), chance);
}
