/** Inputs waiting for their leads: one delivery a lead at a time, as many inputs in it as have gathered, so many leads at once. Knows no stream. */
import type { Input } from '../workflows/core/inputs';
import type { Fault } from './strip';
import type { Delivered, LeadDoor } from './ports';

export type Waiting = {
  readonly input: Input;
  /** Bytes it adds to a signal, about. */
  readonly size: number;
  readonly done: () => void;
  /** The lead never takes it. */
  readonly refused: (fault: Fault) => void;
  /** Tried in vain for now. */
  readonly giveBack: () => void;
};

export type QueueOptions = {
  /** Deliveries at once. */
  readonly slots: number;
  /** So long a lead's inputs gather while we are busy. */
  readonly lingerMs: number;
  /** More inputs waiting than this is busy. */
  readonly busyAbove: number;
  /** First pause after a failure, doubling up to 20 times as long. */
  readonly retryMs: number;
  /** Failures in a row before a lead's inputs go back to the stream. */
  readonly attempts: number;
};
export const queueDefaults: QueueOptions = { slots: 64, lingerMs: 200, busyAbove: 64, retryMs: 200, attempts: 5 };

const mostInputs = 100;
const mostBytes = 400_000;

type Queue = {
  waiting: Waiting[];
  readyAt: number;
  failures: number;
  sending: boolean;
  /** One input a delivery, to find the culprit. */ single: boolean;
};

export type LeadQueues = {
  push(leadId: string, waiting: Waiting): void;
  /** Nobody gets through: do not pull more. */
  isAway(): boolean;
  /** Everything waiting is ready now; resolves when nothing waits, or gives back the rest after `timeoutMs`. */
  drain(timeoutMs: number): Promise<void>;
  readonly delivered: { batches: number; inputs: number };
};

export function leadQueues(door: LeadDoor, options: QueueOptions, onChange: () => void): LeadQueues {
  const queues = new Map<string, Queue>();
  const delivered = { batches: 0, inputs: 0 };
  let sending = 0;
  let waitingInputs = 0;
  let awayFailures = 0;
  let draining = false;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;

  const pauseMs = (failures: number): number => Math.min(options.retryMs * 2 ** (failures - 1), options.retryMs * 20);

  const pump = (): void => {
    if (closed) return;
    const now = Date.now();
    let soonest = Infinity;
    for (const [leadId, queue] of queues) {
      if (sending >= options.slots) return;
      if (queue.sending) continue;
      if (queue.readyAt <= now) void send(leadId, queue);
      else soonest = Math.min(soonest, queue.readyAt);
    }
    clearTimeout(timer);
    if (soonest !== Infinity) timer = setTimeout(pump, Math.max(1, soonest - Date.now()));
  };

  const take = (queue: Queue): Waiting[] => {
    let bytes = 0;
    let count = 0;
    for (const { size } of queue.waiting) {
      if (count > 0 && (count === mostInputs || bytes + size > mostBytes || queue.single)) break;
      bytes += size;
      count += 1;
    }
    return queue.waiting.splice(0, count);
  };

  async function send(leadId: string, queue: Queue): Promise<void> {
    queue.sending = true;
    sending += 1;
    const batch = take(queue);
    const result: Delivered | { readonly as: 'failed'; readonly says: string } = await door
      .deliver(
        leadId,
        batch.map(({ input }) => input),
      )
      .catch((error: unknown) => ({ as: 'failed' as const, says: error instanceof Error ? error.message : String(error) }));
    sending -= 1;
    queue.sending = false;
    settle(queue, batch, result);
    if (queue.waiting.length === 0) queues.delete(leadId);
    pump();
    onChange();
  }

  const settle = (queue: Queue, batch: Waiting[], result: Delivered | { readonly as: 'failed'; readonly says: string }): void => {
    if (result.as === 'delivered') {
      if (result.ahead !== true) awayFailures = 0;
      queue.failures = 0;
      queue.single = queue.single && queue.waiting.length > 0;
      delivered.batches += 1;
      delivered.inputs += batch.length;
      return end(batch, ({ done }) => done());
    }
    if (result.as === 'later') return again(queue, batch, result.afterMs);
    if (result.as === 'away') {
      awayFailures += 1;
      return again(queue, batch, pauseMs(Math.min(awayFailures, 10)));
    }
    if (batch.length > 1) {
      queue.single = true;
      return again(queue, batch, 0);
    }
    if (result.as === 'refused') return end(batch, ({ refused }) => refused({ code: result.code, says: result.says }));
    queue.failures += 1;
    if (queue.failures < options.attempts && !draining) return again(queue, batch, pauseMs(queue.failures));
    queue.failures = 0;
    return end(batch, ({ giveBack }) => giveBack());
  };

  const again = (queue: Queue, batch: readonly Waiting[], afterMs: number): void => {
    if (closed) return end(batch, ({ giveBack }) => giveBack());
    queue.waiting.unshift(...batch);
    // Never at once: a door that answers without waiting would be asked in one endless breath.
    queue.readyAt = Date.now() + Math.max(1, afterMs);
  };
  const end = (batch: readonly Waiting[], how: (waiting: Waiting) => void): void => {
    waitingInputs -= batch.length;
    // Nobody waits for Temporal: the next event finds out whether it is back.
    if (waitingInputs === 0) awayFailures = 0;
    for (const waiting of batch) how(waiting);
  };

  return {
    delivered,
    isAway: () => awayFailures > 0,
    push(leadId, waiting) {
      waitingInputs += 1;
      let queue = queues.get(leadId);
      if (queue === undefined) {
        queue = {
          waiting: [],
          readyAt: waitingInputs > options.busyAbove && !draining ? Date.now() + options.lingerMs : 0,
          failures: 0,
          sending: false,
          single: false,
        };
        queues.set(leadId, queue);
      }
      queue.waiting.push(waiting);
      if (queue.waiting.length >= mostInputs && queue.failures === 0) queue.readyAt = 0;
      pump();
    },
    async drain(timeoutMs) {
      draining = true;
      for (const queue of queues.values()) if (queue.failures === 0 && awayFailures === 0) queue.readyAt = 0;
      const until = Date.now() + timeoutMs;
      for (pump(); waitingInputs > 0 && Date.now() < until;) await new Promise((resolve) => setTimeout(resolve, 10));
      closed = true;
      clearTimeout(timer);
      for (const queue of queues.values()) end(queue.waiting.splice(0), ({ giveBack }) => giveBack());
    },
  };
}
