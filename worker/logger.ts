/** Logs of every role: JSON lines on standard error, personal data redacted by field name, and the same logger for Temporal's runtime. Knows no role. */
import type { Logger as TemporalLogger, LogLevel, LogMetadata } from '@temporalio/worker';
import { destination as fileDescriptor, pino, type DestinationStream, type Logger } from 'pino';

export type { Logger };

/** Names under which personal data and secrets travel, in the people store's words and in those of providers and of CloudEvents. */
const personal =
  'email address phone name firstName lastName fullName company title street city postcode to recipient envelope html text body ip userAgent profile person addressee';
const secret = 'password token apiKey authorization cookie unsubscribeToken';
const hidden: ReadonlySet<string> = new Set(`${personal} ${secret}`.split(' '));

/** Any depth in one pass: pino's own redaction wants a path a depth and costs 60 microseconds a line with these names, this one two. */
function redacted(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Error) return withoutAddresses(value);
  if (depth > 6) return '[deep]';
  if (Array.isArray(value)) return value.map((entry) => redacted(entry, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [key, hidden.has(key) && entry != null ? '[redacted]' : redacted(entry, depth + 1)]),
  );
}

/** What a child logger always says passes serializers only. */
const censors = Object.fromEntries([...hidden].map((key) => [key, () => '[redacted]']));

/** `level` as in `LOG_LEVEL`. Errors keep message, stack and code, nothing else; messages of log lines themselves must hold no personal data. */
export function createLogger(level: string, destination: DestinationStream = fileDescriptor({ fd: 2, sync: false })): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: (object) => redacted(object) as Record<string, unknown> },
      serializers: { ...censors, err: withoutAddresses, error: withoutAddresses },
    },
    destination,
  );
}

/** Libraries quote addresses in their messages ("550 no such user ada@example.com", "Key (value)=(…) already exists"). */
function withoutAddresses(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { type, message, stack, ...rest } = pino.stdSerializers.err(error) as unknown as {
    type: string;
    message: string;
    stack: string;
    code?: unknown;
  };
  return { type, message: clean(message), stack: clean(stack), ...(rest.code === undefined ? {} : { code: rest.code }) };
}

const clean = (text: string): string =>
  text.replace(/[^\s<>"'(),;:=]+@[^\s<>"'(),;:]+/g, '[redacted]').replace(/Key \(([^)]*)\)=\([^)]*\)/g, 'Key ($1)=([redacted])');

/** For `Runtime.install({ logger })` and the bundler. */
export function temporalLogger(logger: Logger): TemporalLogger {
  const log = (level: LogLevel, message: string, meta: LogMetadata = {}) => logger[levelOf[level]](plain(meta), message);
  return {
    log,
    trace: (message, meta) => log('TRACE', message, meta),
    debug: (message, meta) => log('DEBUG', message, meta),
    info: (message, meta) => log('INFO', message, meta),
    warn: (message, meta) => log('WARN', message, meta),
    error: (message, meta) => log('ERROR', message, meta),
  };
}

const levelOf = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const satisfies Record<LogLevel, string>;

/** Temporal's metadata hold bigints, which JSON refuses, and symbols, which pino drops. */
const plain = (meta: LogMetadata): Record<string, unknown> =>
  Object.fromEntries(Object.entries(meta).map(([key, value]) => [key, typeof value === 'bigint' ? String(value) : value]));
