/** Messages of a durable consumer over the small NATS port: kept alive while we work, acked with confirmation. Knows no library. */
import type { Inflow, Log, Received } from '../../events/ports';
import type { Nats, NatsMessage } from './nats-connection';
import { ackTokens, buffered, ns, pause, pull } from './nats-pull';

export type InflowOptions = { readonly log?: Log; readonly expiresMs?: number };

/** Messages of a durable consumer. Unacked ones are kept alive every third of `ackWaitMs` until acked, given back or `stop`. */
export function durableInflow(
  nats: Nats,
  consumer: { readonly stream: string; readonly durable_name: string; readonly ack_wait: number },
  { log, expiresMs = 30_000 }: InflowOptions = {},
): Inflow {
  const name = `${consumer.stream}.${consumer.durable_name}`;
  const alive = new Set<string>();
  const working = Buffer.from('+WPI');
  const keepAlive = setInterval(
    () => {
      if (nats.isUp()) for (const reply of alive) nats.send(reply, working);
    },
    consumer.ack_wait / ns / 3,
  );
  const received = (message: NatsMessage): Received => {
    const reply = message.reply ?? '';
    const { deliveries, seq, storedAt } = ackTokens(reply);
    alive.add(reply);
    return {
      subject: message.subject,
      data: message.data,
      seq,
      storedAt,
      deliveries,
      ack: () => confirmedAck(nats, reply, () => alive.delete(reply)),
      giveBack: (afterMs) => {
        if (alive.delete(reply) && nats.isUp())
          nats.send(reply, afterMs > 0 ? Buffer.from(`-NAK ${JSON.stringify({ delay: afterMs * ns })}`) : Buffer.from('-NAK'));
      },
    };
  };
  const inflow = buffered((room, push) => pull(nats, name, room, expiresMs, (message) => push(received(message))), log, name);
  return {
    next: inflow.next,
    stop: () => {
      inflow.stop();
      clearInterval(keepAlive);
    },
  };
}

/** Asked for again, for nine seconds, after a broken link: an ack that never arrived would bring a message back that is done. */
async function confirmedAck(nats: Nats, reply: string, done: () => void): Promise<boolean> {
  for (let attempt = 0; attempt < 8; attempt++) {
    try {
      await nats.request(reply, Buffer.from('+ACK'), 5_000);
      done();
      return true;
    } catch {
      // Only NatsAway comes here; the message is redelivered if every attempt fails, and leads know an event they had.
      await pause(250 * (attempt + 1));
    }
  }
  done();
  return false;
}
