/** A lead's facts as the words of a tale: what came from outside, when, and how its effects ended. No name, no address, nobody's own words. Knows no file. */
import type { Code } from '../../../events/stripped';
import type { Command, Fact, FactOf } from '../../core';
import { engagementTypes } from '../../../events/engagement';
import { retraction } from '../../core/recorded';
import { endsIn } from './ends';
import type { RepWord } from '../words';

/** One word of a tale with what is said in it. */
export type Call = { readonly word: string; readonly says: readonly unknown[] };
export type Beat = { readonly at: number; readonly call: Call };

export type Retelling = {
  readonly startAt: number;
  /** The last moment anything was concluded. */
  readonly endAt: number;
  /** How the world was other than good; before anything else. */
  readonly world: readonly Call[];
  readonly beats: readonly Beat[];
  /** How many reps there were; they are called rep-1, rep-2, ... */
  readonly reps: number;
  /** What cannot be told, in sentences. */
  readonly notes: readonly string[];
};

export function retellingOf(facts: readonly Fact[]): Retelling {
  const notes: string[] = [];
  const beats: Beat[] = [];
  const profile = profileCalls();
  const mails = new Map<string, string>();
  for (const [at, fact] of facts.entries()) {
    if (fact.type === 'TouchSent') mails.set(fact.effect, fact.touch);
    const call = fact.type === 'ProfileLearned' ? profile(fact) : callOf(fact, facts.slice(0, at), mails);
    if (typeof call === 'string') notes.push(call);
    else if (call !== undefined) beats.push({ at: fact.recordedAt, call });
  }
  return { startAt: facts[0]?.recordedAt ?? 0, endAt: facts.at(-1)?.recordedAt ?? 0, ...endsIn(facts), beats, notes };
}

/** A sentence where it cannot be told, nothing where it came of something else. */
function callOf(fact: Fact, before: readonly Fact[], mails: ReadonlyMap<string, string>): Call | string | undefined {
  switch (fact.type) {
    case 'CommandRecorded':
      return commandCall(fact.command, before) ?? `A tale has no word for "${fact.command.word}".`;
    case 'EngagementRecorded':
      // Its event has another id in the tale.
      if (fact.event === retraction) return 'A tale cannot tell that an event is taken back.';
      return eventCall(fact, mails) ?? `This release does not know the event ${fact.event}.`;
    case 'LeadRestated':
    case 'LeadAbsorbed':
    case 'InputRefused':
      return `A tale cannot tell of ${fact.type}${'because' in fact ? ` (${fact.because})` : ''}.`;
    default:
      return undefined;
  }
}

/** The first profile is a person, each later one a change. */
function profileCalls(): (fact: FactOf<'ProfileLearned'>) => Call {
  let before: FactOf<'ProfileLearned'> | undefined;
  return (fact) => {
    const consent = fact.consent.email ?? 'none';
    const usual = before === undefined ? 'granted' : (before.consent.email ?? 'none');
    const says = [before === undefined ? fact.traits : changed(before.traits, fact.traits), ...(consent === usual ? [] : [consent])];
    const word = before === undefined ? 'person' : 'becomes';
    before = fact;
    return { word, says };
  };
}

/** Only what is not as before; what is gone is `undefined`. */
function changed(before: Readonly<Record<string, Code | undefined>>, after: Readonly<Record<string, Code | undefined>>) {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return Object.fromEntries([...names].filter((name) => before[name] !== after[name]).map((name) => [name, after[name]]));
}

const repWords: Readonly<Record<string, RepWord>> = {
  accept: 'accepts',
  contacted: 'contacts',
  reject: 'rejects',
  won: 'wins',
  lost: 'loses',
};

/** Who gave the word and why is left out: people's own words are personal. */
function commandCall(command: Command, before: readonly Fact[]): Call | undefined {
  const operator = (...says: readonly unknown[]): Call => ({ word: 'operator', says });
  switch (command.word) {
    case 'enrol': {
      const { word: _, sequence, ...entry } = command;
      return { word: 'enters', says: Object.keys(entry).length === 0 ? [sequence] : [sequence, entry] };
    }
    case 'end':
      return operator('ends', { enrolment: command.enrolment });
    case 'leave':
      return operator('leaves', { campaign: command.campaign });
    case 'move':
      return operator('moves', { enrolment: command.enrolment, phase: command.phase });
    case 'upgrade':
      return operator('upgrades', { enrolment: command.enrolment, to: command.to, when: command.when });
    case 'pause':
      return operator('pauses');
    case 'resume':
      return operator('resumes');
    case 'rescore':
      return operator('rescores', { model: command.model, ...(command.quiet === true ? { quiet: true } : {}) });
    case 'nudge':
      return operator('nudges');
    case 'erase':
      return operator('erases');
    case 'suppress':
      return operator('suppresses', { channel: command.channel });
    case 'unsuppress':
      return operator('unsuppresses', { channel: command.channel });
    case 'absorb':
      return undefined;
    case 'settle': {
      const send = before.findLast((fact) => fact.type === 'TouchUncertain' && fact.effect === command.effect);
      return send?.type === 'TouchUncertain' ? operator('settles', { touch: send.touch, sent: command.sent }) : undefined;
    }
    case 'accept':
    case 'contacted':
    case 'reject':
    case 'won':
    case 'lost':
      return { word: 'rep', says: [repWords[command.word], ...(command.handOff === newestHandOff(before) ? [] : [command.handOff])] };
    default:
      return undefined;
  }
}

const newestHandOff = (facts: readonly Fact[]): number => facts.filter(({ type }) => type === 'HandOffRequested').length;

const mailWords: Readonly<Record<string, string>> = {
  'email.clicked': 'clicks',
  'email.opened': 'opens',
  'email.replied': 'replies',
  'email.unsubscribed': 'unsubscribes',
  'email.complained': 'complains',
};

/** Less than that is the way from the world to the engine and says nothing. */
const lateMs = 60_000;

function eventCall(fact: FactOf<'EngagementRecorded'>, mails: ReadonlyMap<string, string>): Call | undefined {
  const { event, actor, data = {}, effect, occurredAt, recordedAt } = fact;
  if (!Object.hasOwn(engagementTypes, event)) return undefined;
  const touch = effect === undefined ? undefined : mails.get(effect);
  const late = recordedAt - occurredAt;
  const told = {
    ...(late < lateMs ? {} : late % 60_000 === 0 ? { ago: spanOf(late) } : { at: occurredAt }),
    ...(actor === 'human' ? {} : { by: actor }),
  };
  const word = mailWords[event];
  const { link, ...rest } = data;
  if (touch !== undefined && word !== undefined && Object.keys(rest).length === 0 && (link === undefined || word === 'clicks'))
    return { word, says: [touch, ...some({ ...(link === undefined ? {} : { link }), ...told })] };
  const ways = some({ ...told, ...(touch === undefined ? {} : { mail: touch }) });
  return { word: 'does', says: [event, ...(Object.keys(data).length === 0 && ways.length === 0 ? [] : [data]), ...ways] };
}

const some = (told: object): readonly object[] => (Object.keys(told).length === 0 ? [] : [told]);

/** Whole days, hours or minutes. */
export function spanOf(ms: number): string {
  for (const [unit, length] of [
    ['day', 86_400_000],
    ['hour', 3_600_000],
    ['minute', 60_000],
  ] as const)
    if (ms % length === 0) return `${ms / length} ${unit}${ms === length ? '' : 's'}`;
  throw new RangeError(`${ms} ms are no whole minutes`);
}
