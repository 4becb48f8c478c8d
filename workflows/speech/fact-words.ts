/** Every fact of a lead's history as one sentence. Total over the fact types by the compiler. Knows no format and no dates. */
import { wholeParts } from '../core/foreseen';
import type { Fact, FactOf, FactType } from '../core';
import { isOften } from '../core/compiled-model';
import { stageRule, startingRule } from '../core/starting-rule';
import { isOfStep } from '../core/effects';
import { retraction } from '../core/recorded';
import type { Command, Part } from '../core';
import {
  capWords,
  channelWord,
  eventWord,
  heldWord,
  nameOf,
  qualificationWords,
  ruleWord,
  spoken,
  stageWords,
  suppressionWord,
  versionOf,
  withheldWord,
} from './words';

/** How people name reps and write instants. */
export type Speech = {
  readonly rep: (id: string) => string;
  readonly date: (at: number) => string;
  readonly points: (thousandths: number) => string;
};

type Words = { readonly [T in FactType]: (fact: FactOf<T>, speech: Speech) => string };

export const factWord = (fact: Fact, speech: Speech): string => (words[fact.type] as (fact: Fact, speech: Speech) => string)(fact, speech);

/** Bookkeeping that says nothing to people about the lead; `timeline --all` shows it. */
export const quietFacts: ReadonlySet<FactType> = new Set<FactType>(['LeadResumed', 'ConditionsProgressed', 'EffectDecided', 'RepNotified']);

const actors = { human: '', machine: ', by a machine', unknown: ', by nobody knows whom', engine: ', told of somebody else' } as const;
const clocks = { accept: 'to accept', contact: 'to make contact' } as const;
const notices = {
  offer: 'the offer',
  reminder: 'a reminder',
  breach: 'the news that time ran out',
  withdrawn: 'the news that it is withdrawn',
  doubt: 'the news that it is in doubt',
} as const;
const closings = { rejected: 'rejected', won: 'won', lost: 'lost', withdrawn: 'withdrawn' } as const;
const by = (who: string, because: string): string => ` by ${who}${because === '' ? '' : `: ${because}`}`;

const words: Words = {
  LeadResumed: () => 'The lead was taken up by a new run of its workflow',
  LeadRestated: ({ because }) => `The lead was set to a known state: ${because}`,
  LeadAbsorbed: ({ from }) => `Lead ${from} turned out to be the same person and was merged into this one`,
  LeadErased: ({ by: who, because }) => `The person was erased${by(who, because)}`,
  LeadRested: () => 'Nothing is open; the lead sleeps until something new arrives',
  EngagementRecorded: ({ event, data, actor, content }) =>
    event === retraction
      ? `An event was said not to count: ${String(data?.['of'])} (${spoken(String(data?.['because']))})`
      : `Event ${eventWord(event, data)}${content === undefined ? '' : ` in "${nameOf(content)}"`}${actors[actor]}`,
  ProfileLearned: ({ version }) => (version === 1 ? 'The profile became known' : 'The profile changed'),
  CommandRecorded: ({ command, by: who, because, answer }) =>
    `${commandWord(command)}${by(who, because)}. ${answer.ok ? '' : 'Refused: '}${answer.says}`,
  InputRefused: ({ code }) => `Something could not be taken (${spoken(code)}); it is in the rejected list`,
  Enrolled: ({ sequence, phase, because, campaign }) =>
    `In sequence ${versionOf(sequence)}, phase ${phase}${campaign === undefined ? '' : `, campaign ${campaign}`} (${because})`,
  EnrolmentDataChanged: ({ enrolment, data, because }) =>
    `More is known of what ${enrolment} is about: ${Object.entries(data)
      .map(([field, value]) => `${field} ${String(value)}`)
      .join(', ')} (${because})`,
  StepReplanned: ({ enrolment, step, at, because }, { date }) =>
    `Step "${step}" of ${enrolment} is planned anew${at === undefined ? ': its date is not known any more' : ` for ${date(at)}`} (${because})`,
  ConditionsProgressed: ({ enrolment }) => `What the person did counts towards the conditions of ${enrolment}`,
  PhaseEntered: ({ enrolment, phase, because }) => `On to phase ${phase} in ${enrolment} (${because})`,
  SequenceChangePlanned: ({ enrolment, to, because }) =>
    `Sequence ${enrolment} goes on with ${versionOf(to)} from its next phase (${because})`,
  SequenceChanged: ({ enrolment, from, to, phase, because }) =>
    `From ${versionOf(from)} to ${versionOf(to)} in ${enrolment}, phase ${phase} (${because})`,
  BranchTaken: ({ enrolment, choice, arm, because }) => `Takes the way "${arm}" at "${choice}" in ${enrolment} (${because})`,
  PlanExhausted: ({ enrolment, phase }) => `Phase ${phase} of ${enrolment} ran out`,
  EnrolmentEnded: ({ enrolment, because }) => `Out of sequence ${enrolment} (${because})`,
  PointsChanged: (fact, { points }) => pointsWord(fact, points),
  PointsDecayed: ({ delta, from, model }, { points }) =>
    from === undefined
      ? `Points ${points(delta)} by the passing of time`
      : `Points ${points(delta)} by new rules, ${versionOf(model)} in place of ${versionOf(from)}`,
  LeadRescored: ({ model, delta, grade, quiet }, { points }) =>
    `Counted again by ${versionOf(model)}: points ${points(delta)}${grade === undefined ? '' : `, grade ${grade}`}${quiet === true ? '; nothing follows until the person does something' : ''}`,
  MatrixScored: ({ model, parts, delta, grade }, { points }) =>
    `Placed by ${versionOf(model)} (${partsWord(parts)}): points ${points(delta)}, grade ${grade}`,
  EngagementRetracted: ({ event, was, by: who, because }) =>
    was === undefined
      ? `An event that had not come yet (${event}) is not to count${by(who, spoken(because))}`
      : `The event ${was} was taken back${by(who, spoken(because))}`,
  PointsRetracted: ({ rule, delta, raw }, { points }) =>
    `Points ${points(delta)} by rule ${ruleWord(rule)}, taken back${delta === -raw || isOften(rule) ? '' : ` (it was worth ${points(raw)})`}`,
  GradeChanged: ({ grade, fit }) => `Grade ${grade} (fit ${fit})`,
  StageChanged: ({ to, because }) => `Stage ${stageWords[to]} (${because})`,
  QualificationChanged: ({ to, because }) => `Lifecycle stage ${qualificationWords[to]} (${because})`,
  SignAwaited: ({ sign, dueAt }, { date }) =>
    dueAt === undefined
      ? `The sign "${sign}" is awaited no more`
      : `The sign "${sign}" counts at ${date(dueAt)} if nothing comes in between`,
  LeadPaused: ({ by: who, because }) => `Paused${by(who, because)}`,
  LeadUnpaused: ({ by: who, because }) => `Resumed${by(who, because)}`,
  Suppressed: ({ channel, because }) => `Must not be contacted any more on ${channelWord(channel)}: ${suppressionWord(because)}`,
  Unsuppressed: ({ channel, because }) => `May be contacted again on ${channelWord(channel)}: ${suppressionWord(because)}`,
  TouchHeld: ({ touch, until, because }, { date }) => `Message "${touch}" waits until ${date(until)}: ${heldWord(because)}`,
  PoolRanDry: ({ touch, goesOn }) =>
    `Nothing is left in "${touch}" that this person has not had${goesOn ? '; the next step is on' : '; it is looked at again'}`,
  TouchReplaced: ({ touch, content, because }) => `Message "${touch}" will be "${nameOf(content)}" instead: ${heldWord(because)}`,
  EffectDecided: ({ effect }, { rep }) => {
    if (effect.type === 'SendTouch') return `Message "${effect.touch}" is to be sent`;
    if (isOfStep(effect)) return `Step "${effect.touch}" is to be done`;
    return effect.type === 'AssignRep' ? 'A sales rep is to be found' : `${rep(effect.rep)} is to be told: ${notices[effect.what]}`;
  },
  TouchSent: ({ touch, content }) => `Message "${touch}" sent (${versionOf(content)})`,
  TouchWithheld: ({ touch, because }) => `Message "${touch}" not sent: ${withheldWord(because)}`,
  TouchRefused: ({ touch, because, permanent }) =>
    `Message "${touch}" refused by the mail server${permanent ? ' for good' : ''}: ${spoken(because)}`,
  TouchUncertain: ({ touch, because }) => `Message "${touch}": delivery unknown (${spoken(because)})`,
  TouchUnavailable: ({ touch, retryAt, because }, { date }) =>
    `${because === 'no-reps' || because === 'effect-failed' ? `Step "${touch}" could not be done` : `Message "${touch}" could not go`} (${spoken(because)}); tried again at ${date(retryAt)}`,
  EffectReturned: ({ touch, name, data }) => `Step "${touch}" done: ${eventWord(name, data)}`,
  LeadsTold: ({ touch, whom, event, reached }) =>
    `Step "${touch}" done: ${reached === 0 ? 'there was nobody to hear' : `${reached} ${reached === 1 ? 'person' : 'people'} (${whom}) will hear`} of ${event}`,
  TaskGiven: ({ touch, rep: id, says }, { rep }) => `Step "${touch}" done: ${rep(id)} was asked: ${says.replace(/\.$/, '')}`,
  UncertainSettled: ({ effect, sent, by: who }) =>
    `The unknown delivery of ${effect} was settled as ${sent ? 'sent' : 'not sent'} by ${who}`,
  HandOffRequested: ({ handOff, why, contactBy }, { date }) =>
    `Hand-off ${handOff} asked for: ${why.replace(/\.$/, '')}; contact by ${date(contactBy)}`,
  HandOffOffered: ({ handOff, rep: id }, { rep }) => `Hand-off ${handOff} offered to ${rep(id)}`,
  HandOffUnassigned: ({ handOff, because, retryAt }, { date }) =>
    because === 'hand-off-brake'
      ? `Hand-off ${handOff} is held by the brake: far more of them came than usual`
      : `No sales rep for hand-off ${handOff} (${spoken(because)}); asked again at ${date(retryAt)}`,
  RepNotified: ({ handOff, what }) => `The sales rep was told of hand-off ${handOff}: ${notices[what]}`,
  RepNotNotified: ({ handOff, what, because }) =>
    `The sales rep could not be told of hand-off ${handOff} (${notices[what]}): ${spoken(because)}`,
  HandOffReminded: ({ handOff, clock }) => `The sales rep was reminded ${clocks[clock]} in hand-off ${handOff}`,
  HandOffBreached: ({ handOff, clock }) => `Time ran out ${clocks[clock]} in hand-off ${handOff}`,
  HandOffAccepted: ({ handOff, rep: id }, { rep }) => `Hand-off ${handOff} accepted by ${rep(id)}`,
  HandOffContacted: ({ handOff, rep: id }, { rep }) => `Person contacted by ${rep(id)} in hand-off ${handOff}`,
  HandOffDoubted: ({ handOff, because }) => `Hand-off ${handOff} is in doubt: ${because}; it stays with the rep`,
  HandOffClosed: ({ handOff, as, because }) => `Hand-off ${handOff} ${closings[as]}${because === as ? '' : ` (${because})`}`,
};

function pointsWord({ rule, delta, raw, capped }: FactOf<'PointsChanged'>, points: Speech['points']): string {
  if (isOften(rule) && delta === 0 && capped === undefined) return `Counts towards rule ${ruleWord(rule)}`;
  const cap = capped === undefined || delta === raw ? '' : isOften(rule) ? capWords[capped] : `of ${points(raw)}; the ${capWords[capped]}`;
  return `Points ${points(delta)} by ${startOf(rule) ?? `rule ${ruleWord(rule)}`}${cap === '' ? '' : ` (${cap})`}`;
}

const startOf = (rule: string): string | undefined =>
  rule === startingRule ? 'where the person comes from' : rule === stageRule ? 'the stage they began at' : undefined;

/** `pain 8, fit 7.5 (team-lead)`; `job-title owner, department not known`; of a probability the reasons that tell this person from everybody. */
export function partsWord(parts: FactOf<'MatrixScored'>['parts']): string {
  const telling = parts.filter(({ part }) => part !== wholeParts.base && part !== wholeParts.rest);
  return telling.length === 0 ? 'like everybody' : telling.map(partWord).join(', ');
}

export function partWord({ part, is, points }: Part): string {
  if (part === 'pain' || part === 'fit')
    return `${part} ${points === 0 && part === 'pain' ? 'not known' : points / 1000}${is === undefined ? '' : ` (${String(is)})`}`;
  if (part === wholeParts.base || part === wholeParts.rest) return part;
  const deed = part.startsWith('did ') ? part.slice(4) : undefined;
  if (deed !== undefined && typeof is === 'number') return is === 0 ? `no ${deed}` : `${deed} ${is === 1 ? 'once' : `${is} times`}`;
  return `${part} ${is === undefined ? 'not known' : String(is)}`;
}

function commandWord(command: Command): string {
  switch (command.word) {
    case 'enrol':
      return `Enrolment in ${command.sequence} asked for`;
    case 'end':
      return `End of ${command.enrolment} asked for`;
    case 'move':
      return `Move of ${command.enrolment} to phase ${command.phase} asked for`;
    case 'upgrade':
      return `Change of ${command.enrolment} to ${command.to} asked for${command.when === 'now' ? '' : ', with its next phase'}`;
    case 'suppress':
      return `Suppression of ${channelWord(command.channel)} asked for`;
    case 'unsuppress':
      return `End of the suppression of ${channelWord(command.channel)} asked for`;
    case 'absorb':
      return `Merge of ${command.from} into this lead asked for`;
    case 'settle':
      return `${command.effect} said to be ${command.sent ? 'sent' : 'not sent'}`;
    case 'accept':
    case 'contacted':
    case 'reject':
    case 'won':
    case 'lost':
      return `Hand-off ${command.handOff}: ${command.word === 'reject' ? 'rejected' : command.word === 'accept' ? 'accepted' : command.word}`;
    case 'pause':
      return 'Pause asked for';
    case 'resume':
      return 'Resume asked for';
    case 'rescore':
      return `Counting by ${command.model} again asked for`;
    case 'retract':
      return `Taking back of event ${command.event} asked for`;
    case 'leave':
      return `End of campaign ${command.campaign} asked for`;
    case 'nudge':
      return 'Another look asked for';
    case 'erase':
      return 'Erasure asked for';
  }
}
