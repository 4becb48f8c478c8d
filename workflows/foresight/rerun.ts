/**
 * One lead's log run again from a moment on under other published things, with sends off: what came from outside comes again at its time,
 * and what would have followed is decided anew. An answer to a mail (a click, a reply) comes only where that mail goes in the other world too.
 */
import { exampleOf } from '../../events/custom-effects';
import { fold, initial } from '../core';
import type { DeedEffect, Effect, Fact, Input, LeadState, Outcome, Published } from '../core';
import { arrivals } from '../core/arrivals';
import type { Arrival } from '../core/arrivals';
import { forward } from '../core/forward';
import { endingsIn, inputsIn } from './past-inputs';
import type { Endings } from './past-inputs';

export type Rerunning = {
  readonly published: Published;
  readonly leadId: string;
  /** The lead's whole log, oldest first. */
  readonly facts: readonly Fact[];
  /** Epoch ms, engine's clock: what was recorded before stays as it was. */
  readonly since: number;
  readonly until: number;
  /** Enrolments open at `since` in another version of this sequence are moved to it at once (`id@version`). */
  readonly moveTo?: string;
  /** The lead as it would have stood at `since` in that world; `before`: its facts until then. */
  readonly restate?: (state: LeadState, before: readonly Fact[]) => LeadState;
};
export type Rerun = {
  /** Concluded from `since` on. */
  readonly facts: readonly Fact[];
  readonly state: LeadState;
  /** Answers to mails that did not go in the other world. */
  readonly answersLost: number;
};

/** Who takes a hand-off that nobody took in the real one. */
const someRep = 'somebody';
const sendMs = 1_000;

/** Throws `UnknownRef` where a plan the lead was on is not published. */
export function rerun({ published, leadId, facts, since, until, moveTo, restate }: Rerunning): Rerun {
  const before = facts.filter(({ recordedAt }) => recordedAt < since);
  const later = facts.slice(before.length);
  const then = fold(initial(leadId), before);
  const state = restate === undefined ? then : restate(then, before);
  const endings = endingsIn(later);
  const sent = new Map(before.flatMap((fact) => (fact.type === 'TouchSent' ? [[contentId(fact.content), fact.effect]] : [])));
  const carried = new Map(facts.flatMap((fact) => (fact.type === 'TouchSent' ? [[fact.effect, contentId(fact.content)]] : [])));
  const made: Fact[] = [];
  let answersLost = 0;
  const coming = arrivals([
    ...(moveTo === undefined ? [] : moves(state, moveTo, since)),
    ...(restate === undefined || before.length === 0 ? [] : [look(since)]),
  ]);
  const waiting = inputsIn(later).toReversed();
  const release = (through: number): void => {
    for (let next = waiting.at(-1); next !== undefined && next.at <= through; next = waiting.at(-1)) {
      waiting.pop();
      const input = inThisWorld(next.input, carried, sent);
      if (input === undefined) answersLost += 1;
      else coming.send(next.at, input);
    }
  };
  let now = state;
  let begun = false;
  // A lead that nothing is known of yet waits for nothing: its time begins with its first input.
  const from = before.length > 0 ? since : Math.max(since, waiting.at(-1)?.at ?? until);
  const run = (through: number): void => {
    if (through < from) return;
    const answer = (effect: Effect, at: number): readonly Arrival[] => answerTo(effect, at, endings);
    const recorded = (): readonly Fact[] => [...before, ...made];
    for (const step of forward({
      published,
      state: now,
      from,
      until: through,
      arrivals: coming,
      answer,
      answered: begun,
      recorded,
    })) {
      now = step.state;
      made.push(...step.facts);
      for (const fact of step.facts) if (fact.type === 'TouchSent') sent.set(contentId(fact.content), fact.effect);
    }
    begun = true;
  };
  // Inputs are let in one moment at a time, because whether an answer comes depends on what went before it.
  for (const at of new Set(waiting.toReversed().map((one) => one.at))) {
    if (at > until) break;
    run(at - 1);
    release(at);
  }
  if (before.length > 0 || later.length > 0) run(until);
  return { facts: made, state: now, answersLost };
}

const contentId = (ref: string): string => ref.split('@', 1)[0] ?? ref;

const moves = (state: LeadState, to: string, at: number): readonly Arrival[] =>
  Object.entries(state.enrolments)
    .filter(([, { sequence }]) => sequence.split('@', 1)[0] === to.split('@', 1)[0])
    .map(([enrolment]) => ({
      at,
      input: {
        kind: 'command',
        id: `what-if-${enrolment}`,
        command: { word: 'upgrade', enrolment, to, when: 'now' },
        by: 'what-if',
        because: 'what if',
      },
    }));

/** What follows from how the lead stands there follows at once. */
const look = (at: number): Arrival => ({
  at,
  input: { kind: 'command', id: 'what-if', command: { word: 'nudge' }, by: 'what-if', because: 'what if' },
});

/** An answer to a mail names the effect that sent it, which has another id here. `undefined`: that mail did not go here. */
function inThisWorld(input: Input, carried: ReadonlyMap<string, string>, sent: ReadonlyMap<string, string>): Input | undefined {
  if (input.kind !== 'engaged' || input.event.effect === undefined) return input;
  const content = carried.get(input.event.effect);
  if (content === undefined) return input;
  const effect = sent.get(content);
  return effect === undefined ? undefined : { ...input, event: { ...input.event, effect } };
}

/** What nobody did in the real world goes well, and tells nobody. */
function wellEnded(effect: DeedEffect): Outcome {
  switch (effect.type) {
    case 'RunCustom':
      return { as: 'returned', data: exampleOf(effect.name) };
    case 'TellLeads':
      return { as: 'told', reached: 0 };
    case 'GiveTask':
      return { as: 'assigned', rep: someRep };
  }
}

/** As it ended in the real world, where it was made there; else it goes well. */
function answerTo(effect: Effect, at: number, endings: Endings): readonly Arrival[] {
  const ended = (outcome: Extract<Input, { kind: 'outcome' }>['outcome'], afterMs = sendMs): readonly Arrival[] => [
    { at: at + afterMs, input: { kind: 'outcome', id: effect.id, outcome } },
  ];
  switch (effect.type) {
    case 'SendTouch': {
      const known = endings.next(effect.content);
      return known === undefined ? ended({ as: 'sent', content: effect.content }) : ended(known.outcome, known.afterMs);
    }
    case 'AssignRep': {
      const known = endings.next('rep');
      return ended(known?.outcome ?? { as: 'assigned', rep: someRep }, known?.afterMs);
    }
    case 'NotifyRep':
      return ended({ as: 'notified' });
    case 'RunCustom':
    case 'TellLeads':
    case 'GiveTask': {
      const known = endings.next(`step ${effect.touch}`);
      return ended(known?.outcome ?? wellEnded(effect), known?.afterMs);
    }
  }
}
