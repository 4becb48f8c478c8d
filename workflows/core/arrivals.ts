/** Inputs on their way to a lead, each with the moment it arrives; the earliest first, and those of one moment in the order they were sent. Knows no rules. */
import type { Input } from './inputs';

/** `at`: epoch ms on the engine's clock. */
export type Arrival = { readonly at: number; readonly input: Input };

export type Arrivals = {
  /** May be sent at any time, also while `forward` runs; a moment that has passed means at once. */
  readonly send: (at: number, input: Input) => void;
  /** Moment of the earliest; `undefined` when nothing is on its way. */
  readonly nextAt: () => number | undefined;
  /** Takes out everything that arrives until then, that moment included. */
  readonly take: (until: number) => readonly Input[];
  readonly size: () => number;
};

export function arrivals(first: readonly Arrival[] = []): Arrivals {
  /** Latest first, so that the earliest leaves at the end; a lead has few on their way. */
  const waiting: Arrival[] = [];
  const send = (at: number, input: Input): void => {
    let place = waiting.length;
    while (place > 0 && (waiting[place - 1]?.at ?? at) <= at) place -= 1;
    waiting.splice(place, 0, { at, input });
  };
  for (const { at, input } of first) send(at, input);
  return {
    send,
    nextAt: () => waiting[waiting.length - 1]?.at,
    take(until) {
      const taken: Input[] = [];
      for (let next = waiting.at(-1); next !== undefined && next.at <= until; next = waiting.at(-1)) {
        taken.push(next.input);
        waiting.pop();
      }
      return taken;
    },
    size: () => waiting.length,
  };
}
