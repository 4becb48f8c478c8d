/** What comes of one simulated mail: the server's word, the machines, and what the person does about it. */
import type { Arrival } from '../arrivals';
import type { SendTouch } from '../effects';
import type { Outcome } from '../inputs';
import type { Published } from '../plan';
import type { Behaviour, MailRates } from './behaviour';
import { below, chanceOf, delayed, happens, matterOf } from './chance';
import type { Chance } from './chance';
import { acts, deed, event } from './life';
import type { Life, Mailed } from './life';

const secondMs = 1_000;
/** The provider answers within a minute. */
const slowestSeconds = 60;

export function mailed(
  behaviour: Behaviour,
  published: Published,
  seed: number,
  life: Life,
  send: SendTouch,
  at: number,
): readonly Arrival[] {
  const chance = chanceOf(seed, life.person.number, matterOf(send.id));
  const { first, later, whenReceived, whenClicked } = life.habits.ofMail(send.content);
  const rates = life.mails === 0 ? first : later;
  const answeredAt = at + (1 + below(chance, slowestSeconds)) * secondMs;
  const ref = refOf(published, send.content);
  const outcome = serverSays(chance, rates, ref);
  const into: Arrival[] = [{ at: answeredAt, input: { kind: 'outcome', id: send.id, outcome } }];
  if (outcome.as !== 'sent') return into;
  const interest = interestOf(behaviour, life);
  life.mails += 1;
  const mail = { effect: send.id, content: ref };
  if (happens(chance, rates.bounced)) {
    event(life, into, answeredAt + delayed(chance, behaviour.mail.bouncesIn), 'email.bounced', { kind: 'hard' }, 'machine', mail);
    return into;
  }
  machines(life, into, answeredAt, rates, chance, mail);
  const clicked = (clickedAt: number): void => acts(life, into, clickedAt, whenClicked, chance, { cause: send.data });
  person(behaviour, life, into, answeredAt, rates, chance, mail, interest, clicked);
  acts(life, into, answeredAt, whenReceived, chance, { interest, cause: send.data });
  return into;
}

function serverSays(chance: Chance, rates: MailRates, content: string): Outcome {
  if (happens(chance, rates.away)) return { as: 'unavailable', because: 'mail-server-away' };
  if (happens(chance, rates.refused)) return { as: 'refused', because: 'address-refused', permanent: true };
  if (happens(chance, rates.turnedAway)) return { as: 'refused', because: 'mailbox-refused', permanent: false };
  if (happens(chance, rates.uncertain)) return { as: 'uncertain', because: 'send-uncertain' };
  return { as: 'sent', content };
}

/** Percent; every mail got before tires. */
function interestOf({ people: { tiring } }: Behaviour, { person: { character }, mails }: Life): number {
  return Math.floor((character.interest * Math.max(tiring.least, 100 - tiring.perMail * mails)) / 100);
}

function machines(life: Life, into: Arrival[], at: number, rates: MailRates, chance: Chance, mail: Mailed): void {
  if (happens(chance, rates.machineOpen))
    event(life, into, at + below(chance, slowestSeconds) * secondMs, 'email.opened', {}, 'machine', mail);
  if (happens(chance, rates.machineClick))
    event(life, into, at + below(chance, slowestSeconds) * secondMs, 'email.clicked', { link: 'first' }, 'machine', mail);
}

/** An open proves nothing, so it arrives as in production: nobody can say who it was. Who leaves does so whatever their interest. */
function person(
  { mail: habits }: Behaviour,
  life: Life,
  into: Arrival[],
  at: number,
  rates: MailRates,
  chance: Chance,
  mail: Mailed,
  interest: number,
  clicked: (at: number) => void,
): void {
  const keen = (rate: number): boolean => happens(chance, Math.floor((rate * interest) / 100));
  if (keen(rates.open)) event(life, into, at + delayed(chance, habits.opensIn), 'email.opened', {}, 'unknown', mail);
  if (keen(rates.click)) {
    const clickedAt = at + delayed(chance, habits.clicksIn);
    deed(life, into, clickedAt, 'email.clicked', { link: 'first' }, chance, mail);
    clicked(clickedAt);
  }
  if (keen(rates.reply)) deed(life, into, at + delayed(chance, habits.repliesIn), 'email.replied', {}, chance, mail);
  if (happens(chance, rates.unsubscribe)) deed(life, into, at + delayed(chance, habits.leavesIn), 'email.unsubscribed', {}, chance, mail);
  if (happens(chance, rates.complain)) deed(life, into, at + delayed(chance, habits.leavesIn), 'email.complained', {}, chance, mail);
}

function refOf(published: Published, content: string): string {
  const info = published.content(content);
  return info === undefined ? content : `${content}@${info.version}#${info.digest}`;
}
