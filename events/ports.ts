/** What router, intake, projector and the rejected list need of the outside world; bound in `worker`. Knows no library. */
import type { Input } from '../workflows/core/inputs';
import type { Identity } from './hashes';
import type { Who } from './engagement';
import type { ProblemCode } from './problems';

/** NATS does not answer, or the link is known to be down. */
export class NatsAway extends Error {
  override name = 'NatsAway';
}

/** A message of a stream on its way through us. */
export type Received = {
  readonly subject: string;
  readonly data: Uint8Array;
  /** Stream sequence. */
  readonly seq: number;
  /** When the stream took it, epoch ms, real clock. */
  readonly storedAt: number;
  /** 1 for the first delivery. */
  readonly deliveries: number;
  /** Resolves true when the server confirmed; false = it may come again. Never throws. */
  ack(): Promise<boolean>;
  /** Give it back, to be delivered again after so long. */
  giveBack(afterMs: number): void;
};

/** Messages of one consumer, pulled as there is room. Messages handed out are kept alive until acked or given back. */
export interface Inflow {
  /** At least one and at most `max` messages; waits for them. Empty only after `stop`. */
  next(max: number): Promise<readonly Received[]>;
  /** Pull no more; what is buffered and not handed out goes back at once. */
  stop(): void;
}

export interface Publisher {
  /** Resolves when the stream has it; throws `NatsAway` when nobody says so in time. */
  publish(
    subject: string,
    data: Uint8Array,
    options?: { readonly msgId?: string; readonly timeoutMs?: number },
  ): Promise<{ readonly seq: number; readonly duplicate: boolean }>;
}

/** What of a stream matches one of the subjects, from a sequence on to the stream's end of this moment. */
export type ScanOf = { readonly stream: string; readonly subjects: readonly string[]; readonly fromSeq: number };
export interface StreamScan {
  /** `take` gets messages in stream order and answers whether to go on. Resolves with the sequence to go on from, `undefined` at the end. Throws `NatsAway`. */
  scan(of: ScanOf, take: (messages: readonly Received[]) => Promise<boolean>): Promise<number | undefined>;
}

/** JetStream's JSON API, `verb` without its prefix (`STREAM.INFO.FACTS`). Errors of the API are returned, a silent server throws `NatsAway`. */
export interface JetStreamApi {
  api(verb: string, body?: unknown): Promise<Readonly<Record<string, unknown>> & { readonly error?: ApiError }>;
}
export type ApiError = { readonly code: number; readonly err_code?: number; readonly description?: string };

/** Whose event it is; `undefined` = nobody we know. */
export type Identified = { readonly as: 'lead'; readonly leadId: string } | { readonly as: 'erased' } | undefined;
export interface Identifier {
  /** One query for all of them; answers in the same order. Throws when the people store is away. */
  identify(identities: readonly Identity[]): Promise<readonly Identified[]>;
}

/** How handing a batch to a lead ended. Anything thrown is tried again a few times. */
export type Delivered =
  /** `ahead`: without asking Temporal, which may be away. */
  | { readonly as: 'delivered'; readonly ahead?: true }
  /** Not a failure: ask again after so long, with what has gathered meanwhile. */
  | { readonly as: 'later'; readonly afterMs: number; readonly says: string }
  /** Nobody gets through: Temporal is away or asks us to slow down. */
  | { readonly as: 'away'; readonly says: string }
  /** This lead never takes it. */
  | { readonly as: 'refused'; readonly code: ProblemCode; readonly says: string };
export interface LeadDoor {
  /** One signalWithStart; at most 100 inputs. None: the lead looks at its log. */
  deliver(leadId: string, inputs: readonly Input[]): Promise<Delivered>;
}

export interface AnonymousStore {
  /** Keeps what an unidentified visitor did until they say who they are; `lead` when that happened meanwhile. */
  keepAnonymous(event: {
    readonly anonymous: string;
    readonly input: Input;
  }): Promise<{ readonly as: 'kept' } | { readonly as: 'lead'; readonly leadId: string }>;
  /** The visitor said who they are: what they did before goes to the lead, by exactly one side. Returns how many events; 0 when it was claimed before. */
  claim(visitor: { readonly anonymous: string; readonly leadId: string }): Promise<number>;
}

export type OptOut = {
  readonly who: Who;
  readonly because: 'unsubscribed' | 'complained' | 'bounced';
  /** Engine's clock. */
  readonly occurredAt: number;
  /** CloudEvents source and id, as evidence. */
  readonly source: string;
  readonly id: string;
};
export interface OptOuts {
  /** In the people store before it resolves; repeats change nothing. */
  recordOptOut(optOut: OptOut): Promise<void>;
}

export type RejectedRecord = {
  readonly code: string;
  readonly identityHash?: string;
  /** Where in the message, `data.form`. */
  readonly path?: string;
  readonly says: string;
  /** The message as it came: parsed JSON, or text where it is none. */
  readonly original: unknown;
  /** Subject the original was published to; absent for what never was a message. */
  readonly subject?: string;
  /** Makes a repeated record of the same message one. */
  readonly msgId?: string;
};
export interface RejectedSink {
  reject(record: RejectedRecord): Promise<void>;
}

/** Maps the real clock to the engine's. */
export type ToEngine = (realAt: number) => number;

export interface Log {
  info(fields: Readonly<Record<string, unknown>>, says: string): void;
  warn(fields: Readonly<Record<string, unknown>>, says: string): void;
  error(fields: Readonly<Record<string, unknown>>, says: string): void;
}
