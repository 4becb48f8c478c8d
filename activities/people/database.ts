/** The people store's door to Postgres: a pool, transactions that try again when they collide, and one name for "it does not answer". Knows no table. */
import { Pool, types, type PoolClient } from 'pg';

/** Postgres did not answer, or the connection broke: `database-away`. The work may or may not have been done. */
export class DatabaseAway extends Error {
  override name = 'DatabaseAway';
  readonly code = 'database-away';
}

export type Client = Pick<PoolClient, 'query'>;

export type Database = Pick<Pool, 'query' | 'connect'> & {
  /** Committed when `work` resolves; repeated from its start after a deadlock, so it must do nothing but query. `dry`: rolled back in the end. */
  transaction<T>(work: (client: Client) => Promise<T>, how?: { readonly dry?: boolean }): Promise<T>;
  close(): Promise<void>;
};

export type DatabaseOptions = {
  readonly max?: number;
  /** A connection that nobody was using broke; the pool replaces it. */
  readonly onBroken?: (error: Error) => void;
};

const int8 = 20;
/** Epoch milliseconds and counts stay far below 2^53. */
const parsers = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === int8 ? Number : types.getTypeParser(oid, format as 'text')) as typeof types.getTypeParser,
};
const mostAttempts = 6;

export function openDatabase(url: string, { max = 10, onBroken = () => undefined }: DatabaseOptions = {}): Database {
  const pool = new Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    statement_timeout: 60_000,
    types: parsers,
  });
  pool.on('error', onBroken);
  // A client in use that breaks would end the process; its queries are refused anyway.
  pool.on('connect', (client) => void client.on('error', onBroken));
  const named = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      throw isAway(error) ? new DatabaseAway(`Postgres does not answer: ${(error as Error).message}`, { cause: error }) : error;
    }
  };
  const connect = (): Promise<PoolClient> => named(pool.connect());
  const query = (...args: unknown[]): Promise<unknown> => named((pool.query as (...args: unknown[]) => Promise<unknown>).apply(pool, args));

  return {
    query: query as Pool['query'],
    connect: connect as Pool['connect'],
    close: () => pool.end(),
    async transaction(work, { dry = false } = {}) {
      for (let attempt = 1; ; attempt++) {
        try {
          return await named(inTransaction(await connect(), work, dry));
        } catch (error) {
          if (!collided(error) || attempt >= mostAttempts) throw error;
          await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** attempt));
        }
      }
    },
  };
}

async function inTransaction<T>(client: PoolClient, work: (client: Client) => Promise<T>, dry: boolean): Promise<T> {
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query(dry ? 'rollback' : 'commit');
    return result;
  } catch (error) {
    broken = await client.query('rollback').then(
      () => undefined,
      (failed: Error) => failed,
    );
    throw error;
  } finally {
    client.release(broken);
  }
}

const codeOf = (error: unknown): string => {
  const code: unknown = (error as { readonly code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
};
/** Serialization failure and deadlock. */
const collided = (error: unknown): boolean => ['40001', '40P01'].includes(codeOf(error));
const awayCodes = /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|08...|57P0[123]|53300)$/;
const isAway = (error: unknown): boolean =>
  awayCodes.test(codeOf(error)) ||
  (error instanceof AggregateError && error.errors.some(isAway)) ||
  (error instanceof Error &&
    /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/.test(error.message));
