/** One lead in imagined time: inputs are given, time is moved, and the core runs forward over everything that falls due. Knows no words. */
import { arrivals, forward } from '../core';
import type { Arrivals, Fact, Input, LeadState, Published } from '../core';
import type { Provider } from './provider';

/** What was told to the lead or its world, in order: enough to tell the same tale elsewhere. */
export type Line = { readonly at: number } & (
  | { readonly as: 'input'; readonly input: Input }
  /** Time was moved up to `at`. */
  | { readonly as: 'time' }
  /** Something about the world changed, when there were so many facts. */
  | { readonly as: 'world'; readonly says: string; readonly change: (provider: Provider) => void; readonly facts: number }
);

/** A whole tale as data. */
export type Script = {
  readonly leadId: string;
  readonly published: Published;
  /** Ids of those who take hand-offs, in turn. */
  readonly reps: readonly string[];
  readonly lines: readonly Line[];
};

export type Scene = {
  readonly published: Published;
  readonly now: () => number;
  readonly state: () => LeadState;
  /** Everything concluded so far. */
  readonly facts: () => readonly Fact[];
  /** What was concluded since time was last moved. */
  readonly recent: () => readonly Fact[];
  readonly lines: () => readonly Line[];
  /** The lead takes it at once, and whatever follows at this moment happens. */
  readonly give: (input: Input) => void;
  /** Everything that falls due on the way happens at its moment, that of `to` included. */
  readonly pass: (to: number) => void;
  readonly change: (says: string, change: (provider: Provider) => void) => void;
};

export type Opening = {
  readonly published: Published;
  readonly state: LeadState;
  /** The lead's facts that `state` is folded from; nothing where absent. */
  readonly before?: readonly Fact[];
  readonly startAt: number;
  readonly provider: Provider;
};

export function openScene({ published, state: first, before = [], startAt, provider }: Opening): Scene {
  const facts: Fact[] = [];
  const lines: Line[] = [];
  const coming = singly(arrivals());
  let state = first;
  let now = startAt;
  let recentFrom = 0;
  let answered = false;

  const run = (until: number): void => {
    if (state.at === 0 && coming.size() === 0) return void (now = until); // nobody has heard of the lead yet
    const ahead = forward({
      published,
      state,
      from: now,
      until,
      arrivals: coming,
      answer: (effect, at) => [{ at, input: { kind: 'outcome', id: effect.id, outcome: provider.answer(effect, at) } }],
      answered,
      recorded: () => [...before, ...facts],
    });
    answered = true;
    for (const step of ahead) {
      state = step.state;
      now = step.at;
      facts.push(...step.facts);
    }
    now = until;
  };
  return {
    published,
    now: () => now,
    state: () => state,
    facts: () => facts,
    recent: () => facts.slice(recentFrom),
    lines: () => lines,
    give(input) {
      lines.push({ at: now, as: 'input', input });
      coming.send(now, input);
      run(now);
    },
    pass(to) {
      lines.push({ at: to, as: 'time' });
      recentFrom = facts.length;
      run(to);
    },
    change(says, change) {
      lines.push({ at: now, as: 'world', says, change, facts: facts.length });
      change(provider);
    },
  };
}

/** One input a decision, so that what happens at one moment happens in one order, here and on a server. */
function singly(coming: Arrivals): Arrivals {
  const held: Input[] = [];
  return {
    send: coming.send,
    nextAt: () => (held.length > 0 ? Number.NEGATIVE_INFINITY : coming.nextAt()),
    take(until) {
      held.push(...coming.take(until));
      return held.splice(0, 1);
    },
    size: () => held.length + coming.size(),
  };
}
