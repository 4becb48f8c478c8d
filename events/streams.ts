/** The streams and their durable consumers as data, and how a server is brought to hold them. Knows no client library. */
import type { ApiError, JetStreamApi } from './ports';
import { streamNames } from './subjects';

const second = 1_000_000_000;
const day = 86_400 * second;

/** In JetStream's own words; only fields named here are ours to set, the rest (replicas, placement) is the operator's. */
export type StreamConfig = {
  readonly name: string;
  readonly description: string;
  readonly subjects: readonly string[];
  /** Nanoseconds; 0 = for ever. */
  readonly max_age: number;
  readonly duplicate_window: number;
  readonly max_msg_size: number;
  readonly allow_direct: boolean;
};

/** Deliveries that failed so often that the server gave up; the router moves them to REJECTED. */
export const strandedStream = 'STRANDED';

export const streams: readonly StreamConfig[] = [
  {
    name: streamNames.engagement,
    description: 'What people did; may hold addresses, so it is short-lived',
    subjects: ['engagement.>'],
    max_age: 30 * day,
    duplicate_window: 300 * second,
    max_msg_size: 131_072,
    allow_direct: false,
  },
  {
    // Direct gets may be answered by a replica that lags: the protocol's reads go to the leader.
    name: streamNames.facts,
    description: 'What the engine concluded; no personal data; kept for ever',
    subjects: ['facts.>'],
    max_age: 0,
    duplicate_window: 120 * second,
    max_msg_size: 524_288,
    allow_direct: false,
  },
  {
    name: streamNames.rejected,
    description: 'What could not be taken, with code and original',
    subjects: ['rejected.>'],
    max_age: 30 * day,
    duplicate_window: 3_600 * second,
    max_msg_size: 1_000_000,
    allow_direct: false,
  },
  {
    name: strandedStream,
    description: 'Advisories of messages that the server stopped delivering',
    subjects: [`$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.${streamNames.engagement}.*`],
    max_age: 30 * day,
    duplicate_window: 120 * second,
    max_msg_size: 65_536,
    allow_direct: false,
  },
];

export type ConsumerConfig = {
  readonly stream: string;
  readonly durable_name: string;
  readonly description: string;
  readonly filter_subjects?: readonly string[];
  readonly ack_wait: number;
  readonly max_deliver: number;
  readonly max_ack_pending: number;
};

/** The projector has none: it reads FACTS from its own checkpoint, so a restored database misses nothing and two projectors cannot split the stream. */
export const consumers = {
  router: {
    stream: streamNames.engagement,
    durable_name: 'router',
    description: 'Brings events to their leads',
    ack_wait: 30 * second,
    max_deliver: 50,
    max_ack_pending: 5_000,
  },
  optouts: {
    stream: streamNames.engagement,
    durable_name: 'optouts',
    description: 'Brings opt-outs, complaints and bounces to the people store',
    filter_subjects: ['engagement.email.unsubscribed.*', 'engagement.email.complained.*', 'engagement.email.bounced.*'],
    ack_wait: 30 * second,
    max_deliver: -1,
    max_ack_pending: 1_000,
  },
  stranded: {
    stream: strandedStream,
    durable_name: 'stranded',
    description: 'Moves what was given up to REJECTED',
    ack_wait: 30 * second,
    max_deliver: -1,
    max_ack_pending: 100,
  },
} as const satisfies Readonly<Record<string, ConsumerConfig>>;

export class StreamsRefused extends Error {
  override name = 'StreamsRefused';
}

const ownStream = { storage: 'file', retention: 'limits', discard: 'old' } as const;
const ownConsumer = { deliver_policy: 'all', ack_policy: 'explicit', replay_policy: 'instant' } as const;
const missing = (error: ApiError | undefined): boolean => error?.err_code === 10059 || error?.err_code === 10014;

/** Creates what is absent, updates what differs, leaves the rest. Returns what it did, in words. */
export async function ensureStreams(
  js: JetStreamApi,
  wanted: { readonly streams?: readonly StreamConfig[]; readonly consumers?: readonly ConsumerConfig[]; readonly replicas?: number } = {},
): Promise<readonly string[]> {
  const done: string[] = [];
  for (const config of wanted.streams ?? streams) done.push(...(await ensureStream(js, config, wanted.replicas)));
  for (const config of wanted.consumers ?? Object.values(consumers)) done.push(...(await ensureConsumer(js, config)));
  return done;
}

async function ensureStream(js: JetStreamApi, config: StreamConfig, replicas: number | undefined): Promise<readonly string[]> {
  const info = await js.api(`STREAM.INFO.${config.name}`);
  if (missing(info.error)) {
    await accepted(js, `STREAM.CREATE.${config.name}`, { ...ownStream, num_replicas: replicas ?? 1, ...config });
    return [`stream ${config.name} created`];
  }
  const held = heldConfig(info, config.name);
  if (!differs(held, config)) return [];
  await accepted(js, `STREAM.UPDATE.${config.name}`, { ...held, ...config });
  return [`stream ${config.name} updated`];
}

async function ensureConsumer(js: JetStreamApi, { stream, ...config }: ConsumerConfig): Promise<readonly string[]> {
  const name = config.durable_name;
  const info = await js.api(`CONSUMER.INFO.${stream}.${name}`);
  if (missing(info.error)) {
    await accepted(js, `CONSUMER.CREATE.${stream}.${name}`, { stream_name: stream, config: { ...ownConsumer, name, ...config } });
    return [`consumer ${stream}/${name} created`];
  }
  const held = heldConfig(info, name);
  if (!differs(held, config)) return [];
  await accepted(js, `CONSUMER.CREATE.${stream}.${name}`, { stream_name: stream, config: { ...held, ...config }, action: 'update' });
  return [`consumer ${stream}/${name} updated`];
}

type Info = Awaited<ReturnType<JetStreamApi['api']>>;

function heldConfig(info: Info, name: string): Readonly<Record<string, unknown>> {
  if (info.error !== undefined) throw new StreamsRefused(`NATS would not show ${name}: ${info.error.description ?? info.error.code}`);
  return info.config as Readonly<Record<string, unknown>>;
}

/** The server leaves falsy fields out of what it shows. */
const differs = (held: Readonly<Record<string, unknown>>, wanted: object): boolean =>
  Object.entries(wanted).some(
    ([field, value]) =>
      JSON.stringify(held[field] ?? (typeof value === 'boolean' ? false : typeof value === 'number' ? 0 : undefined)) !==
      JSON.stringify(value),
  );

async function accepted(js: JetStreamApi, verb: string, body: unknown): Promise<void> {
  const reply = await js.api(verb, body);
  if (reply.error !== undefined) throw new StreamsRefused(`NATS refused ${verb}: ${reply.error.description ?? reply.error.code}`);
}
