/** Given-when-then for the core: a lead with a history, inputs at moments, and the facts, effects and wake that follow. Time is moved, never slept. */
import { decide, fold, initial, nextWake, outstanding } from '../../workflows/core';
import type { Command, Effect, Fact, FactOf, FactType, Input, LeadState, Outcome, Published, SendTouch } from '../../workflows/core';
import type { Actor, Code, ConsentCodes, Traits } from '../../events/stripped';
import { msOf } from '../../workflows/core/time';
import type { Span } from '../../workflows/core/time';

/** A Monday at ten in the morning, London winter time. */
export const monday = Date.UTC(2026, 0, 5, 10);

export type Told = { readonly at?: number; readonly id?: string; readonly actor?: Actor; readonly effect?: string };

/** One lead in time. Every word decides at once and keeps the facts; `then` words look at the last decision. */
export type Tale = {
  readonly state: () => LeadState;
  readonly now: () => number;
  /** All facts so far. */
  readonly history: () => readonly Fact[];
  /** Facts of the last decision. */
  readonly last: () => readonly Fact[];
  readonly factsOf: <T extends FactType>(type: T) => readonly FactOf<T>[];
  readonly effects: () => readonly Effect[];
  readonly sends: () => readonly SendTouch[];
  readonly wake: () => number | undefined;
  readonly profile: (traits: Traits, consent?: ConsentCodes) => Tale;
  readonly does: (type: string, data?: Readonly<Record<string, Code>>, told?: Told) => Tale;
  readonly command: (command: Command, id?: string) => Tale;
  readonly outcome: (effect: string, outcome: Outcome) => Tale;
  /** The provider takes everything that is outstanding. */
  readonly delivered: () => Tale;
  /** Lets so much time pass and ticks at the end only. */
  readonly after: (span: Span) => Tale;
  /** Goes from wake to wake until the moment, as the shell does; sends are taken at once and reps found unless `hold`. */
  readonly until: (at: number, options?: { readonly hold?: boolean; readonly rep?: string }) => Tale;
  readonly batch: (inputs: readonly Input[]) => Tale;
};

let serial = 0;
/** 11 characters, as the router makes them. */
export const freshId = (): string => `i${String((serial += 1)).padStart(10, '0')}`;

export const eventInput = (type: string, at: number, data: Readonly<Record<string, Code>> = {}, told: Told = {}): Input => {
  const id = told.id ?? freshId();
  return {
    kind: 'engaged',
    id,
    event: {
      id,
      type,
      occurredAt: told.at ?? at,
      actor: told.actor ?? 'human',
      data,
      ...(told.effect === undefined ? {} : { effect: told.effect }),
    },
  };
};
export const commandInput = (command: Command, id: string = freshId()): Input => ({
  kind: 'command',
  id,
  command,
  by: 'olga',
  because: 'asked',
});

export function given(
  published: Published,
  leadId: string,
  startAt: number = monday,
  from: LeadState = initial(leadId),
  before: readonly Fact[] = [],
): Tale {
  let state = from;
  let now = startAt;
  let last: readonly Fact[] = [];
  const history: Fact[] = [];
  const step = (inputs: readonly Input[]): Tale => {
    last = decide(published, state, inputs, now, () => [...before, ...history]);
    state = fold(state, last);
    history.push(...last);
    return tale;
  };
  const sends = (): readonly SendTouch[] => outstanding(state).filter((effect) => effect.type === 'SendTouch');
  const deliver = (rep: string): Input[] =>
    outstanding(state).map((effect) => ({
      kind: 'outcome',
      id: effect.id,
      outcome:
        effect.type === 'SendTouch'
          ? { as: 'sent', content: `${effect.content}@1#c1` }
          : effect.type === 'AssignRep'
            ? { as: 'assigned', rep }
            : { as: 'notified' },
    }));
  const tale: Tale = {
    state: () => state,
    now: () => now,
    history: () => history,
    last: () => last,
    factsOf: <T extends FactType>(type: T) => history.filter((fact): fact is FactOf<T> => fact.type === type),
    effects: () => outstanding(state),
    sends,
    wake: () => nextWake(published, state),
    profile: (traits, consent = { email: 'granted' }) =>
      step([{ kind: 'profiled', id: `p${state.profileVersion + 1}`, version: state.profileVersion + 1, occurredAt: now, traits, consent }]),
    does: (type, data = {}, told = {}) => step([eventInput(type, now, data, told)]),
    command: (command, id) => step([commandInput(command, id)]),
    outcome: (id, outcome) => step([{ kind: 'outcome', id, outcome }]),
    delivered: () => step(deliver('rep-rosa')),
    after: (span) => {
      now += msOf(span);
      return step([]);
    },
    until: (at, { hold = false, rep = 'rep-rosa' } = {}) => {
      for (;;) {
        if (!hold && outstanding(state).length > 0) {
          step(deliver(rep));
          continue;
        }
        const wake = nextWake(published, state);
        if (wake === undefined || wake > at) break;
        if (wake <= now && last.length === 0)
          throw new Error(`stuck at ${new Date(now).toISOString()}: a wake in the past and nothing to decide`);
        now = Math.max(now, wake);
        step([]);
      }
      now = at;
      return step([]);
    },
    batch: step,
  };
  return tale;
}

export const typesOf = (facts: readonly Fact[]): readonly FactType[] => facts.map(({ type }) => type);
