/** The one file that knows the NATS client library: connect, publish, ask, answer, subscribe. Everything else builds on these few words. */
import { connect, createInbox, Events, headers, type Msg, type NatsConnection } from 'nats';
import { NatsAway, type JetStreamApi, type Log, type Publisher } from '../../events/ports';

/** A bare message: `code` is set on what the server says itself (100 heartbeat, 404, 408, 409, 503). */
export type NatsMessage = {
  readonly subject: string;
  readonly data: Uint8Array;
  readonly reply: string | undefined;
  readonly code: number | undefined;
  readonly description: string | undefined;
};

export type PublishAck = { readonly seq: number; readonly duplicate: boolean };

/** Answer to an append with an expected sequence: JetStream's refusals are values. */
export type ExpectedAck = PublishAck | { readonly refused: number; readonly says: string };

export interface Nats extends Publisher, JetStreamApi {
  /** False from the moment the link is seen to be broken until it is back. */
  isUp(): boolean;
  /** Core request-reply; throws `NatsAway` without an answer or without anyone listening. */
  request(subject: string, data: Uint8Array, timeoutMs: number): Promise<Uint8Array>;
  /** Answers requests of a queue group; whatever the handler throws goes to `onError` and the asker times out. Returns stop. */
  serve(subject: string, queue: string, handle: (subject: string, data: Uint8Array) => Promise<Uint8Array>): () => Promise<void>;
  /** Append only while the subject's last sequence is `lastSubjectSequence`. Throws `NatsAway` when no answer came. */
  publishExpecting(subject: string, data: Uint8Array, lastSubjectSequence: number, timeoutMs: number): Promise<ExpectedAck>;
  /** Without a stream's answer. */
  send(subject: string, data: Uint8Array, reply?: string): void;
  subscribe(subject: string, onMessage: (message: NatsMessage) => void): () => void;
  newInbox(): string;
  /** Called at every loss (`false`) and return (`true`) of the link. Returns stop. */
  onLink(listener: (up: boolean) => void): () => void;
  /** Sends what is queued, then closes. */
  close(): Promise<void>;
}

export type NatsOptions = {
  readonly url: string;
  readonly name: string;
  readonly log?: Log;
  /** First connection only; later ones are tried for ever. */ readonly connectTimeoutMs?: number;
};

/** Throws `NatsAway` when there is no server at the address; a link lost later is sought again for ever. */
export async function openNats({ url, name, log, connectTimeoutMs = 5_000 }: NatsOptions): Promise<Nats> {
  const connection = await connect({
    servers: url,
    name,
    timeout: connectTimeoutMs,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    reconnectJitter: 100,
    pingInterval: 10_000,
    maxPingOut: 2,
  }).catch((error: unknown) => {
    throw new NatsAway(`no NATS server answers at ${url.replace(/\/\/[^@/]*@/, '//')}: ${said(error)}`);
  });
  return over(connection, log);
}

const said = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function over(connection: NatsConnection, log: Log | undefined): Nats {
  const link = watchLink(connection, log);

  /** A request that ends when the link does, instead of waiting out its timeout. */
  const ask = async (subject: string, data: Uint8Array, timeoutMs: number, head?: ReturnType<typeof headers>): Promise<Msg> => {
    if (!link.isUp()) throw new NatsAway('the link to NATS is down');
    const answer = connection.request(subject, data, { timeout: timeoutMs, ...(head === undefined ? {} : { headers: head }) });
    return link.whileUp(answer).catch((error: unknown) => {
      throw error instanceof NatsAway ? error : new NatsAway(`NATS did not answer ${subject}: ${said(error)}`);
    });
  };
  const publishWith = async (
    subject: string,
    data: Uint8Array,
    timeoutMs: number,
    name: string,
    value: string | undefined,
  ): Promise<ExpectedAck> => {
    const head = headers();
    if (value !== undefined) head.set(name, value);
    const reply = (await ask(subject, data, timeoutMs, head)).json<{
      seq?: number;
      duplicate?: boolean;
      error?: { err_code?: number; code: number; description?: string };
    }>();
    if (reply.error !== undefined) return { refused: reply.error.err_code ?? reply.error.code, says: reply.error.description ?? '' };
    return { seq: reply.seq ?? 0, duplicate: reply.duplicate ?? false };
  };

  return {
    isUp: link.isUp,
    onLink: link.onLink,
    newInbox: () => createInbox(),
    request: async (subject, data, timeoutMs) => (await ask(subject, data, timeoutMs)).data,
    async publish(subject, data, { msgId, timeoutMs = 5_000 } = {}) {
      const ack = await publishWith(subject, data, timeoutMs, 'Nats-Msg-Id', msgId);
      if ('refused' in ack) throw new NatsAway(`the stream refused ${subject}: ${ack.says}`);
      return ack;
    },
    publishExpecting: (subject, data, last, timeoutMs) =>
      publishWith(subject, data, timeoutMs, 'Nats-Expected-Last-Subject-Sequence', String(last)),
    async api(verb, body) {
      const data = body === undefined ? new Uint8Array() : Buffer.from(JSON.stringify(body));
      return (await ask(`$JS.API.${verb}`, data, 5_000)).json();
    },
    send: (subject, data, reply) => connection.publish(subject, data, reply === undefined ? {} : { reply }),
    subscribe(subject, onMessage) {
      const subscription = connection.subscribe(subject, {
        callback: (error, message) => {
          if (error === null) onMessage(bare(message));
          else log?.error({ subject, says: error.message }, 'NATS refused a subscription');
        },
      });
      return () => subscription.unsubscribe();
    },
    serve(subject, queue, handle) {
      const subscription = connection.subscribe(subject, {
        queue,
        callback: (error, message) => {
          if (error !== null) return void log?.error({ subject, says: error.message }, 'NATS refused a subscription');
          return void handle(message.subject, message.data).then(
            (answer) => message.respond(answer),
            (thrown: unknown) => log?.error({ subject: message.subject, says: said(thrown) }, 'a request could not be answered'),
          );
        },
      });
      return () => subscription.drain();
    },
    async close() {
      if (connection.isClosed()) return;
      await (link.isUp() ? connection.drain() : connection.close());
    },
  };
}

const bare = (message: Msg): NatsMessage => ({
  subject: message.subject,
  data: message.data,
  reply: message.reply,
  code: message.headers !== undefined && message.headers.code > 0 ? message.headers.code : undefined,
  description: message.headers?.description,
});

/** Follows the connection's status; nobody else reads it. */
function watchLink(
  connection: NatsConnection,
  log: Log | undefined,
): { isUp(): boolean; onLink: Nats['onLink']; whileUp<T>(work: Promise<T>): Promise<T> } {
  let up = true;
  const listeners = new Set<(up: boolean) => void>();
  const waiting = new Set<(error: Error) => void>();
  const turn = (now: boolean): void => {
    if (up === now) return;
    up = now;
    if (now) log?.info({}, 'NATS is back');
    else log?.warn({}, 'the link to NATS is down');
    if (!now) for (const reject of [...waiting]) reject(new NatsAway('the link to NATS went down before the answer'));
    for (const listener of [...listeners]) listener(now);
  };
  const follow = async (): Promise<void> => {
    for await (const status of connection.status()) {
      if (status.type === Events.Disconnect) turn(false);
      if (status.type === Events.Reconnect) turn(true);
    }
    turn(false);
  };
  void follow();
  return {
    isUp: () => up && !connection.isClosed(),
    onLink: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    whileUp: (work) =>
      new Promise((resolve, reject) => {
        waiting.add(reject);
        work.then(resolve, reject).finally(() => waiting.delete(reject));
      }),
  };
}
