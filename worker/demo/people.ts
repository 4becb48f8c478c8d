/** Who the demo's people are and what each does about a mail: characters and habits, the same for the same seed. Does nothing itself. */
import type { EngagementType, FieldsOf } from '../../events/engagement';
import { chance, delay } from './chance';

/** How often each character occurs, in percent; they sum to 100. */
export const characters = {
  /** Reads, clicks and downloads nearly everything, within hours. */
  keen: 9,
  /** Clicks what interests them, within a day or two. */
  curious: 15,
  /** Clicks seldom and days later. */
  slow: 13,
  /** Never does anything; their mail program opens mails for them. */
  silent: 32,
  /** A gateway follows every link within seconds; the person clicks seldom. */
  guarded: 6,
  /** Unsubscribes after two or three mails. */
  annoyed: 5,
  /** Marks the second mail as spam. */
  complainer: 3,
  /** The mailbox is gone: refused at once, or returned hours later. */
  bouncer: 5,
  /** Tries the product and, mostly, buys it. */
  buyer: 7,
  /** Answers a mail and asks for a demo. */
  replier: 5,
} as const satisfies Readonly<Record<string, number>>;
export type Character = keyof typeof characters;

export function characterOf(seed: number, address: string): Character {
  let left = chance(seed, 'character', address) * 100;
  for (const [character, percent] of Object.entries(characters)) {
    left -= percent;
    if (left < 0) return character as Character;
  }
  return 'silent';
}

/** A bouncer's server refuses at the door, or takes the mail and returns it later. */
export const bouncesAtDoor = (seed: number, address: string): boolean =>
  characterOf(seed, address) === 'bouncer' && chance(seed, 'door', address) < 0.6;
/** A few servers turn every stranger away once. */
export const greylists = (seed: number, address: string): boolean =>
  characterOf(seed, address) !== 'bouncer' && chance(seed, 'grey', address) < 0.04;

type Event = { [T in EngagementType]: { readonly type: T; readonly data: FieldsOf<T>; readonly actor?: 'machine' } }[EngagementType];
/** What somebody will do: publish an event, follow the mail's tracked link, or press "unsubscribe" in the mail program. */
export type Deed = { /** Engine ms after the mail came. */ readonly afterMs: number } & (
  { readonly by: 'event'; readonly event: Event } | { readonly by: 'link' } | { readonly by: 'one-click' }
);

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Odds of a click and how soon, per character; absent = never clicks. */
const clicking: Readonly<Partial<Record<Character, { readonly odds: number; readonly least: number; readonly most: number }>>> = {
  keen: { odds: 0.85, least: 20 * minute, most: 10 * hour },
  curious: { odds: 0.5, least: hour, most: 2 * day },
  slow: { odds: 0.25, least: day, most: 5 * day },
  guarded: { odds: 0.3, least: 2 * hour, most: 2 * day },
  annoyed: { odds: 0.2, least: hour, most: day },
  buyer: { odds: 0.9, least: 15 * minute, most: 8 * hour },
  replier: { odds: 0.6, least: hour, most: day },
};

export type Arrival = {
  readonly address: string;
  /** Content id without its version. */ readonly content: string;
  /** 1 for the first mail this person got. */ readonly nth: number;
};

/** Everything this person will do because of this mail, in no order. Pure: same seed and mail, same deeds. */
export function deedsFor(seed: number, arrival: Arrival): readonly Deed[] {
  const character = characterOf(seed, arrival.address);
  const { address, content } = arrival;
  const odds = (what: string): number => chance(seed, what, address, content);
  const later = (least: number, most: number, what: string): number => delay(seed, least, most, what, address, content);
  return [...leaving(character, arrival, odds, later), ...reading(character, arrival, odds, later)];
}

type Odds = (what: string) => number;
type Later = (least: number, most: number, what: string) => number;

/** Bounces, complaints and unsubscribing. */
function leaving(character: Character, { nth }: Arrival, odds: Odds, later: Later): readonly Deed[] {
  if (character === 'bouncer') return [{ afterMs: later(2 * hour, day, 'bounce'), ...publish('email.bounced', { kind: 'hard' }) }];
  if (character === 'complainer' && nth >= 2) return [{ afterMs: later(hour, day, 'complaint'), ...publish('email.complained', {}) }];
  if (character !== 'annoyed' || nth < 2 || (nth === 2 && odds('enough') < 0.5)) return [];
  const afterMs = later(hour, 2 * day, 'unsubscribe');
  return [odds('how') < 0.6 ? { afterMs, by: 'one-click' } : { afterMs, ...publish('email.unsubscribed', {}) }];
}

/** Opens, clicks and what comes of them. */
function reading(character: Character, arrival: Arrival, odds: Odds, later: Later): readonly Deed[] {
  const machine: Deed[] = [];
  if (character === 'silent' && odds('proxy') < 0.3) machine.push({ afterMs: minute, ...publish('email.opened', {}, 'machine') });
  if (character === 'guarded') machine.push({ afterMs: minute, ...publish('email.clicked', { link: 'first' }, 'machine') });
  const habit = clicking[character];
  if (habit === undefined || odds('click') >= habit.odds) return machine;
  const clickedAfter = later(habit.least, habit.most, 'click');
  const click: Deed =
    odds('channel') < 0.5
      ? { afterMs: clickedAfter, by: 'link' }
      : { afterMs: clickedAfter, ...publish('email.clicked', { link: 'first' }) };
  const opened: readonly Deed[] =
    odds('open') < 0.4 ? [{ afterMs: Math.max(1, clickedAfter - 2 * minute), ...publish('email.opened', {}) }] : [];
  const then = following(character, arrival, odds, later).map((deed) => ({ ...deed, afterMs: deed.afterMs + clickedAfter }));
  return [...machine, ...opened, click, ...then];
}

const downloads: Readonly<Record<string, string>> = {
  ebook: 'where-are-we',
  'white-paper': 'capacity-first',
  'industry-infographic': 'how-teams-plan',
};
const pages: Readonly<Record<string, string>> = {
  pricing: '/pricing',
  comparison: '/compare',
  'customer-story': '/stories/skerry-yards',
  'first-year-offer': '/offer/first-year',
  'trial-invite': '/trial',
};

/** What follows a click on this piece; moments count from the click. */
function following(character: Character, { content }: Arrival, odds: Odds, later: Later): readonly Deed[] {
  const deeds: Deed[] = [];
  const download = downloads[content];
  const page = pages[content];
  if (download !== undefined && odds('download') < 0.7)
    deeds.push({ afterMs: later(5 * minute, hour, 'download'), ...publish('content.downloaded', { content: download }) });
  if (page !== undefined && odds('page') < 0.7)
    deeds.push({ afterMs: later(minute, 30 * minute, 'page'), ...publish('page.viewed', { path: page }) });
  if (content === 'webinar-recording' && odds('webinar') < 0.5)
    deeds.push({
      afterMs: later(30 * minute, hour, 'webinar'),
      ...publish('webinar.attended', { webinar: 'four-tools-to-one', minutes: 38 }),
    });
  if (content === 'demo-invite' && odds('demo') < 0.5)
    deeds.push({ afterMs: later(hour, 8 * hour, 'demo'), ...publish('form.submitted', { form: 'demo' }) });
  if (character === 'replier' && odds('reply') < 0.35) {
    deeds.push({ afterMs: later(hour, 6 * hour, 'reply'), ...publish('email.replied', {}) });
    if (odds('asks') < 0.6) deeds.push({ afterMs: later(7 * hour, 30 * hour, 'asks'), ...publish('form.submitted', { form: 'demo' }) });
  }
  return [...deeds, ...trying(character, content, odds, later)];
}

/** The trial: started, used, shared, paid. */
function trying(character: Character, content: string, odds: Odds, later: Later): readonly Deed[] {
  const buys = character === 'buyer' ? 0.75 : character === 'keen' ? 0.15 : 0.05;
  const tries = character === 'buyer' ? 0.95 : character === 'keen' ? 0.55 : 0.3;
  if (content === 'trial-invite' && odds('try') < tries)
    return [{ afterMs: later(hour, 12 * hour, 'try'), ...publish('trial.started', { plan: 'team' }) }];
  if (content === 'first-login') {
    const login: Deed = { afterMs: later(5 * minute, 4 * hour, 'login'), ...publish('app.login', {}) };
    return odds('early') < 0.4 ? [login, { afterMs: later(5 * hour, 20 * hour, 'early'), ...publish('project.created', {}) }] : [login];
  }
  if (content === 'make-a-project' && odds('project') < 0.8)
    return [{ afterMs: later(10 * minute, 5 * hour, 'project'), ...publish('project.created', {}) }];
  if (content === 'invite-team' && odds('team') < 0.7)
    return ['first', 'second'].map((who) => ({ afterMs: later(hour, 2 * day, who), ...publish('teammate.invited', {}) }));
  if (['ends-soon', 'special-offer', 'first-year-offer'].includes(content) && odds('buy') < buys)
    return [{ afterMs: later(2 * hour, day, 'buy'), ...publish('subscription.started', { plan: 'team' }) }];
  return [];
}

const publish = <T extends EngagementType>(type: T, data: FieldsOf<T>, actor?: 'machine') => ({
  by: 'event' as const,
  event: { type, data, ...(actor === undefined ? {} : { actor }) } as unknown as Event,
});
