/** Steps of a campaign's workflow over the people store: what the store answers, in real milliseconds. Knows no workflow. */
import { ApplicationFailure } from '@temporalio/common';
import type { CampaignActivities, CampaignStep } from '../../../workflows/campaign';
import { alive } from '../../one-call';
import { beginRound } from './rounds';
import { campaignStep } from './step';
import type { StepDeps } from './step';
import type { EngineClock } from '../../ports';

export type RunCampaignDeps = Omit<StepDeps, 'now'> & { readonly clock: EngineClock };

/** Nothing is waited for longer than needed, and nothing spins. */
const leastWaitMs = 20;

export function createRunCampaign({ clock, ...deps }: RunCampaignDeps): CampaignActivities {
  const now = (): number => clock.toEngine(Date.now());
  return {
    async stepCampaign({ id }): Promise<CampaignStep> {
      const made = await alive(() => campaignStep({ ...deps, now }, id));
      if (made === undefined) throw ApplicationFailure.nonRetryable(`There is no campaign "${id}".`, 'campaign-unknown');
      const { says, as, at } = made;
      const over = as === 'done' || as === 'stopped';
      return { says, over, ...(at === undefined ? {} : { waitMs: Math.max(leastWaitMs, clock.toReal(at) - Date.now()) }) };
    },
    beginRound: ({ id, at }) => alive(() => beginRound(deps.db, id, clock.toEngine(at))),
  };
}
