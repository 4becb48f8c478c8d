/** How clean a list is: whom no mail reaches, who never answered, who has long been silent, and what a year costs. Pure; knows no store and no terminal. */
import type { StoredPerson } from './people-pages';

/** Why somebody is no use to a mailing, the hardest first; `fine` are all the others. */
export const conditions = ['bounced', 'complained', 'opted-out', 'blocked', 'unreachable', 'never-engaged', 'unengaged', 'fine'] as const;
export type Condition = (typeof conditions)[number];

export type Limits = {
  /** Engine's clock. */
  readonly now: number;
  /** From the real clock, in which people became known. */
  readonly toEngine: (realAt: number) => number;
  /** Silent for so long: unengaged. */
  readonly silentMs: number;
  /** So many mails without a sign of life: never engaged. */
  readonly mails: number;
};

const suppressedAs: Readonly<Record<string, Condition>> = {
  bounce: 'bounced',
  complaint: 'complained',
  'opt-out': 'opted-out',
  operator: 'blocked',
  erasure: 'blocked',
};

export function conditionOf(person: StoredPerson, { now, toEngine, silentMs, mails }: Limits): Condition {
  if (person.suppressed !== undefined) return suppressedAs[person.suppressed] ?? 'blocked';
  if (person.consent === 'withdrawn') return 'opted-out';
  if (person.email === undefined) return 'unreachable';
  if (person.engagedAt === undefined) {
    const silentFor = now - toEngine(person.knownAt);
    return person.mails >= mails ? 'never-engaged' : person.mails > 0 && silentFor >= silentMs ? 'unengaged' : 'fine';
  }
  return now - person.engagedAt >= silentMs ? 'unengaged' : 'fine';
}

export type Loss = {
  readonly lost: number;
  readonly ofPeople: number;
  /** Share lost in a year at this pace, 0 to 1. */ readonly perYear: number;
  readonly overDays: number;
};
const yearDays = 365;

/** `lost`: who became unreachable by mail in the last year, or since the list began. */
export function lossOf(lost: number, people: number, ageDays: number): Loss {
  const overDays = Math.max(1, Math.min(yearDays, Math.round(ageDays)));
  const share = people === 0 ? 0 : lost / people;
  // Shares of months multiply, they do not add up.
  return { lost, ofPeople: people, overDays, perYear: 1 - (1 - Math.min(1, share)) ** (yearDays / overDays) };
}
