/** What a campaign would send day by day, run ahead over some of its people: mails, what must wait, what is not sent and why. Knows no store. */
import { UnknownRef, WakeStuck } from '../core';
import type { Command, Fact, LeadState, Published } from '../core';
import { goodWorld } from './provider';
import { openScene } from './scene';

export type CampaignAhead = {
  /** By day from the first, marketing and service messages and hand-offs. */
  readonly days: Record<number, { mails: number; handOffs: number }>;
  /** Messages that have to wait, and that are not sent, by reason. */
  readonly held: Record<string, number>;
  readonly withheld: Record<string, number>;
  /** What leads would answer who do not enter. */
  readonly refused: Record<string, number>;
  entered: number;
  /** On a version that is not published, or stuck. */
  skipped: number;
};

export const nothingAhead = (): CampaignAhead => ({ days: {}, held: {}, withheld: {}, refused: {}, entered: 0, skipped: 0 });

export type AheadAsk = {
  readonly published: Published;
  readonly campaign: string;
  readonly enrol: Extract<Command, { word: 'enrol' }>;
  readonly state: LeadState;
  readonly before: readonly Fact[];
  /** When the person is asked, when the first one is, and how far to look; engine's clock. */
  readonly at: number;
  readonly from: number;
  readonly until: number;
};
const dayMs = 86_400_000;

/** Adds one person, if nobody does anything. */
export function addAhead(ahead: CampaignAhead, { published, campaign, enrol, state, before, at, from, until }: AheadAsk): void {
  try {
    const scene = openScene({ published, state, before, startAt: Math.max(at, state.at), provider: goodWorld(published, ['a rep']) });
    scene.give({ kind: 'command', id: 'campaign-01', command: { ...enrol, campaign }, by: 'campaign', because: 'a look ahead' });
    scene.pass(until);
    add(ahead, campaign, scene.facts(), (moment) => Math.max(0, Math.floor((moment - from) / dayMs)));
  } catch (error) {
    if (!(error instanceof UnknownRef || error instanceof WakeStuck)) throw error;
    ahead.skipped += 1;
  }
}

const more = (counts: Record<string, number>, key: string): void => void (counts[key] = (counts[key] ?? 0) + 1);

function add(ahead: CampaignAhead, campaign: string, facts: readonly Fact[], dayOf: (at: number) => number): void {
  const enrolments = new Set(facts.flatMap((fact) => (fact.type === 'Enrolled' && fact.campaign === campaign ? [fact.enrolment] : [])));
  if (enrolments.size > 0) ahead.entered += 1;
  const day = (at: number) => (ahead.days[dayOf(at)] ??= { mails: 0, handOffs: 0 });
  for (const fact of facts) {
    if (fact.type === 'CommandRecorded' && !fact.answer.ok) more(ahead.refused, fact.answer.says);
    if (!('enrolment' in fact) || fact.enrolment === undefined || !enrolments.has(fact.enrolment)) continue;
    if (fact.type === 'TouchSent') day(fact.recordedAt).mails += 1;
    else if (fact.type === 'HandOffRequested') day(fact.recordedAt).handOffs += 1;
    else if (fact.type === 'TouchHeld') more(ahead.held, fact.because);
    else if (fact.type === 'TouchWithheld') more(ahead.withheld, fact.because);
  }
}
