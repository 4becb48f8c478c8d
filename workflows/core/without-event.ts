/** What a lead would know had an event not been: its last engagement, what it told of need and pain, and the moments of conditions. Decides nothing. */
import type { StrippedEvent } from '../../events/stripped';
import { learned } from './bant';
import { viewsOf } from './deciding';
import type { Deciding } from './deciding';
import { isEngagement } from './evolve-lead';
import type { Fact, FactOf } from './facts';
import { marked, withMarks } from './marks';
import { hurts } from './pain';
import { counts, marksBy } from './progress';
import type { Enrolment, LeadState } from './state';
import { dueStep } from './touch-due';
import { given } from './without';

type Told = FactOf<'EngagementRecorded'>;
export type Without = Pick<FactOf<'EngagementRetracted'>, 'lastEngagedAt' | 'learned' | 'marks' | 'released'>;

/** `rest`: the events that still count, in the order they were recorded. */
export function withoutEvent(deciding: Deciding, facts: readonly Fact[], told: Told, rest: readonly StrippedEvent[]): Without {
  const marks = marksOf(deciding, told, rest);
  return {
    ...given('lastEngagedAt', lastEngaged(deciding.state, facts, told, new Set(rest.map(({ id }) => id)))),
    ...given('learned', learnedBy(told, rest)),
    ...given('marks', marks),
    ...given('released', releasedBy(deciding, marks)),
  };
}

/** A clock ahead of ours makes nobody busy for ever. */
const engagedAt = ({ occurredAt, recordedAt }: Told): number => Math.min(occurredAt, recordedAt);

function lastEngaged(state: LeadState, facts: readonly Fact[], told: Told, rest: ReadonlySet<string>): number | undefined {
  if (!isEngagement(told.actor, told.event) || state.lastEngagedAt !== engagedAt(told)) return undefined;
  let last = 0;
  for (const fact of facts)
    if (fact.type === 'EngagementRecorded' && rest.has(fact.id) && isEngagement(fact.actor, fact.event))
      last = Math.max(last, engagedAt(fact));
  return last === state.lastEngagedAt ? undefined : last;
}

/** Only where it had told of it at all. */
function learnedBy({ event, data = {}, occurredAt }: Told, rest: readonly StrippedEvent[]): Without['learned'] {
  if (learned(undefined, event, data, occurredAt) === undefined && hurts(undefined, event, data, occurredAt) === undefined)
    return undefined;
  let [bant, pain]: [LeadState['bant'], LeadState['pain']] = [undefined, undefined];
  for (const one of rest) {
    if (one.actor === 'machine') continue;
    bant = learned(bant, one.type, one.data, one.occurredAt);
    pain = hurts(pain, one.type, one.data, one.occurredAt);
  }
  return { ...given('bant', bant), ...given('pain', pain) };
}

function marksOf(deciding: Deciding, told: Told, rest: readonly StrippedEvent[]): Without['marks'] {
  if (!counts({ actor: told.actor, type: told.event })) return undefined;
  const { id, event: type, occurredAt, actor, data = {}, effect } = told;
  const gone: StrippedEvent = { id, type, occurredAt, actor, data, ...given('effect', effect) };
  const changed: Record<string, Readonly<Record<string, readonly number[]>>> = {};
  for (const { id: enrolment, enrolment: one, plan } of viewsOf(deciding)) {
    const unmarked = { ...one, marks: {} };
    // Of those it matches, the ones that still hold its moment: others have forgotten it.
    const keys = marksBy(plan, unmarked, enrolment, gone).flatMap(([key]) => (one.marks[key]?.includes(occurredAt) === true ? [key] : []));
    if (keys.length === 0) continue;
    const again: Record<string, readonly number[]> = {};
    for (const event of rest.filter(counts))
      for (const [key, at] of marksBy(plan, { ...unmarked, marks: again }, enrolment, event)) again[key] = marked(key, again[key], at);
    changed[enrolment] = Object.fromEntries(keys.map((key) => [key, joined(key, one, occurredAt, again[key])]));
  }
  return Object.keys(changed).length === 0 ? undefined : changed;
}

function releasedBy(deciding: Deciding, marks: Without['marks'] = {}): Without['released'] {
  const released = viewsOf(deciding).filter(({ id, enrolment, ...view }) => {
    const without = marks[id];
    if (without === undefined || enrolment.heldUntil === undefined) return false;
    return dueStep({ ...view, id, enrolment: { ...enrolment, marks: withMarks(enrolment.marks, without) } }) === undefined;
  });
  return released.length === 0 ? undefined : released.map(({ id }) => id);
}

/** What was kept besides, and what had given way to it. A pause may have moved a phase on past events that counted in it, so what was kept is kept. */
function joined(key: string, { marks }: Enrolment, gone: number, again: readonly number[] = []): readonly number[] {
  const kept = [...(marks[key] ?? [])];
  kept.splice(kept.indexOf(gone), 1);
  let moments: readonly number[] = [];
  for (const at of [...kept, ...again.filter((one) => !kept.includes(one))].sort((a, b) => a - b)) moments = marked(key, moments, at);
  return moments;
}
