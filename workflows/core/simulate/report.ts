/** A tally as people and programs read it: series by day, standings, what was held back and by what, and what nobody received. Sums only; knows no time of its own. */
import { qualifications, stages } from './standing';
import type { SimulationOptions } from './simulation';
import type { InScope } from './scope';
import type { Counts, Row, Tally } from './tally';
import { everyStep } from '../steps';
import { unreachedOf } from './unreached';
import type { Unreached } from './unreached';

export type Held = {
  readonly because: string;
  /** Times a due touch had to wait, leads it happened to, and hours to the ends of those waits. */
  readonly times: number;
  readonly leads: number;
  readonly hours: number;
  /** Touches given up for it. */
  readonly withheld: number;
};

export type Report = {
  readonly leads: number;
  readonly days: number;
  readonly seed: number;
  /** Midnight UTC of the first day, epoch ms. */
  readonly from: number;
  /** `id@version#digest`, the simulated one first. */
  readonly sequences: readonly string[];
  /** Messages that were sent. */
  readonly touches: number;
  readonly handOffs: number;
  readonly facts: number;
  readonly fingerprint: number;
  /** Per day: `joined`, `marketing`, `service`, `engaged`, `withheld`, `handOffs`, `customers`. */
  readonly perDay: Readonly<Record<string, readonly number[]>>;
  /** Leads in each stage at the end of each day. */
  readonly stagesPerDay: Readonly<Record<string, readonly number[]>>;
  /** Leads that ever came so far. */
  readonly reached: Counts;
  readonly enrolled: Counts;
  /** Leads by why they left a sequence: `goal`, `exit`, `ran out`, ... */
  readonly left: Row;
  readonly notEnrolled: Counts;
  readonly held: readonly Held[];
  /** By touch `sequence/phase/touch`: `reached`, `sent` or, what writes nothing to the person, `done`, `refused`, `uncertain`, `waiting`, `held.*`, `withheld.*`. */
  readonly byTouch: Row;
  readonly byContent: Row;
  readonly byPhase: Row;
  readonly byArm: Row;
  readonly handOff: {
    readonly byRule: Row;
    readonly byRep: Row;
    readonly closed: Counts;
    readonly breached: Counts;
    readonly open: number;
  };
  /** Leads by how many messages they got. */
  readonly perLead: Counts;
  readonly engagement: { readonly human: Counts; readonly machine: Counts; readonly unknown: Counts; readonly leads: number };
  readonly suppressed: Counts;
  readonly nobody: readonly Unreached[];
};

export function reportOf(
  { seed, from, days }: Pick<SimulationOptions, 'seed' | 'from' | 'days'>,
  scope: readonly InScope[],
  tally: Tally,
): Report {
  const { counts, daily } = tally;
  const series = (name: string): readonly number[] => daily[name] ?? Array.from({ length: days }, () => 0);
  const under = (prefix: string): Counts => prefixed(counts, `${prefix}.`);
  return {
    leads: tally.leads,
    days,
    seed,
    from,
    sequences: scope.map(({ ref }) => ref),
    touches: counts['facts.TouchSent'] ?? 0,
    handOffs: counts['facts.HandOffRequested'] ?? 0,
    facts: tally.facts,
    fingerprint: tally.fingerprint,
    perDay: Object.fromEntries(perDay.map((name) => [name, series(name)])),
    stagesPerDay: Object.fromEntries(stages.map((stage) => [stage, standing(series(`stage.${stage}`))])),
    reached: inOrder(under('reached'), qualifications),
    enrolled: under('enrolled'),
    left: Object.fromEntries(scope.map(({ plan }) => [plan.id, under(`left.${plan.id}`)])),
    notEnrolled: under('notEnrolled'),
    held: heldOf(counts),
    byTouch: inPlanOrder(scope, tally),
    byContent: tally.byContent,
    byPhase: tally.byPhase,
    byArm: tally.byArm,
    handOff: {
      byRule: tally.byRule,
      byRep: tally.byRep,
      closed: under('handOff'),
      breached: under('breached'),
      open: counts['end.handOff'] ?? 0,
    },
    perLead: under('mails'),
    engagement: { human: under('human'), machine: under('machine'), unknown: under('unknown'), leads: counts['did.anything'] ?? 0 },
    suppressed: under('suppressed'),
    nobody: unreachedOf(scope, tally),
  };
}

const perDay = ['joined', 'marketing', 'service', 'engaged', 'withheld', 'handOffs', 'customers'] as const;

/** Every touch of every plan, also those nobody came to, as the plans have them. */
function inPlanOrder(scope: readonly InScope[], { byTouch }: Tally): Row {
  const touches = scope.flatMap(({ plan }) =>
    everyStep(plan)
      .filter(({ step }) => step.kind !== 'choose')
      .map(({ phase, step }) => `${plan.id}/${phase}/${step.id}`),
  );
  return { ...Object.fromEntries(touches.map((touch) => [touch, byTouch[touch] ?? {}])), ...byTouch };
}

/** Changes to what stands at the end of each day. */
function standing(changes: readonly number[]): readonly number[] {
  let sum = 0;
  return changes.map((change) => (sum += change));
}

const prefixed = (counts: Counts, prefix: string): Counts =>
  Object.fromEntries(
    Object.entries(counts).flatMap(([name, number]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), number]] : [])),
  );

const inOrder = (counts: Counts, names: readonly string[]): Counts => Object.fromEntries(names.map((name) => [name, counts[name] ?? 0]));

function heldOf(counts: Counts): readonly Held[] {
  const reasons = new Set([...Object.keys(prefixed(counts, 'held.')), ...Object.keys(prefixed(counts, 'withheld.'))]);
  return [...reasons]
    .map((because) => ({
      because,
      times: counts[`held.${because}`] ?? 0,
      leads: counts[`heldLeads.${because}`] ?? 0,
      hours: counts[`heldHours.${because}`] ?? 0,
      withheld: counts[`withheld.${because}`] ?? 0,
    }))
    .sort((a, b) => b.times + b.withheld - a.times - a.withheld || (a.because < b.because ? -1 : 1));
}
