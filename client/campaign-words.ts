/** How a campaign stands, for people at a terminal. */
import type { CampaignCard, CampaignState, MemberState } from '../events/campaign-requests';
import type { Reply } from '../events/requests';
import { blocks, count, date, section, table, wrapped } from './print';

const stateWords: Readonly<Record<CampaignState, string>> = {
  asked: 'waits for approval',
  running: 'runs',
  ending: 'is being stopped',
  stopped: 'stopped',
  done: 'everybody was asked',
};
const memberWords: Readonly<Record<MemberState, string>> = {
  waiting: 'wait for their turn',
  asked: 'asked, no answer yet',
  enrolled: 'in the sequence, or through it',
  refused: 'did not enter',
  'left-out': 'left out',
  'held-out': 'held out, to compare with',
  leaving: 'are being taken out',
  left: 'were taken out',
};

const stateOf = ({ state, hold }: CampaignCard): string =>
  hold === undefined || state === 'stopped' ? stateWords[state] : hold.scope === '*' ? 'held: all sending is stopped' : 'paused';
const total = ({ members }: CampaignCard): number => Object.values(members).reduce((sum, people) => sum + people, 0);

export const campaignTable = (campaigns: readonly CampaignCard[]): string =>
  table(
    [
      'campaign',
      'sequence',
      'state',
      { title: 'people', align: 'right' },
      { title: 'enrolled', align: 'right' },
      'asked for',
      { title: 'by', flexible: true },
    ],
    campaigns.map((card) => [card.id, card.sequence, stateOf(card), total(card), card.members.enrolled ?? 0, date(card.askedAt), card.by]),
  );

export function cardText(card: CampaignCard, report: Reply<'campaignReport'>, rounds: readonly CampaignCard[]): string {
  const members = Object.entries(card.members) as readonly (readonly [MemberState, number])[];
  const sends = Object.entries(report.sends);
  return blocks(
    wrapped(sentences(card).join('\n')),
    members.length === 0
      ? undefined
      : section(
          `Of ${count(total(card), 'person', 'people')}`,
          members.map(([state, people]) => `  ${people} ${memberWords[state]}`).join('\n'),
        ),
    report.because.length === 0
      ? undefined
      : section(
          'Because',
          wrapped(report.because.map(({ state, because, people }) => `${people} ${memberWords[state]}: ${because}`).join('\n'), '  '),
        ),
    sends.length === 0
      ? undefined
      : section('Its messages', sends.map(([how, number]) => `  ${number} ${how.replace(/[-_]/g, ' ')}`).join('\n')),
    report.handOffs === 0 ? undefined : `${count(report.handOffs, 'hand-off')} came of it.`,
    rounds.length === 0 ? undefined : section('Rounds', campaignTable(rounds)),
  );
}

function sentences(card: CampaignCard): readonly string[] {
  const { id, hold, state } = card;
  const held = hold === undefined || state === 'stopped' ? [] : [`Since ${date(hold.sinceAt)} by ${hold.by}: ${hold.says}.`];
  const times = [
    ...(card.from === undefined ? [] : [`from ${date(card.from)}`]),
    ...(card.until === undefined ? [] : [`until ${date(card.until)}`]),
    ...(card.cron === undefined ? [] : [`rounds by "${card.cron}" (UTC)`]),
    ...(card.perMinute === undefined ? [] : [rate(card.perMinute)]),
    ...(card.holdout === undefined ? [] : [`${card.holdout} % held out`]),
  ];
  return [
    `Campaign ${id}: ${stateOf(card)}.`,
    ...held,
    `${card.kind === 'triggered' ? 'Whoever comes into' : 'Whoever is in'} the audience enters ${card.sequence}${times.length === 0 ? '' : ` (${times.join(', ')})`}.`,
    `Audience: ${card.audience}`,
    `Asked for by ${card.by} on ${date(card.askedAt)}: ${card.because}.${card.approvedBy === undefined ? '' : ` Approved by ${card.approvedBy}.`}`,
    ...(card.endedBecause === undefined ? [] : [`Over${card.endedBy === undefined ? '' : ` by ${card.endedBy}`}: ${card.endedBecause}.`]),
  ];
}

const rate = (perMinute: number): string =>
  perMinute >= 1
    ? `${Math.round(perMinute)} a minute`
    : perMinute >= 1 / 60
      ? `${Math.round(perMinute * 60)} an hour`
      : `${Math.round(perMinute * 1_440)} a day`;
