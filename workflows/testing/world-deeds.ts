/** The words of a tale that happen around the person: reps, operators, and a provider that does not always do as it should. Knows no expectation. */
import type { Channel } from '../../events/stripped';
import type { Command, Outcome } from '../core';
import type { Names } from '../core/define-sequence';
import { msOf } from '../core/time';
import { spoken } from './moments';
import type { End } from '../foresight/provider';
import { enrolmentOn } from './teller';
import type { Teller } from './teller';
import type { Deeds, MailEnd, RepWord } from './words';

type World = Pick<Deeds<Names, void>, 'rep' | 'operator' | 'mailIsAway' | 'mailEnds' | 'returns' | 'repsAreAway' | 'repEnds'>;

const repWords = { accepts: 'accept', contacts: 'contacted', rejects: 'reject', wins: 'won', loses: 'lost' } as const satisfies Record<
  RepWord,
  string
>;
const ends: Readonly<Record<Exclude<MailEnd, Outcome>, End>> = {
  goes: 'goes',
  bounces: { as: 'refused', because: 'address-refused', permanent: true },
  'is refused': { as: 'refused', because: 'mailbox-refused', permanent: false },
  'is uncertain': { as: 'uncertain', because: 'send-uncertain' },
  'finds the server away': { as: 'unavailable', because: 'mail-server-away' },
};
const endOf = (end: MailEnd): End => (typeof end === 'string' ? ends[end] : end);

export function worldDeeds(teller: Teller): World {
  const away = (who: string, ms: number, change: 'mailAway' | 'repsAway'): void => {
    const from = teller.scene().now();
    teller.scene().change(`${who} until ${spoken(from + ms, teller.zone())}`, (provider) => provider[change](from, from + ms));
  };
  return {
    rep(word, handOff = teller.scene().state().handOffCount) {
      if (handOff === 0) teller.fail(`No rep has this lead, so none ${word}.`);
      teller.command({ word: repWords[word], handOff }, 'a rep');
    },
    operator: (word: string, what: What = {}) => teller.command(commandOf(teller, word, what), 'an operator'),
    mailIsAway: (span) => away('The mail server is away', msOf(span), 'mailAway'),
    repsAreAway: (span) => away('No rep takes hand-offs', msOf(span), 'repsAway'),
    mailEnds: (touch, ...how) =>
      teller
        .scene()
        .change(`The next sends of "${touch}" will end: ${how.map(said).join(', ')}`, ({ mailEnds }) => mailEnds(touch, how.map(endOf))),
    returns: (effect, data) =>
      teller.scene().change(`From now on "${effect}" returns ${JSON.stringify(data)}`, ({ returns }) => returns(effect, data)),
    repEnds: (effort, ...how) =>
      teller
        .scene()
        .change(
          `The next efforts to ${effort === 'find' ? 'find' : 'write to'} a rep will end: ${how.map(said).join(', ')}`,
          ({ repsEnd }) => repsEnd(effort === 'find' ? 'AssignRep' : 'NotifyRep', how),
        ),
  };
}

const said = (end: MailEnd): string => (typeof end === 'string' ? end : `${end.as}${'because' in end ? ` (${end.because})` : ''}`);

/** What an operator's word may come with; which goes with which, the types of the word say. */
type What = {
  readonly sequence?: string;
  readonly enrolment?: string;
  readonly to?: string;
  readonly when?: 'now' | 'next-phase';
  readonly phase?: string;
  readonly campaign?: string;
  readonly channel?: Channel | 'all';
  readonly touch?: string;
  readonly sent?: boolean;
  readonly model?: string;
  readonly quiet?: boolean;
};

function commandOf(teller: Teller, word: string, what: What): Command {
  const sequence = what.sequence ?? teller.plan.id;
  const enrolment = (): string =>
    what.enrolment ?? enrolmentOn(teller, sequence) ?? teller.fail(`The lead is not on ${sequence}, so nobody can do that with it there.`);
  switch (word) {
    case 'pauses':
      return { word: 'pause' };
    case 'resumes':
      return { word: 'resume' };
    case 'rescores':
      return { word: 'rescore', model: what.model ?? teller.plan.model, ...(what.quiet === true ? { quiet: true } : {}) };
    case 'nudges':
      return { word: 'nudge' };
    case 'erases':
      return { word: 'erase' };
    case 'leaves':
      return { word: 'leave', campaign: what.campaign ?? '' };
    case 'moves':
      return { word: 'move', enrolment: enrolment(), phase: what.phase ?? '' };
    case 'upgrades':
      return { word: 'upgrade', enrolment: enrolment(), to: what.to ?? sequence, when: what.when ?? 'now' };
    case 'ends':
      return { word: 'end', enrolment: enrolment() };
    case 'suppresses':
      return { word: 'suppress', channel: what.channel ?? 'all' };
    case 'unsuppresses':
      return { word: 'unsuppress', channel: what.channel ?? 'all' };
    case 'settles':
      return { word: 'settle', effect: uncertainOf(teller, what.touch ?? ''), sent: what.sent === true };
    default:
      return teller.fail(`An operator has no word "${word}".`);
  }
}

function uncertainOf(teller: Teller, touch: string): string {
  const found = teller
    .scene()
    .facts()
    .findLast((fact) => fact.type === 'TouchUncertain' && fact.touch === touch);
  if (found?.type !== 'TouchUncertain') return teller.fail(`The delivery of "${touch}" was never uncertain.`);
  return found.effect;
}
