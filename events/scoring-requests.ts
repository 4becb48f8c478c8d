/** What the CLI asks the people role about scores and the hand-offs they bring: who leads, and what the brake holds. Knows no database. */
import type { Qualification, Stage } from './stripped';

export type Leader = {
  readonly leadId: string;
  /** 1..100, 0 for nothing seen, as the projector summed it. */
  readonly score: number;
  readonly qualification: Qualification;
  readonly stage?: Stage;
  /** Engine's clock. */
  readonly lastFactAt: number;
};

export type HeldHandOff = {
  readonly leadId: string;
  readonly handOff: number;
  readonly rule: string;
  /** Engine's clock. */
  readonly heldAt: number;
  readonly name?: string;
};

export type ScoringVerbs = {
  /** Highest score first. Customers and people never to be contacted only with `everybody`. */
  leaders: {
    ask: { readonly most: number; readonly everybody?: boolean };
    reply: { readonly leaders: readonly Leader[]; readonly asOfAt: number };
  };
  /** Hand-offs the brake holds, oldest first, and the figures it goes by. */
  brake: {
    ask: Record<string, never>;
    reply: {
      readonly held: readonly HeldHandOff[];
      /** Hand-offs in the last hour, and how many an hour may bring. */
      readonly lastHour: number;
      readonly mayBe: number;
    };
  };
  /** Lets held hand-offs through, or marks them as dropped; those that are not held any more are passed over. */
  brakeAnswer: {
    ask: {
      readonly as: 'released' | 'dropped';
      readonly handOffs: readonly { readonly leadId: string; readonly handOff: number }[];
      readonly by: string;
    };
    reply: { readonly changed: number };
  };
};
