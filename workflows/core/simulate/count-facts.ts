/** Reads the facts of one simulated lead into the tally. What it does not name it passes over: a tally shows what people ask of a simulation, not everything. */
import type { Fact, FactOf } from '../facts';
import type { Step } from '../forward';
import { isEngagement } from '../evolve-lead';
import type { Published } from '../plan';
import type { LeadState } from '../state';
import { matterOf, mixed } from './chance';
import { cameTo, ended, idOf, moved, once, placed, touchOf } from './places';
import type { Counting } from './places';
import { count, countIn, countOn } from './tally';
import type { Tally } from './tally';

export type LeadCount = { readonly take: (step: Step) => void; readonly end: (state: LeadState) => void };

export function countLead(published: Published, tally: Tally, number: number): LeadCount {
  const counting: Counting = { published, tally, number, places: new Map(), seen: new Set(), sent: 0 };
  tally.leads += 1;
  return {
    take: ({ facts, state }) => {
      for (const fact of facts) take(counting, fact);
      cameTo(counting, state);
    },
    end: (state) => ended(counting, state),
  };
}

function take(counting: Counting, fact: Fact): void {
  const { tally, number } = counting;
  const { name, hash } = kindOf(fact.type);
  tally.facts += 1;
  tally.fingerprint = (tally.fingerprint + mixed(mixed(number, hash), Math.floor(fact.recordedAt / 1_000))) | 0;
  count(tally.counts, name);
  takeOne(counting, fact);
}

type Kind = { readonly name: string; readonly hash: number };
const kinds = new Map<string, Kind>();
function kindOf(type: string): Kind {
  const known = kinds.get(type);
  if (known !== undefined) return known;
  const made = { name: `facts.${type}`, hash: matterOf(type) };
  kinds.set(type, made);
  return made;
}

function takeOne(counting: Counting, fact: Fact): void {
  const { tally } = counting;
  switch (fact.type) {
    case 'EngagementRecorded':
      return engaged(counting, fact);
    case 'CommandRecorded':
      if (!fact.answer.ok && fact.command.word === 'enrol') count(tally.counts, `notEnrolled.${fact.answer.says}`);
      return;
    case 'Enrolled':
      return enrolled(counting, fact);
    case 'PhaseEntered':
      return entered(counting, fact);
    case 'BranchTaken':
      return countIn(tally.byArm, `${counting.places.get(fact.enrolment)?.key ?? ''}/${fact.choice}`, fact.arm);
    case 'EnrolmentEnded':
      return left(counting, fact);
    case 'PlanExhausted':
      return countIn(tally.byPhase, counting.places.get(fact.enrolment)?.key ?? '', 'ranOut');
    case 'StageChanged':
      countOn(tally, `stage.${fact.to}`, fact.recordedAt);
      return countOn(tally, `stage.${fact.from ?? 'none'}`, fact.recordedAt, -1);
    case 'QualificationChanged':
      once(counting, `reached.${fact.to}`);
      if (fact.to === 'customer') countOn(tally, 'customers', fact.recordedAt);
      return;
    case 'Suppressed':
      return count(tally.counts, `suppressed.${fact.because}`);
    case 'TouchHeld':
      return held(counting, fact);
    case 'TouchSent':
      return sent(counting, fact);
    case 'EffectReturned':
    case 'LeadsTold':
    case 'TaskGiven':
      return countIn(tally.byTouch, touchOf(counting, fact), 'done');
    case 'TouchWithheld':
      count(tally.counts, `withheld.${fact.because}`);
      countOn(tally, 'withheld', fact.recordedAt);
      return countIn(tally.byTouch, touchOf(counting, fact), `withheld.${fact.because}`);
    case 'TouchRefused':
      count(tally.counts, `refused.${fact.because}`);
      return countIn(tally.byTouch, touchOf(counting, fact), 'refused');
    case 'TouchUncertain':
      return countIn(tally.byTouch, touchOf(counting, fact), 'uncertain');
    case 'TouchUnavailable':
      return count(tally.counts, `unavailable.${fact.because}`);
    default:
      return handOff(counting, fact);
  }
}

function handOff({ tally }: Counting, fact: Fact): void {
  switch (fact.type) {
    case 'HandOffRequested':
      countOn(tally, 'handOffs', fact.recordedAt);
      return countIn(tally.byRule, fact.rule, 'requested');
    case 'HandOffOffered':
      return countIn(tally.byRep, fact.rep, 'offered');
    case 'HandOffAccepted':
      return countIn(tally.byRep, fact.rep, 'accepted');
    case 'HandOffContacted':
      return countIn(tally.byRep, fact.rep, 'contacted');
    case 'HandOffClosed':
      return count(tally.counts, `handOff.${fact.as}`);
    case 'HandOffBreached':
      return count(tally.counts, `breached.${fact.clock}`);
    case 'HandOffUnassigned':
      return count(tally.counts, 'handOff.unassigned');
    default:
  }
}

function engaged(counting: Counting, { actor, event, recordedAt }: FactOf<'EngagementRecorded'>): void {
  const { tally } = counting;
  count(tally.counts, `${actor}.${event}`);
  if (!isEngagement(actor, event)) return;
  countOn(tally, 'engaged', recordedAt);
  once(counting, 'did.anything');
}

function enrolled(counting: Counting, { enrolment, sequence, phase, recordedAt }: FactOf<'Enrolled'>): void {
  const { tally, places } = counting;
  if (places.size === 0) countOn(tally, 'joined', recordedAt);
  const place = placed(counting, enrolment, sequence, phase);
  once(counting, `enrolled.${place.sequence}`);
  countIn(tally.byPhase, place.key, 'entered');
}

function entered({ tally, places }: Counting, { enrolment, phase }: FactOf<'PhaseEntered'>): void {
  const place = places.get(enrolment);
  if (place === undefined) return;
  moved(place, phase);
  countIn(tally.byPhase, place.key, 'entered');
}

/** `goal: clicked` and `goal: bought` are one way to leave. */
function left(counting: Counting, { enrolment, because }: FactOf<'EnrolmentEnded'>): void {
  const { tally, places } = counting;
  const colon = because.indexOf(':');
  const why = colon < 0 ? because : because.slice(0, colon);
  const place = places.get(enrolment);
  count(tally.counts, `left.${place?.sequence ?? ''}.${why}`);
  countIn(tally.byPhase, place?.key ?? '', 'ended');
}

function held(counting: Counting, fact: FactOf<'TouchHeld'>): void {
  const { tally } = counting;
  count(tally.counts, `held.${fact.because}`);
  count(tally.counts, `heldHours.${fact.because}`, Math.max(0, Math.round((fact.until - fact.recordedAt) / 3_600_000)));
  once(counting, `heldLeads.${fact.because}`);
  countIn(tally.byTouch, touchOf(counting, fact), `held.${fact.because}`);
}

function sent(counting: Counting, fact: FactOf<'TouchSent'>): void {
  const { tally } = counting;
  counting.sent += 1;
  countOn(tally, fact.purpose, fact.recordedAt);
  countIn(tally.byTouch, touchOf(counting, fact), 'sent');
  countIn(tally.byContent, idOf(fact.content), 'sent');
}
