/** Reads a stream in order and without gaps from any sequence on, over the small NATS port. Knows no library. */
import type { Inflow, Received } from '../../events/ports';
import type { InflowOptions } from './nats-inflow';
import type { Nats, NatsMessage } from './nats-connection';
import { ackTokens, buffered, endedEarly, ns, pause, pull } from './nats-pull';

export interface Reader {
  /** In stream order, without gaps, from `fromSeq` on. Empty only after `stop`. */
  next(max: number): Promise<readonly Received[]>;
  stop(): void;
}
export type ReadFrom = {
  readonly stream: string;
  readonly filter?: string;
  /** Several, instead of one; they must not overlap. */
  readonly filters?: readonly string[];
  readonly fromSeq: number;
};

/** An ephemeral consumer without acks; the server forgets it a minute after the last pull. */
async function open(nats: Nats, { stream, filter, filters }: ReadFrom, seq: number): Promise<string> {
  const config = {
    deliver_policy: 'by_start_sequence',
    opt_start_seq: Math.max(1, seq),
    ack_policy: 'none',
    replay_policy: 'instant',
    mem_storage: true,
    num_replicas: 1,
    inactive_threshold: 60_000 * ns,
    ...(filter === undefined ? {} : { filter_subject: filter }),
    ...(filters === undefined ? {} : { filter_subjects: filters }),
  };
  const reply = await nats.api(`CONSUMER.CREATE.${stream}`, { stream_name: stream, config });
  if (reply.error !== undefined) throw new Error(`NATS would not open ${stream}: ${reply.error.description ?? reply.error.code}`);
  return `${stream}.${String(reply.name)}`;
}

/** Messages of one ephemeral consumer until a gap in its own numbering or a broken link; then `next` answers with nothing. */
function unbroken(nats: Nats, consumer: string, { log, expiresMs = 30_000 }: InflowOptions): Inflow {
  let order = 0;
  let broken = false;
  const inflow = buffered(
    (room, push) => {
      const request = pull(nats, consumer, room, expiresMs, (message) => {
        const tokens = ackTokens(message.reply ?? '');
        if (!broken && tokens.order === order + 1) {
          order += 1;
          push(read(message, tokens));
        } else if (!broken) end();
      });
      void request.ended.then((why) => endedEarly(why) && end());
      return request;
    },
    log,
    consumer,
  );
  const end = (): void => {
    broken = true;
    inflow.stop();
  };
  return inflow;
}

const read = (message: NatsMessage, { seq, storedAt }: { readonly seq: number; readonly storedAt: number }): Received => ({
  subject: message.subject,
  data: message.data,
  seq,
  storedAt,
  deliveries: 1,
  ack: () => Promise.resolve(true),
  giveBack: () => undefined,
});

/** For ever; after a gap or a broken link it starts anew behind the last message it gave. */
export function orderedReader(nats: Nats, from: ReadFrom, options: InflowOptions = {}): Reader {
  let nextSeq = from.fromSeq;
  let current: Inflow | undefined;
  let stopped = false;
  return {
    async next(max) {
      while (!stopped) {
        try {
          current ??= unbroken(nats, await open(nats, from, nextSeq), options);
          const messages = await current.next(max);
          nextSeq = (messages.at(-1)?.seq ?? nextSeq - 1) + 1;
          if (messages.length > 0) return messages;
          current = undefined;
        } catch (error) {
          options.log?.warn(
            { stream: from.stream, says: error instanceof Error ? error.message : String(error) },
            'a reader could not open its stream; it tries again',
          );
          current = undefined;
          await pause(500);
        }
      }
      return [];
    },
    stop() {
      stopped = true;
      current?.stop();
    },
  };
}
