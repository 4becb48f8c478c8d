/** How an engineer writes a sequence: typed input in, the plan as data out, defaults filled in. Knows no lead. */
import type { Stage } from '../../events/stripped';
import { faultsOf } from './check-sequence';
import { DefinitionError } from './definition-error';
import type { EventType } from './event-types';
import type { At, Plan } from './plan';
import { placeAt, placed } from './place';
import type { PlanSettings } from './plan-settings';
import { presetOf, withIfCapped } from './presets';
import type { Span } from './time';
import { given } from './without';
import type { Said, SaidStep } from './words';

export { DefinitionError } from './definition-error';
export type { Fault } from './definition-error';

type SaidAdvance<N extends string, I extends string> = {
  readonly when: Said<I>;
  readonly to?: N;
  readonly start?: string;
  readonly stay?: boolean;
  readonly end?: string;
  /** Ends the person's enrolments in that sequence too; alone, this one goes on. */
  readonly endOther?: string;
};

type SaidPhase<N extends string, I extends string> = {
  /** The buyer's stage this phase serves. */
  readonly stage?: Stage;
  readonly touches: readonly SaidStep<I, NoInfer<I>>[];
  readonly advance?: readonly SaidAdvance<NoInfer<N>, NoInfer<I>>[];
  readonly exhaustedAfter: Span;
  /** Or at this date, if that comes first: `after('startsAt', '0 minutes')`. */
  readonly exhaustedAt?: At;
  readonly exhausted?: { readonly to?: NoInfer<N>; readonly start?: string };
};

type SaidHandOff<I extends string, R extends string> = {
  readonly name: R;
  readonly when: Said<I>;
  readonly sla: { readonly accept?: Span; readonly contact: Span };
  readonly during?: 'hold' | 'continue';
  readonly rearm?: { readonly points: number; readonly after: Span };
};

/** `N` = names of the phases, `I` = ids of the touches; every other place may only name those. `S` = the sequence's id, `R` = names of its hand-off rules. */
export type SequenceDefinition<N extends string, I extends string, S extends string = string, R extends string = string> = {
  readonly id: S;
  readonly version: number;
  /** Says what is not said here: see `presets.ts`. */
  readonly programme?: Plan['programme'];
  /** By the programme, else `leads`, where absent. */
  readonly for?: Plan['for'];
  readonly model: string;
  /** Who may enter, whichever way. */
  readonly who?: Said<NoInfer<I>>;
  /** Control group by lot: their marketing touches are withheld, and recorded. */
  readonly holdout?: { readonly name: string; readonly percent: number };
  /** What a marketer may change for one campaign. */
  readonly settings?: PlanSettings;
  /** Whose messages go first where several are due, the greatest; 0 where absent. */
  readonly priority?: number;
  readonly on?: Said<NoInfer<I>>;
  readonly key?: string;
  /** Events that, with the same key, bring the enrolment's data up to date; with a key those of `on` do by themselves. */
  readonly updates?: readonly EventType[];
  /** `'2026-12-01'`, by the lead's clock, or with a time: nobody enters before. */
  readonly from?: string;
  /** Nobody enters later, and whoever is in it leaves; a day alone is the last. */
  readonly until?: string;
  /** By the programme, else `never`, where absent. */
  readonly reenter?: Plan['reenter'];
  readonly cap?: Plan['cap'];
  readonly goal?: Said<NoInfer<I>>;
  readonly exit?: readonly Said<NoInfer<I>>[];
  readonly handOff?: readonly SaidHandOff<NoInfer<I>, R>[];
  readonly entry?: readonly { readonly to: NoInfer<N>; readonly when?: Said<NoInfer<I>> }[];
  /** What phases and steps of earlier versions are called here. */
  readonly replaces?: {
    readonly phases?: Readonly<Record<string, NoInfer<N>>>;
    readonly steps?: Readonly<Record<string, NoInfer<I>>>;
  };
  readonly phases: { readonly [K in N]: SaidPhase<N, I> };
};

declare const names: unique symbol;

/** What a plan calls its parts, as far as the compiler knows. */
export type Names = { readonly sequence: string; readonly phase: string; readonly touch: string; readonly rule: string };
/** A plan whose names the compiler knows, so that a tale or a setting about it cannot misspell them. The mark exists for the compiler only. */
export type NamedPlan<K extends Names = Names> = Plan & { readonly [names]?: K };
/** The names a plan carries; any text where the plan came from elsewhere. */
export type NamesOf<P extends Plan> = P extends { readonly [names]?: infer K } ? (K extends Names ? K : Names) : Names;

/** Throws `DefinitionError` with every fault that types cannot see. */
export function defineSequence<
  const N extends string,
  const I extends string = never,
  const S extends string = string,
  const R extends string = never,
>(definition: SequenceDefinition<N, I, S, R>): NamedPlan<{ readonly sequence: S; readonly phase: N; readonly touch: I; readonly rule: R }> {
  const preset = presetOf(definition.programme);
  const priority = definition.priority ?? preset.priority;
  const phases = Object.fromEntries(
    Object.entries<SaidPhase<N, I>>(definition.phases).map(([name, phase]) => [
      name,
      { ...phase, touches: withIfCapped(phase.touches, preset.ifCapped), advance: phase.advance ?? [] },
    ]),
  );
  const plan: Plan = placed({
    ...definition,
    ...(priority === undefined ? {} : { priority }),
    for: definition.for ?? preset.for,
    reenter: definition.reenter ?? preset.reenter,
    exit: definition.exit ?? preset.exit,
    handOff: definition.handOff ?? [],
    entry: definition.entry ?? [],
    phases,
  });
  const faults = faultsOf(plan);
  if (faults.length > 0)
    throw new DefinitionError(
      `sequence "${plan.id}"`,
      faults.map((fault) => ({ ...fault, ...given('at', placeAt(plan, fault.path)) })),
    );
  return plan;
}
