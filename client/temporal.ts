/** The door to Temporal: a connection with credentials, deadlines, and what went wrong as a refusal. Opens on first use; knows no workflow. */
import { Client, Connection, isGrpcServiceError, ServiceError } from '@temporalio/client';
import type { ConnectionOptions } from '@temporalio/client';
import { readFile } from 'node:fs/promises';
import { temporalAwayCode } from './away';
import type { Environment, Whereabouts } from './addresses';
import { failed, messageOf, Refusal } from './refusal';

/** Ends with `Refusal` where Temporal does not answer in so many milliseconds, or refuses. */
export type Within = <T>(ms: number, work: () => Promise<T>) => Promise<T>;
export type Temporal = { readonly client: Client; readonly within: Within; readonly close: () => Promise<void> };

export async function openTemporal(where: Whereabouts, environment: Environment): Promise<Temporal> {
  const address = where.address('TEMPORAL_ADDRESS');
  const connection = await Connection.connect({ ...(await credentials(environment)), address, connectTimeout: 3_000 }).catch(
    (error: unknown) => {
      throw away(address, error);
    },
  );
  const client = new Client({ connection, namespace: where.namespace });
  const within: Within = <T>(ms: number, work: () => Promise<T>): Promise<T> =>
    connection.withDeadline(Date.now() + ms, work).catch((error: unknown) => {
      throw error instanceof ServiceError || isGrpcServiceError(error) || isNamespaceUnknown(error) ? refusalOf(address, error) : error;
    });
  return { client, within, close: () => connection.close() };
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
