/** A real Temporal server that skips time for one workflow at a time: how far it is, and fast-forward. Knows no lead. */
import { isGrpcServiceError } from '@temporalio/client';
import type { Connection } from '@temporalio/client';
import { freshTemporal } from './servers';
import type { ExtraServer } from './servers';

/** Experimental in server 1.32; the second line lets timers fire to 10 ms instead of a second. */
const flags = ['frontend.WorkflowTimeSkippingEnabled=true', 'history.timerProcessorMaxTimeShift="10ms"'];

export const skippingTemporal = (): Promise<ExtraServer & { readonly address: string }> =>
  freshTemporal({ extraArgs: flags.flatMap((flag) => ['--dynamic-config-value', flag]) });

export type SkippedTime = {
  /** Moment of the workflow's own clock, epoch ms; `undefined` where it does not run. */
  readonly now: (workflowId: string) => Promise<number | undefined>;
  /** Moves the workflow's clock up to the moment; timers on the way fire, and work they cause is waited for. It may end on the way. Throws where it does not run. */
  readonly forwardTo: (workflowId: string, at: number) => Promise<void>;
};

/** Numbers of the API's enums: a workflow that runs; a fast-forward that was not over when the server stopped waiting, and one that arrived. */
const running = 1;
const notYet = 1;
const arrived = 2;

export function skippedTime({ workflowService: service }: Connection, namespace: string): SkippedTime {
  let serial = 0;
  const now = async (workflowId: string): Promise<number | undefined> => {
    const described = await service.describeWorkflowExecution({ namespace, execution: { workflowId } }).catch(unlessUnknown);
    if (described?.workflowExecutionInfo?.status !== running) return undefined;
    const { currentTime } = described.workflowExtendedInfo?.timeSkippingInfo ?? {};
    return currentTime == null ? Date.now() : Number(currentTime.seconds) * 1_000 + Math.floor((currentTime.nanos ?? 0) / 1e6);
  };
  return {
    now,
    async forwardTo(workflowId, at) {
      const from = await now(workflowId);
      if (from === undefined) throw new Error(`${workflowId} does not run, so its time cannot move`);
      if (at <= from) return;
      const id = `forward-${(serial += 1)}`;
      const duration = { seconds: Math.floor((at - from) / 1_000), nanos: ((at - from) % 1_000) * 1e6 };
      await service.updateWorkflowExecutionOptions({
        namespace,
        workflowExecution: { workflowId },
        workflowExecutionOptions: { timeSkippingConfig: { enabled: true, fastForwardConfig: { id, duration: duration as never } } },
        updateMask: { paths: ['time_skipping_config'] },
      });
      for (;;) {
        const polled = await service.pollWorkflowExecutionTimeSkipping({ namespace, workflowExecution: { workflowId }, fastForwardId: id });
        if (polled.fastForwardPollingResult === notYet) continue;
        // A workflow that ends on the way ends its time, too.
        if (polled.fastForwardPollingResult === arrived || (await now(workflowId)) === undefined) return;
        throw new Error(`the time of ${workflowId} did not move: ${polled.failedReason}`);
      }
    },
  };
}

/** A workflow that never ran has no time either. */
function unlessUnknown(error: unknown): undefined {
  const notFound = 5;
  if (!isGrpcServiceError(error) || error.code !== notFound) throw error;
}
