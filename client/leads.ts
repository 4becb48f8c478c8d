/** The leads' workflows over Temporal: words to one of them, its view, lists of many. Opens on first use; knows no command. */
import {
  Client,
  Connection,
  isGrpcServiceError,
  ServiceError,
  WithStartWorkflowOperation,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import type { ConnectionOptions, WorkflowExecutionInfo } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import { readFile } from 'node:fs/promises';
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
import type { Environment, Whereabouts } from './addresses';
import type { Leads, ListedLead } from './ports';
import { failed, messageOf, Refusal } from './refusal';

/** The workflow answers within 15 s, "pending" included. */
const commandPatienceMs = 25_000;
const patienceMs = 5_000;

export async function openLeads(where: Whereabouts, environment: Environment): Promise<Leads & { readonly close: () => Promise<void> }> {
  const address = where.address('TEMPORAL_ADDRESS');
  const connection = await Connection.connect({ ...(await credentials(environment)), address, connectTimeout: 3_000 }).catch(
    (error: unknown) => {
      throw away(address, error);
    },
  );
  const client = new Client({ connection, namespace: where.namespace });
  const within = <T>(ms: number, work: () => Promise<T>): Promise<T> =>
    connection.withDeadline(Date.now() + ms, work).catch((error: unknown) => {
      throw error instanceof ServiceError || isGrpcServiceError(error) || isNamespaceUnknown(error) ? refusalOf(address, error) : error;
    });
  return { ...over(client, within), close: () => connection.close() };
}

async function credentials(environment: Environment): Promise<Pick<ConnectionOptions, 'apiKey' | 'tls'>> {
  const { TEMPORAL_API_KEY: apiKey, TEMPORAL_TLS_CERT: crt, TEMPORAL_TLS_KEY: key } = environment;
  if (crt !== undefined && crt !== '' && key !== undefined && key !== '')
    return { tls: { clientCertPair: { crt: await readFile(crt), key: await readFile(key) } } };
  return apiKey === undefined || apiKey === '' ? {} : { apiKey, tls: true };
}

/** gRPC's code of an error or of what caused it. */
function grpcCode(error: unknown): number | undefined {
  const own = isGrpcServiceError(error) ? error.code : undefined;
  return own ?? (error instanceof Error && isGrpcServiceError(error.cause) ? error.cause.code : undefined);
}
const invalidArgument = 3;
const notFound = 5;
const denied: ReadonlySet<number | undefined> = new Set([7, 16]);

const isNamespaceUnknown = (error: unknown): boolean => error instanceof Error && error.name === 'NamespaceNotFoundError';

function refusalOf(address: string, error: unknown): Refusal {
  const code = grpcCode(error);
  if (code === invalidArgument)
    return failed(
      `Temporal refused the question (${firstLine(error)}). If it does not know what leads are filtered by, run \`ripen search-attributes\`.`,
    );
  if (denied.has(code))
    return failed(
      `Temporal at ${address} does not let us in (${firstLine(error)}). See TEMPORAL_API_KEY, TEMPORAL_TLS_CERT and TEMPORAL_TLS_KEY.`,
    );
  if (code === notFound || isNamespaceUnknown(error))
    return failed(`Temporal at ${address} does not know what was asked for (${firstLine(error)}). See TEMPORAL_NAMESPACE.`);
  return away(address, error);
}

const away = (address: string, error: unknown): Refusal =>
  new Refusal(
    `Temporal does not answer at ${address} (${firstLine(error)}). Start everything with \`ripen up\`, or correct TEMPORAL_ADDRESS.`,
    1,
    temporalAwayCode,
  );
const firstLine = (error: unknown): string => {
  const cause = error instanceof Error && error.cause !== undefined ? messageOf(error.cause) : messageOf(error);
  return cause.split('\n', 1)[0] ?? '';
};

type Within = <T>(ms: number, work: () => Promise<T>) => Promise<T>;

const startOf = (leadId: string) => ({
  workflowId: workflowIdOf(leadId),
  taskQueue: nurtureQueue,
  args: [{ leadId }],
  memo: { lead: leadId },
  staticSummary: 'One lead being nurtured; the current details say why it waits.',
});

function over(client: Client, within: Within): Leads {
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
