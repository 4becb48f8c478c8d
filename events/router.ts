/** Brings every event of the stream to its lead: parse, identify, strip, group by lead, deliver, ack. Sees ports only; nothing is acked before it is somewhere safe. */
import { cachedIdentities } from './identities';
import { identityHash, type Identity } from './hashes';
import { leadQueues, queueDefaults, type QueueOptions } from './lead-queues';
import type { AnonymousStore, Identified, Identifier, Inflow, LeadDoor, Log, Received, RejectedSink, ToEngine } from './ports';
import { inputOf, jsonOf, parseEvent, surestIdentity, whoIs, type Fault, type Known } from './strip';
import { streamNames } from './subjects';
import type { Input } from '../workflows/core/inputs';
import type { Who } from './engagement';

export type RouterPorts = {
  readonly inflow: Inflow;
  readonly identifier: Identifier;
  readonly anonymous: AnonymousStore;
  readonly door: LeadDoor;
  readonly rejected: RejectedSink;
  readonly toEngine: ToEngine;
  readonly log: Log;
};
export type RouterOptions = Partial<QueueOptions> & {
  readonly secret: string;
  /** Messages under way at most. */
  readonly maxHeld?: number;
  /** After so many deliveries a message goes to REJECTED instead of round again. */
  readonly maxDeliveries?: number;
  /** How long `stop` waits for what is under way. */
  readonly drainMs?: number;
};
export type RouterStats = {
  readonly received: number;
  readonly delivered: number;
  readonly batches: number;
  readonly rejected: number;
  readonly held: number;
};
export type Router = { stop(): Promise<void>; stats(): RouterStats };

type Item = { readonly message: Received; readonly parsed: Known };

/** Pairs of visitor and lead remembered as claimed. */
const mostClaimed = 10_000;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const said = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export function startRouter(
  ports: RouterPorts,
  { secret, maxHeld = 2_000, maxDeliveries = 10, drainMs = 10_000, ...queueOptions }: RouterOptions,
): Router {
  const { inflow, log } = ports;
  let stopping = false;
  let received = 0;
  let rejected = 0;
  const held = new Set<Received>();
  let wake: () => void = () => undefined;
  const changed = (): void => wake();
  const queues = leadQueues(ports.door, { ...queueDefaults, ...queueOptions }, changed);
  const identities = cachedIdentities(ports.identifier);

  const release = (message: Received): void => {
    held.delete(message);
    changed();
  };
  const ack = (message: Received): void => void message.ack().finally(() => release(message));
  const giveBack = (message: Received): void => {
    message.giveBack(stopping ? 0 : Math.min(1_000 * 2 ** message.deliveries, 60_000));
    release(message);
  };

  /** Until it works, we stop, or so many attempts; messages under way stay ours meanwhile. `undefined` = it did not work. */
  const insist = async <T>(what: string, work: () => Promise<T>, attempts = Infinity): Promise<T | undefined> => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await work();
      } catch (error) {
        if (attempt === 1 || attempt % 20 === 0) log.warn({ what, attempt, says: said(error) }, 'the router waits and tries again');
        if (stopping || attempt >= attempts) return undefined;
        await sleep(Math.min(100 * 2 ** attempt, 3_000));
      }
    }
  };

  const reject = async (message: Received, fault: Fault, keepOriginal = true): Promise<void> => {
    const json = jsonOf(message.data);
    const identity: Identity | undefined = surestIdentity(json);
    const stored = await insist('reject', async () => {
      await ports.rejected.reject({
        ...fault,
        identityHash: identityHash(secret, identity),
        original: keepOriginal ? (json ?? Buffer.from(message.data).toString('utf8')) : null,
        subject: message.subject,
        msgId: `${streamNames.engagement}-${message.seq}-${fault.code}`,
      });
      return true;
    });
    if (stored === undefined) return giveBack(message);
    rejected += 1;
    log.warn({ seq: message.seq, code: fault.code, path: fault.path }, 'a message was rejected');
    ack(message);
  };

  /** An event that carries a visitor's id and a known identity says who the visitor was; asked once a pair, before the event is acked. */
  const claimed = new Set<string>();
  const claimVisitor = async ({ anonymous }: Who, leadId: string): Promise<void> => {
    const pair = `${anonymous} ${leadId}`;
    if (anonymous === undefined || claimed.has(pair)) return;
    if (claimed.size >= mostClaimed) claimed.clear();
    claimed.add(pair);
    if ((await insist('claim', () => ports.anonymous.claim({ anonymous, leadId }), 5)) === undefined) claimed.delete(pair);
  };

  const enqueue = (leadId: string, message: Received, input: Input, who: Who = {}): void =>
    queues.push(leadId, {
      input,
      size: message.data.length + 200,
      done: () => void claimVisitor(who, leadId).then(() => ack(message)),
      refused: (fault) => void reject(message, fault),
      giveBack: () => giveBack(message),
    });

  const unknown = async ({ message, parsed }: Item, input: Input): Promise<void> => {
    const who = whoIs(parsed);
    if (who.anonymous === undefined || Object.entries(who).some(([kind, value]) => kind !== 'anonymous' && value !== undefined)) {
      return reject(message, {
        code: 'lead-unknown',
        path: parsed.as === 'internal' ? 'data.leadId' : 'data.who',
        says: 'no lead has this identity',
      });
    }
    const { anonymous } = who;
    const kept = await insist('anonymous', () => ports.anonymous.keepAnonymous({ anonymous, input }), 5);
    if (kept === undefined) return giveBack(message);
    return kept.as === 'lead' ? enqueue(kept.leadId, message, input) : ack(message);
  };

  /** Queues at once, so that the order of a lead's messages stays; what must be kept elsewhere goes its own way and holds up nobody. */
  const route = (item: Item, found: Identified): void => {
    if (found?.as === 'erased') {
      return void reject(item.message, { code: 'lead-erased', says: 'the person was erased; the message is not kept' }, false);
    }
    const input = inputOf(item.parsed, { secret, nowAt: ports.toEngine(item.message.storedAt) });
    if (found === undefined) void unknown(item, input);
    else enqueue(found.leadId, item.message, input, whoIs(item.parsed));
  };

  const take = async (messages: readonly Received[]): Promise<void> => {
    const items: Item[] = [];
    for (const message of messages) {
      if (message.deliveries > maxDeliveries) {
        void reject(message, { code: 'event-undeliverable', says: `it was delivered ${message.deliveries - 1} times in vain` });
        continue;
      }
      const parsed = parseEvent(message.data);
      if (parsed.as === 'faulty') void reject(message, parsed.fault);
      else items.push({ message, parsed });
    }
    if (items.length === 0) return;
    const found = await insist('identify', () => identities.find(items.map(({ parsed }) => whoIs(parsed))));
    if (found === undefined) return items.forEach(({ message }) => giveBack(message));
    items.forEach((item, index) => route(item, found[index]));
  };

  const run = async (): Promise<void> => {
    while (!stopping) {
      if (held.size >= maxHeld || queues.isAway()) {
        await Promise.race([new Promise<void>((resolve) => (wake = resolve)), sleep(1_000)]);
        continue;
      }
      const messages = await inflow.next(Math.min(256, maxHeld - held.size));
      received += messages.length;
      for (const message of messages) held.add(message);
      await take(messages);
    }
  };
  const running = run();

  return {
    stats: () => ({ received, rejected, held: held.size, delivered: queues.delivered.inputs, batches: queues.delivered.batches }),
    async stop() {
      stopping = true;
      changed();
      inflow.stop();
      await running;
      await queues.drain(drainMs);
      for (const until = Date.now() + drainMs; held.size > 0 && Date.now() < until;) await sleep(10);
    },
  };
}
