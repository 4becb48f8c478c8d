/** Many messages of one subject in one go, by a consumer that lives only as long: a get each would cost a round trip each. Knows no library. */
import { NatsAway } from '../../events/ports';
import type { Nats, NatsMessage } from './nats-connection';
import { ackTokens, ns, pull } from './nats-pull';

export type BulkRead = { readonly stream: string; readonly subject: string; readonly fromSeq: number; readonly limit: number };

const patienceMs = 4_000;

/** Oldest first, at most `limit`. In a cluster a replica may answer that lags. Throws `NatsAway`. */
export async function readBulk(
  nats: Nats,
  { stream, subject, fromSeq, limit }: BulkRead,
): Promise<readonly { readonly seq: number; readonly data: Uint8Array }[]> {
  const config = {
    deliver_policy: 'by_start_sequence',
    opt_start_seq: fromSeq,
    ack_policy: 'none',
    replay_policy: 'instant',
    mem_storage: true,
    num_replicas: 1,
    // Forgotten by itself where we die before we delete it.
    inactive_threshold: 5_000 * ns,
    filter_subject: subject,
  };
  const made = await nats.api(`CONSUMER.CREATE.${stream}`, { stream_name: stream, config });
  if (made.error !== undefined) throw new NatsAway(`NATS would not open ${stream}: ${made.error.description ?? made.error.code}`);
  const name = String(made['name']);
  const there = Math.min(limit, Number(made['num_pending']));
  try {
    const messages = await pulled(nats, `${stream}.${name}`, there);
    return messages.map(({ data, reply }) => ({ data, seq: ackTokens(reply ?? '').seq }));
  } finally {
    void nats.api(`CONSUMER.DELETE.${stream}.${name}`).catch(() => undefined); // the server forgets it
  }
}

async function pulled(nats: Nats, consumer: string, count: number): Promise<readonly NatsMessage[]> {
  const messages: NatsMessage[] = [];
  if (count === 0) return messages;
  const why = await pull(nats, consumer, count, patienceMs, (message) => void messages.push(message)).ended;
  if (messages.length < count) throw new NatsAway(`only ${messages.length} of ${count} messages came (${why})`);
  return messages;
}
