/** The campaigns' workflows over Temporal: begin, look, rounds by a schedule. Knows no command. */
import { ScheduleAlreadyRunning, ScheduleNotFoundError, ScheduleOverlapPolicy } from '@temporalio/client';
import { campaignWorkflowId, lookSignal, nurtureQueue } from '../workflows/messages';
import type { Campaigns } from './ports';
import type { Temporal } from './temporal';

const patienceMs = 10_000;
const staticSummary = 'One campaign: asks its members to enter its sequence.';

export function campaignsOver({ client, within }: Temporal): Campaigns {
  return {
    async look(id) {
      await within(patienceMs, () =>
        client.workflow.signalWithStart('campaign', {
          workflowId: campaignWorkflowId(id),
          taskQueue: nurtureQueue,
          args: [{ id }],
          signal: lookSignal,
          signalArgs: [],
          staticSummary,
        }),
      );
    },
    async schedule(id, cron) {
      try {
        await within(patienceMs, () =>
          client.schedule.create({
            scheduleId: campaignWorkflowId(id),
            spec: { cronExpressions: [cron] },
            action: {
              type: 'startWorkflow',
              workflowType: 'campaign',
              workflowId: `${campaignWorkflowId(id)}/round`,
              taskQueue: nurtureQueue,
              args: [{ id, round: true }],
              staticSummary,
            },
            // A round that is still enrolling does not keep the next from beginning: each has members of its own.
            policies: { overlap: ScheduleOverlapPolicy.ALLOW_ALL, catchupWindow: '1 day' },
          }),
        );
      } catch (error) {
        if (!(error instanceof ScheduleAlreadyRunning)) throw error;
      }
    },
    async unschedule(id) {
      try {
        await within(patienceMs, () => client.schedule.getHandle(campaignWorkflowId(id)).delete());
        return true;
      } catch (error) {
        if (error instanceof ScheduleNotFoundError) return false;
        throw error;
      }
    },
  };
}
