/**
 * The shell of one campaign (workflow id `campaign/<id>`): steps until the store says that it is over. Who is taken, who was asked and what is held
 * stands in the store, so a run may be killed, repeated or started anew at any moment. Knows no query and no rules.
 */
import { condition, continueAsNew, proxyActivities, setCurrentDetails, setHandler, workflowInfo } from '@temporalio/workflow';
import { lookSignal } from './messages';

/** `round`: begin a round of this recurring campaign and go through that one. */
export type CampaignInput = { readonly id: string; readonly round?: boolean };

/** What a step comes to; `waitMs` on the real clock, absent = until somebody says so. */
export type CampaignStep = { readonly says: string; readonly over: boolean; readonly waitMs?: number };

export interface CampaignActivities {
  /** Asks the next members to enter. Safe to repeat. */
  stepCampaign(input: { readonly id: string }): Promise<CampaignStep>;
  /** Makes the round of a recurring campaign that begins at this moment (real clock), once; `undefined` where the campaign is over. */
  beginRound(input: { readonly id: string; readonly at: number }): Promise<string | undefined>;
}

const activities = proxyActivities<CampaignActivities>({
  startToCloseTimeout: '5 minutes',
  // A worker that was killed in a step is missed soon.
  heartbeatTimeout: '15 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
  summary: 'who is next',
  // Behind whatever a lead waits for.
  priority: { priorityKey: 5 },
});
const manyEvents = 500;
/** Somebody may have said something while Temporal was away. */
const lookAnywayMs = 5 * 60_000;
/** So that campaigns begun together do not step together. */
const jitter = (): number => 0.9 + 0.2 * Math.random();

export async function campaign({ id: named, round = false }: CampaignInput): Promise<string> {
  let rung = false;
  setHandler(lookSignal, () => void (rung = true));
  const id = round ? await activities.beginRound({ id: named, at: workflowInfo().startTime.getTime() }) : named;
  if (id === undefined) return 'The campaign is over; no round begins.';
  for (;;) {
    rung = false;
    const { says, over, waitMs = lookAnywayMs } = await activities.stepCampaign({ id });
    setCurrentDetails(`**Campaign ${id}**\n\n${says}`);
    if (over) return says;
    await condition(() => rung, Math.max(1, Math.round(Math.min(waitMs, lookAnywayMs) * jitter())));
    if (workflowInfo().historyLength > manyEvents) await continueAsNew<typeof campaign>({ id });
  }
}
