/** Pull requests over the small NATS port, and the queue they fill: what durable inflow and ordered reader share. Knows no library. */
import type { Inflow, Log, Received } from '../../events/ports';
import type { Nats, NatsMessage } from './nats-connection';

/** Nanoseconds in a millisecond; JetStream counts in nanoseconds. */
export const ns = 1_000_000;
const encode = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

/** `$JS.ACK.<stream>.<consumer>.<deliveries>.<seq>.<consumer seq>.<ns>.<pending>`; newer servers put domain and account hash before the stream. */
export function ackTokens(reply: string): {
  readonly deliveries: number;
  readonly seq: number;
  readonly order: number;
  readonly storedAt: number;
} {
  const tokens = reply.split('.');
  const from = tokens.length === 9 ? 4 : 6;
  const at = (index: number): number => Number(tokens[from + index]);
  return { deliveries: at(0), seq: at(1), order: at(2), storedAt: Math.floor(at(3) / ns) };
}

export type Pull = { readonly stop: () => void; readonly ended: Promise<string> };

/** One pull request: messages as they come, until `batch` of them, expiry, silence or a broken link. `ended` says which. */
export function pull(nats: Nats, consumer: string, batch: number, expiresMs: number, onMessage: (message: NatsMessage) => void): Pull {
  // What is sent on a broken link may be forgotten, and the silence after it would cost many seconds.
  if (!nats.isUp()) return { stop: () => undefined, ended: Promise.resolve('link down') };
  const inbox = nats.newInbox();
  const beatMs = Math.min(5_000, Math.floor(expiresMs / 2));
  let left = batch;
  let heardAt = Date.now();
  let end: (why: string) => void = () => undefined;
  const ended = new Promise<string>((resolve) => (end = resolve));
  const unsubscribe = nats.subscribe(inbox, (message) => {
    heardAt = Date.now();
    if (message.code === undefined) {
      onMessage(message);
      if (--left === 0) end('full');
    } else if (message.code !== 100)
      end(message.code === 408 || message.code === 404 ? 'expired' : `${message.code} ${message.description ?? ''}`.trim());
  });
  const silence = setInterval(() => {
    if (Date.now() - heardAt > beatMs * 2.5) end('silent');
  }, beatMs);
  const unlisten = nats.onLink((up) => void (up || end('link down')));
  nats.send(`$JS.API.CONSUMER.MSG.NEXT.${consumer}`, encode({ batch, expires: expiresMs * ns, idle_heartbeat: beatMs * ns }), inbox);
  void ended.then(() => {
    clearInterval(silence);
    unlisten();
    unsubscribe();
  });
  return { stop: () => end('stopped'), ended };
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Not by count, expiry or `stop`. */
export const endedEarly = (why: string): boolean => why !== 'full' && why !== 'expired' && why !== 'stopped';

/** A queue that a pull fills and `next` empties. */
export function buffered(refill: (room: number, push: (message: Received) => void) => Pull, log: Log | undefined, name: string): Inflow {
  let buffer: Received[] = [];
  let stopped = false;
  let running: Pull | undefined;
  let wake: () => void = () => undefined;

  const keepPulling = async (room: number): Promise<void> => {
    running = refill(room, (message) => {
      buffer.push(message);
      wake();
    });
    const why = await running.ended;
    // A missing consumer or a broken link would otherwise be asked thousands of times a second.
    if (endedEarly(why)) {
      if (why !== 'link down') log?.warn({ consumer: name, why }, 'a pull ended early');
      await pause(why === 'link down' ? 100 : 500);
    }
    running = undefined;
    wake();
  };
  return {
    async next(max) {
      for (;;) {
        if (!stopped && running === undefined && buffer.length < max) void keepPulling(max - buffer.length);
        if (stopped || buffer.length > 0) return buffer.splice(0, max);
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
    stop() {
      stopped = true;
      running?.stop();
      for (const message of buffer) message.giveBack(0);
      buffer = [];
      wake();
    },
  };
}
