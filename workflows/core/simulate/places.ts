/** Where the lead that is being counted stands in its sequences, and to which steps it came. Knows no rules. */
import { compiledPlan } from '../compile';
import type { Published } from '../plan';
import type { LeadState } from '../state';
import { count, countIn } from './tally';
import type { Tally } from './tally';

/** One enrolment. `next`: index of the step that is next, -1 before any was seen. */
export type Place = { readonly sequence: string; readonly ref: string; phase: string; /** `sequence/phase`. */ key: string; next: number };

/** What is remembered of a lead while it is counted, and nothing after. */
export type Counting = {
  readonly published: Published;
  readonly tally: Tally;
  readonly number: number;
  readonly places: Map<string, Place>;
  /** What counts once a lead and was counted. */
  readonly seen: Set<string>;
  sent: number;
};

/** `ebook` of `ebook@1#d1`. */
export const idOf = (ref: string): string => {
  const end = ref.indexOf('@');
  return end < 0 ? ref : ref.slice(0, end);
};

export function placed({ places }: Counting, enrolment: string, ref: string, phase: string): Place {
  const sequence = idOf(ref);
  const place = { sequence, ref, phase, key: `${sequence}/${phase}`, next: -1 };
  places.set(enrolment, place);
  return place;
}

export function moved(place: Place, phase: string): void {
  place.phase = phase;
  place.key = `${place.sequence}/${phase}`;
  place.next = -1;
}

/** Counts the lead, not how often. */
export function once({ tally, seen }: Counting, name: string): void {
  if (seen.has(name)) return;
  seen.add(name);
  count(tally.counts, name);
}

function reached({ tally, seen }: Counting, touch: string): void {
  if (seen.has(touch)) return;
  seen.add(touch);
  countIn(tally.byTouch, touch, 'reached');
}

/** The touch a fact tells of, reached at the latest by it. One that ends after its phase was left names its phase in the effect. */
export function touchOf(
  counting: Counting,
  fact: { readonly enrolment: string; readonly touch: string; readonly effect?: string },
): string {
  const place = counting.places.get(fact.enrolment);
  const phase = fact.effect?.split('.', 2)[1];
  const key = place === undefined ? '/' : phase === undefined || phase === place.phase ? place.key : `${place.sequence}/${phase}`;
  const touch = `${key}/${fact.touch}`;
  reached(counting, touch);
  return touch;
}

/** The steps that are next after a decision; what was reached and closed within one names itself. */
export function cameTo(counting: Counting, { enrolments }: LeadState): void {
  for (const id in enrolments) {
    const enrolment = enrolments[id];
    const place = counting.places.get(id);
    if (enrolment === undefined || place === undefined || place.next === enrolment.next) continue;
    place.next = enrolment.next;
    const step = stepAt(counting, place);
    if (step !== undefined) reached(counting, `${place.key}/${step}`);
  }
}

/** Id of the step that is next there. */
function stepAt({ published }: Counting, { ref, phase, next }: Place): string | undefined {
  const plan = published.plan(ref);
  return plan === undefined ? undefined : compiledPlan(plan).phases.get(phase)?.program[next]?.step.id;
}

/** Where the lead stands at the end. */
export function ended(counting: Counting, state: LeadState): void {
  const { tally, places } = counting;
  count(tally.counts, `end.stage.${state.stage ?? 'none'}`);
  count(tally.counts, `end.qualification.${state.qualification}`);
  count(tally.counts, `mails.${counting.sent}`);
  if (state.handOff !== undefined) count(tally.counts, 'end.handOff');
  for (const id in state.enrolments) {
    const place = places.get(id);
    if (place === undefined) continue;
    countIn(tally.byPhase, place.key, 'there');
    const step = stepAt(counting, place);
    if (step !== undefined) countIn(tally.byTouch, `${place.key}/${step}`, 'waiting');
  }
}
