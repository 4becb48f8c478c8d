/** What the local activities `decide`, `loadLead` and `repairLead` take and return. The shell's commands depend on this alone. */
import type { Decision, Effect, Input, Position } from '../core';
import type { Answer } from '../core';

/** The folded state as the shell carries it: it cannot read a field, so no command of the workflow depends on one (PROTOCOL 3). */
export type OpaqueState = { readonly __brand: 'LeadState: only the core reads it' };

/** One stored decision with where it lies. */
export type Folded = { readonly seq: number; readonly digest: string; readonly decision: Decision };

/** Visible in the Temporal UI's list; instants are real epoch ms. */
export type VisibleLead = {
  readonly stage?: string;
  readonly phase?: string;
  readonly waitingFor?: string;
  readonly temperature?: string;
  readonly qualification?: string;
  readonly rep?: string;
  readonly score: number;
  readonly sequences: readonly string[];
  readonly campaigns: readonly string[];
  readonly dueAt?: number;
  readonly lastEngagedAt?: number;
  readonly slaDueAt?: number;
};

export type DecideArgs = {
  readonly leadId: string;
  readonly run: string;
  readonly state: OpaqueState;
  readonly position: Position;
  readonly inputs: readonly Input[];
  /** Workflow time, real epoch ms. */
  readonly now: number;
};

/** Everything after the decisions is computed after folding all of them (PROTOCOL 9). */
export type Decided = {
  /** What was stored since the position offered, oldest first: others', 20 at most at one conflict, and the own on top of them. */
  readonly decisions: readonly Folded[];
  /** Inputs taken without a fact (repeats and stale outcomes). */
  readonly passed: readonly { readonly id: string; readonly answer?: Answer }[];
  readonly position: Position;
  /** The log goes on behind these decisions: look again at once. */
  readonly more?: true;
  readonly effects: readonly Effect[];
  /** Real epoch ms. */
  readonly wakeAt?: number;
  readonly visible: VisibleLead;
  /** Markdown for the UI: why the lead waits and for what. */
  readonly details: string;
  /** Nothing is open: the workflow may close until something new arrives. */
  readonly resting: boolean;
  readonly erased: boolean;
  /** `facts-behind` or `facts-forked`: start nothing until repaired. */
  readonly problem?: 'facts-behind' | 'facts-forked';
};

export type LoadArgs = { readonly leadId: string; readonly run: string; readonly now: number };
export type Loaded = Decided & { readonly state: OpaqueState };
export type RepairArgs = {
  readonly leadId: string;
  readonly run: string;
  readonly state: OpaqueState;
  readonly position: Position;
  readonly now: number;
  readonly because: string;
};

/** The local activities behind the shell; one attempt, 8 s. They fail with `ApplicationFailure` of a type from `events/problems.ts`. */
export interface DecisionActivities {
  decide(args: DecideArgs): Promise<Decided>;
  loadLead(args: LoadArgs): Promise<Loaded>;
  repairLead(args: RepairArgs): Promise<Decided>;
}
