/** A lead in words for people: why it waits and for what, when next; and the codes that lists are searched by. No personal data. */
import type { Qualification, Stage } from '../../events/stripped';
import { instant } from './civil';
import { viewOf } from './deciding';
import type { CompiledPlan } from './compile';
import type { View } from './conditions';
import { isOfStep } from './effects';
import { handOffMoments } from './hand-off-rules';
import { endOf } from './movement';
import type { Published, Temperature } from './plan';
import type { CompiledChoice, Timed } from './program';
import { nothingOpen } from './rest';
import { say } from './sayings';
import { gradeOf, readScore, temperatureOf } from './score';
import { silenceEntries } from './silence';
import type { Enrolment, HandOff, LeadState } from './state';
import { plannedFor } from './planned';
import { dueStep, nextStep } from './touch-due';
import { nextWake } from './wake';
import { given } from './without';

export type LeadAttributes = {
  readonly stage?: Stage;
  readonly phase?: string;
  /** One or two words: `touch pricing`, `quiet-hours`, `rep to accept`, `resume`, `rest`. */
  readonly waitingFor: string;
  readonly temperature: Temperature;
  readonly qualification: Qualification;
  readonly rep?: string;
  readonly score: number;
  readonly sequences: string[];
  readonly campaigns: string[];
  readonly dueAt?: number;
  readonly lastEngagedAt?: number;
  readonly slaDueAt?: number;
};

export type LeadDescription = { readonly details: string; readonly attributes: LeadAttributes; readonly canRest: boolean };

/** `details`: markdown, one sentence an item. Instants are written in UTC. */
export function describeLead(published: Published, state: LeadState, now: number): LeadDescription {
  const enrolments = Object.entries(state.enrolments).map(([id, enrolment]) =>
    describeEnrolment(id, enrolment, viewOf({ published, state, now }, id, enrolment), state),
  );
  const next = enrolments.toSorted((a, b) => (a.at ?? Infinity) - (b.at ?? Infinity))[0];
  const dueAt = nextWake(published, state);
  const model = published.currentModel(published.settings.model)?.model;
  const temperature = temperatureOf(state, model);
  const aggregate = state.scores[published.settings.model];
  const { handOff } = state;
  const slaDueAt = handOff === undefined ? undefined : slaOf(handOff);
  const attributes: LeadAttributes = {
    ...given('stage', state.stage),
    ...given('phase', next?.phase),
    waitingFor: waitingFor(state, next?.waitingFor),
    temperature: temperature.is,
    qualification: state.qualification,
    ...given('rep', handOff?.rep),
    score: readScore(aggregate),
    sequences: enrolments.map(({ sequence }) => sequence),
    campaigns: [...new Set(Object.values(state.enrolments).flatMap(({ campaign }) => campaign ?? []))],
    ...given('dueAt', dueAt),
    ...given('lastEngagedAt', state.lastEngagedAt),
    ...given('slaDueAt', slaDueAt),
  };
  const standing = `**${state.qualification}**${state.stage === undefined ? '' : `, ${state.stage}`}, score ${attributes.score}, grade ${gradeOf(aggregate)}, ${temperature.is} (by ${temperature.by}).`;
  const sentences = [standing, ...personSentences(state), ...enrolments.map(({ says }) => says)];
  for (const { plan, at } of state.resting === true ? [] : silenceEntries(published, state))
    sentences.push(`Enters ${plan.id} by silence at ${instant(at)} if nothing is heard until then.`);
  if (dueAt !== undefined) sentences.push(`Looks again by itself at ${instant(dueAt)}.`);
  else if (state.erased !== true) sentences.push('Looks again when something arrives.');
  return {
    details: state.erased === true ? 'The person was erased.' : sentences.join('\n\n'),
    attributes,
    canRest: state.resting === true,
  };
}

function waitingFor(state: LeadState, enrolment: string | undefined): string {
  if (state.erased === true) return 'nothing';
  if (state.paused !== undefined) return 'resume';
  if (state.handOff !== undefined && state.handOff.contactedAt === undefined) {
    if (state.handOff.rep === undefined) return 'a rep';
    return state.handOff.acceptedAt === undefined ? 'rep to accept' : 'rep to contact';
  }
  if (enrolment !== undefined) return enrolment;
  if (state.handOff !== undefined) return 'won or lost';
  return nothingOpen(state) ? 'engagement' : 'effect';
}

function personSentences(state: LeadState): readonly string[] {
  const sentences: string[] = [];
  if (state.paused !== undefined)
    sentences.push(
      `Paused since ${instant(state.paused.at)} by ${state.paused.by}: ${state.paused.because}. Nothing is sent until it is resumed.`,
    );
  for (const [channel, because] of Object.entries(state.suppressed)) sentences.push(`Must not be contacted (${channel}: ${because}).`);
  if (state.uncertain.length > 0) sentences.push(`Delivery unknown: ${state.uncertain.join(', ')}.`);
  if (state.handOff !== undefined) sentences.push(handOffSentence(state.handOff));
  if (state.resting === true) sentences.push('Sleeps: nothing is open; anything new wakes it.');
  else if (nothingOpen(state)) sentences.push('In no sequence; waits for engagement or an enrolment.');
  return sentences;
}

function handOffSentence(handOff: HandOff): string {
  const name = `Hand-off ${handOff.number} (${handOff.why})`;
  if (handOff.contactedAt !== undefined) return `${name} is with ${handOff.rep ?? 'a rep'}, contacted; waits for won, lost or rejected.`;
  if (handOff.rep === undefined)
    return `${name} waits for ${handOff.heldBy === undefined ? 'a rep' : 'an answer to `ripen handoff held`: the brake holds it'}${handOff.retryAt === undefined ? '' : `; asked again at ${instant(handOff.retryAt)}`}. To be contacted by ${instant(handOff.contactBy)}.`;
  if (handOff.acceptedAt !== undefined)
    return `${name} is accepted by ${handOff.rep}, who is to make contact by ${instant(handOff.contactBy)}.`;
  return `${name} is offered to ${handOff.rep}${handOff.acceptBy === undefined ? '' : `, to be accepted by ${instant(handOff.acceptBy)}`}; to be contacted by ${instant(handOff.contactBy)}.`;
}

/** The next end of a clock. */
const slaOf = (handOff: HandOff): number | undefined => {
  if (handOff.contactedAt !== undefined) return undefined;
  const accepting = handOff.acceptedAt === undefined && handOff.rep !== undefined ? handOff.acceptBy : undefined;
  return Math.min(accepting ?? Infinity, handOff.contactBy, ...handOffMoments(handOff).filter((at) => at === accepting));
};

type DescribedEnrolment = {
  readonly sequence: string;
  readonly phase: string;
  readonly waitingFor: string;
  readonly at: number | undefined;
  readonly says: string;
};

function describeEnrolment(id: string, enrolment: Enrolment, view: View, state: LeadState): DescribedEnrolment {
  const sequence = enrolment.sequence.split('#', 1)[0] ?? enrolment.sequence;
  const { waitingFor, at, says } = waitOf(id, enrolment, view, state);
  const phase = view.plan.phases.get(enrolment.phase);
  const ends = phase === undefined ? '' : ` The phase runs out at ${instant(endOf(phase, view))}.`;
  return {
    sequence,
    phase: enrolment.phase,
    waitingFor,
    at,
    says: `- **${sequence}**, phase ${enrolment.phase} (${id}): ${says}${ends}${waysOn(view.plan, enrolment)}`,
  };
}

function waitOf(
  id: string,
  enrolment: Enrolment,
  view: View,
  state: LeadState,
): { readonly waitingFor: string; readonly at: number | undefined; readonly says: string } {
  const under = Object.values(state.effects).find((effect) => isOfStep(effect) && effect.enrolment === id);
  if (under?.type === 'SendTouch')
    return {
      waitingFor: `send ${under.touch}`,
      at: under.notAfter,
      says: `"${under.touch}" is being sent (not after ${instant(under.notAfter)}).`,
    };
  if (isOfStep(under)) return { waitingFor: `step ${under.touch}`, at: undefined, says: `"${under.touch}" is being done.` };
  const next = nextStep(view);
  if (next === undefined) return { waitingFor: 'phase end', at: undefined, says: 'every message of the phase is done.' };
  if (next.kind === 'choose') return waitOfChoice(next, view);
  const name = next.step.id;
  const due = dueStep(view);
  if (due === undefined)
    return {
      waitingFor: `${next.at === undefined ? 'event' : 'date'} for ${name}`,
      at: undefined,
      says: `"${name}" waits for ${awaited(next)}.`,
    };
  if (enrolment.heldUntil !== undefined && enrolment.heldUntil > view.now) {
    return {
      waitingFor: enrolment.heldBecause ?? 'held',
      at: enrolment.heldUntil,
      says: `"${name}" is due and held (${enrolment.heldBecause ?? ''}) until ${instant(enrolment.heldUntil)}.`,
    };
  }
  return { waitingFor: `touch ${name}`, at: due.at, says: `"${name}" is due at ${instant(due.at)}.` };
}

/** What a step waits for that is not due yet. */
function awaited({ since, at }: Timed): string {
  if (at !== undefined) return `the date ${at.field}, which is not known`;
  return since === undefined ? 'its time' : say(since.of);
}

function waitOfChoice(choice: CompiledChoice, view: View): ReturnType<typeof waitOf> {
  const { id } = choice.step;
  const opensAt = plannedFor(choice, view);
  if (opensAt === undefined)
    return {
      waitingFor: `${choice.at === undefined ? 'event' : 'date'} for ${id}`,
      at: undefined,
      says: `the choice "${id}" waits for ${awaited(choice)}.`,
    };
  if (opensAt > view.now) return { waitingFor: `choice ${id}`, at: opensAt, says: `the choice "${id}" opens at ${instant(opensAt)}.` };
  const ways = choice.arms.map(({ name, when }) => (when === undefined ? name : `${say(when)} (${name})`)).join(', ');
  const at = opensAt + choice.withinMs;
  return { waitingFor: `choice ${id}`, at, says: `the choice "${id}" waits for ${ways} until ${instant(at)}.` };
}

function waysOn(plan: CompiledPlan, enrolment: Enrolment): string {
  const ways = (plan.phases.get(enrolment.phase)?.advance ?? []).map(
    ({ rule, when }) => `${rule.to ?? rule.start ?? rule.end ?? `the end of ${rule.endOther ?? ''}`} on ${say(when)}`,
  );
  return ways.length === 0 ? '' : ` Goes to ${ways.join('; ')}.`;
}
