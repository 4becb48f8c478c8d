/** Putting a lead on a sequence: who may enter, in which phase, and what else begins then. */
import type { Code, StrippedEvent } from '../../events/stripped';
import { clockOf } from './calendar';
import { endOfMoment, momentOf } from './civil';
import { closedTo } from './governor';
import type { CompiledPlan } from './compile';
import { compiledPlan } from './compile';
import { holds } from './conditions';
import type { View } from './conditions';
import { conclude, viewOf } from './deciding';
import type { Deciding } from './deciding';
import type { Condition, Plan, Published } from './plan';
import { marked } from './marks';
import { meets } from './field-test';
import { pastKey } from './past-key';
import { faultsOfValues, withSettings } from './plan-settings';
import { matching } from './progress';
import { isCustomer, qualify } from './qualification';
import { scoreProfile } from './rule-points';
import { say } from './sayings';
import type { Enrolment, LeadState } from './state';
import { msOf } from './time';
import { given } from './without';

export type Ask = {
  readonly ref: string;
  readonly plan: Plan;
  readonly campaign?: string | undefined;
  readonly data: Readonly<Record<string, Code>>;
  readonly phase?: string | undefined;
  /** What a marketer set for the campaign; the rest is as the plan says. */
  readonly settings?: Readonly<Record<string, Code>> | undefined;
  readonly because: string;
  /** The enrolling event; conditions count from it, inclusive. */
  readonly event?: StrippedEvent;
  /** When the silence began that enrols. */
  readonly silentSince?: number;
};
export type Enrolling = { readonly enrolled: string; readonly phase: string } | { readonly refused: string };

/** Enrols, or says in a sentence why not. */
export function enrol(deciding: Deciding, asked: Ask): Enrolling {
  const { plan } = asked;
  const ask = { ...asked, data: withSettings(asked.data, plan.settings, asked.settings) };
  const [wrong] = faultsOfValues(plan.settings, asked.settings);
  if (wrong !== undefined) return { refused: `Settings of ${plan.id}: ${wrong}.` };
  const key = plan.key === undefined ? undefined : textOf(ask.data[plan.key]);
  const refused =
    refusalOf(deciding, ask) ??
    (ask.phase !== undefined && plan.phases[ask.phase] === undefined ? `${plan.id} has no phase "${ask.phase}".` : undefined);
  if (refused !== undefined) return { refused };
  const enrolment = `e${deciding.state.enrolmentCount + 1}`;
  const phase = ask.phase ?? entryPhase(deciding, ask, compiledPlan(plan));
  conclude(
    deciding,
    {
      type: 'Enrolled',
      enrolment,
      sequence: ask.ref,
      phase,
      ...given('campaign', ask.campaign),
      ...given('key', key),
      data: ask.data,
      because: ask.because,
      ...given('silentSince', ask.silentSince),
    },
    Math.min(ask.event?.occurredAt ?? deciding.now, deciding.now),
  );
  qualify(deciding, 'lead', `enrolled in ${plan.id}`);
  scoreProfile(deciding);
  return { enrolled: enrolment, phase };
}

/** Where a person stands who wants to enter. */
type AtDoor = Pick<Deciding, 'published' | 'now'> & { readonly state: LeadState };

/** Why the person may not enter at that moment, in a sentence. */
export const refusalOf = (door: AtDoor, ask: Ask): string | undefined => closedFor(door, ask) ?? notFor(door, ask);

function closedFor({ published, state, now }: AtDoor, { plan, data }: Ask): string | undefined {
  const key = plan.key === undefined ? undefined : textOf(data[plan.key]);
  if (closedTo(state, compiledPlan(plan)))
    return `This person must not be contacted (${state.suppressed.all ?? state.suppressed.email ?? ''}).`;
  if (plan.for === 'leads' && isCustomer(state)) return `${plan.id} is for leads; this person is a customer.`;
  if (plan.for === 'customers' && !isCustomer(state)) return `${plan.id} is for customers; this person is none yet.`;
  const mine = pastKey(plan.id, key);
  if (Object.values(state.enrolments).some((one) => pastKey(one.sequence, one.key) === mine)) return `The lead is already in ${plan.id}.`;
  const endedAt = state.past[mine];
  const closed = closedNow(published, state, plan, now);
  if (closed !== undefined || endedAt === undefined || plan.reenter === 'always') return closed;
  if (plan.reenter === 'never') return `The lead was in ${plan.id} before, and nobody enters it twice.`;
  return now - endedAt < msOf(plan.reenter) ? `The lead left ${plan.id} less than ${plan.reenter} ago.` : undefined;
}

function notFor(deciding: AtDoor, ask: Ask): string | undefined {
  const plan = compiledPlan(ask.plan);
  if (plan.who === undefined || holds(plan.who, viewAtDoor(deciding, ask, plan))) return undefined;
  return `This person is not who ${ask.plan.id} is for: it asks for ${say(plan.who)}.`;
}

/** Before it begins or after it is over. */
function closedNow(published: Published, state: LeadState, { id, from, until }: Plan, now: number): string | undefined {
  const clock = clockOf(published, state);
  if (from !== undefined && now < (momentOf(from, clock) ?? 0)) return `${id} takes nobody before ${from}.`;
  return until !== undefined && now >= (endOfMoment(until, clock) ?? Infinity) ? `${id} took people until ${until}.` : undefined;
}

/** The first entry whose condition holds, else the first phase. The enrolling event counts. */
function entryPhase(deciding: Deciding, ask: Ask, plan: CompiledPlan): string {
  const first = plan.phases.keys().next().value ?? '';
  if (plan.entry.length === 0) return first;
  const view = viewAtDoor(deciding, ask, plan);
  return plan.entry.find(({ when }) => when === undefined || holds(when, view))?.to ?? first;
}

/** As if the person were in already: the enrolling event and its data count. */
function viewAtDoor(deciding: AtDoor, ask: Ask, plan: CompiledPlan): View {
  const first = plan.phases.keys().next().value ?? '';
  const bare: Enrolment = {
    sequence: ask.ref,
    data: ask.data,
    enrolledAt: ask.event?.occurredAt ?? deciding.now,
    phase: first,
    phaseAt: deciding.now,
    next: 0,
    previousAt: deciding.now,
    attempt: 0,
    marks: {},
  };
  const marks: Record<string, readonly number[]> = {};
  if (ask.event !== undefined) for (const [watch, at] of matching(plan, bare, ask.event)) marks[watch] = marked(watch, marks[watch], at);
  return viewOf(deciding, '', { ...bare, marks }, plan);
}

/** Sequences that an event enrols in by itself. A refusal is ordinary: most people who view a page again are in already. */
export function enrolBy(deciding: Deciding, event: StrippedEvent): void {
  for (const { ref, plan } of deciding.published.enrolledBy(event.type)) {
    if (plan.on === undefined || !enrols(plan.on, event)) continue;
    enrol(deciding, { ref, plan, data: event.data, event, because: event.type });
  }
}

/** Does the event meet what enrols? */
export function enrols(on: Condition, event: StrippedEvent): boolean {
  if (on.kind === 'any') return on.of.some((part) => enrols(part, event));
  if (on.kind !== 'engaged' || on.type !== event.type) return false;
  return Object.entries(on.where ?? {}).every(([field, test]) => meets(event.data[field], test));
}

const textOf = (code: Code | undefined): string | undefined => (code === undefined ? undefined : String(code));
