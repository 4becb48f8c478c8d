/** The leads' workflows over Temporal: words to one of them, its view, lists of many. Knows no command. */
import { WithStartWorkflowOperation, WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError } from '@temporalio/client';
import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import {
  commandUpdate,
  leadIdOf,
  nurtureQueue,
  receiveSignal,
  releaseUpdate,
  repairUpdate,
  viewQuery,
  workflowIdOf,
} from '../workflows/messages';
import { temporalAwayCode } from './away';
import type { Leads, ListedLead } from './ports';
import { failed, messageOf, Refusal } from './refusal';
import type { Temporal, Within } from './temporal';

/** The workflow answers within 15 s, "pending" included. */
const commandPatienceMs = 25_000;
const patienceMs = 5_000;

const startOf = (leadId: string) => ({
  workflowId: workflowIdOf(leadId),
  taskQueue: nurtureQueue,
  args: [{ leadId }],
  memo: { lead: leadId },
  staticSummary: 'One lead being nurtured; the current details say why it waits.',
});

export function leadsOver({ client, within }: Temporal): Leads {
  const handle = (leadId: string) => client.workflow.getHandle(workflowIdOf(leadId));
  return {
    command: (leadId, command) =>
      answered(command.id, () =>
        within(commandPatienceMs, () =>
          client.workflow.executeUpdateWithStart(commandUpdate, {
            startWorkflowOperation: new WithStartWorkflowOperation('nurtureLead', {
              ...startOf(leadId),
              workflowIdConflictPolicy: 'USE_EXISTING',
            }),
            args: [command],
            updateId: command.id,
          }),
        ),
      ),
    repair: (leadId, why) =>
      answered(undefined, () => within(commandPatienceMs, () => handle(leadId).executeUpdate(repairUpdate, { args: [why] }))),
    async view(leadId) {
      try {
        return await connectionQuery(within, () => handle(leadId).query(viewQuery));
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return undefined;
        throw error;
      }
    },
    async isRunning(leadId) {
      try {
        return (await within(patienceMs, () => handle(leadId).describe())).status.name === 'RUNNING';
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return false;
        throw error;
      }
    },
    list: (query, limit) => within(patienceMs * 2, () => listed(client, query, limit)),
    async terminate(leadId, because) {
      try {
        await within(patienceMs, () => handle(leadId).terminate(because));
        return true;
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return false;
        throw error;
      }
    },
    async startHeld(leadId) {
      // The router may have woken it in the same moment, and that run would not wait.
      await within(patienceMs, () =>
        client.workflow.start('nurtureLead', {
          ...startOf(leadId),
          args: [{ leadId, held: true }],
          workflowIdConflictPolicy: 'TERMINATE_EXISTING',
        }),
      );
    },
    async deliver(leadId, inputs) {
      await within(patienceMs, () => handle(leadId).signal(receiveSignal, inputs));
    },
    release: (leadId) => answered(undefined, () => within(commandPatienceMs, () => handle(leadId).executeUpdate(releaseUpdate))),
  };
}

async function answered<T>(id: string | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError)
      throw new Refusal(
        `No worker answered for this lead. Start one (\`ripen up\`), then repeat the command${id === undefined ? '' : ` with --id ${id}; repeated so, it counts once`}.`,
        1,
        temporalAwayCode,
      );
    if (error instanceof WorkflowUpdateFailedError) throw failed(messageOf(error.cause ?? error));
    throw error;
  }
}

/** A closed run answers queries too, from its history; without a worker the query ends in time. */
async function connectionQuery<T>(within: Within, query: () => Promise<T>): Promise<T | undefined> {
  try {
    return await within(patienceMs, query);
  } catch (error) {
    if (error instanceof Refusal || (error instanceof Error && error.name === 'QueryNotRegisteredError')) return undefined;
    throw error;
  }
}

async function listed(client: Client, query: string, limit: number): Promise<readonly ListedLead[]> {
  const found: ListedLead[] = [];
  for await (const info of client.workflow.list({ query, pageSize: Math.min(limit, 200) })) {
    const lead = leadOf(info);
    if (lead !== undefined) found.push(lead);
    if (found.length >= limit) break;
  }
  return found;
}

/** Attributes come as lists; dates as Date. */
function leadOf(info: WorkflowExecutionInfo): ListedLead | undefined {
  const leadId = leadIdOf(info.workflowId);
  if (leadId === undefined) return undefined;
  // oxlint-disable-next-line typescript/no-deprecated -- the typed attributes leave out what the client was not told the type of
  const all = info.searchAttributes as Readonly<Record<string, readonly (string | number | Date)[] | undefined>>;
  const text = (name: string): string | undefined => (all[name]?.[0] === undefined ? undefined : String(all[name]?.[0]));
  const texts = (name: string): readonly string[] => (all[name] ?? []).map(String);
  const at = (name: string): number | undefined => (all[name]?.[0] === undefined ? undefined : new Date(all[name][0]).getTime());
  const entries = Object.entries({
    waitingFor: text('LeadWaitingFor'),
    stage: text('LeadStage'),
    phase: text('LeadPhase'),
    rep: text('LeadRep'),
    problem: text('LeadProblem'),
    dueAt: at('LeadDueAt'),
    slaDueAt: at('LeadSlaDueAt'),
  }).filter(([, value]) => value !== undefined);
  const reported = texts('TemporalReportedProblems');
  return {
    leadId,
    sequences: texts('LeadSequence'),
    startedAt: info.startTime.getTime(),
    ...(reported.length === 0 ? {} : { reported }),
    ...Object.fromEntries(entries),
  };
}
