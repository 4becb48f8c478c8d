/** Brings opt-outs, complaints and hard bounces to the people store, on a consumer of their own so that nothing else delays them. Sees ports only. */
import type { EngagementData, EngagementType, Envelope } from './engagement';
import type { Inflow, Log, OptOut, OptOuts, Received, ToEngine } from './ports';
import { parseEvent } from './strip';

export type OptOutPorts = { readonly inflow: Inflow; readonly optOuts: OptOuts; readonly toEngine: ToEngine; readonly log: Log };

/** What the event asks of the people store, or `undefined` where it is no opt-out. A soft or policy bounce is none. `nowAt`: engine's clock. */
export function optOutOf(type: EngagementType, envelope: Envelope, data: EngagementData, nowAt: number): OptOut | undefined {
  const because =
    type === 'email.unsubscribed'
      ? 'unsubscribed'
      : type === 'email.complained'
        ? 'complained'
        : type === 'email.bounced' && data.kind === 'hard'
          ? 'bounced'
          : undefined;
  if (because === undefined) return undefined;
  const occurredAt = envelope.time === undefined ? nowAt : Math.min(Date.parse(envelope.time), nowAt);
  return { who: data.who, because, occurredAt, source: envelope.source, id: envelope.id };
}

const attempts = 5;

/** Acked only when the people store has it; a malformed one is left to the router, which rejects it. */
export function startOptOuts({ inflow, optOuts, toEngine, log }: OptOutPorts): { stop(): Promise<void> } {
  let stopping = false;
  const handle = async (message: Received): Promise<void> => {
    const parsed = parseEvent(message.data);
    const optOut = parsed.as === 'engagement' ? optOutOf(parsed.type, parsed.envelope, parsed.data, toEngine(message.storedAt)) : undefined;
    for (let attempt = 1; optOut !== undefined; attempt++) {
      try {
        await optOuts.recordOptOut(optOut);
        break;
      } catch (error) {
        log.error(
          { seq: message.seq, attempt, says: error instanceof Error ? error.message : String(error) },
          'an opt-out could not be recorded; it is tried again',
        );
        if (stopping || attempt >= attempts) return message.giveBack(stopping ? 0 : 5_000);
        await new Promise((resolve) => setTimeout(resolve, 100 * 2 ** attempt));
      }
    }
    await message.ack();
  };
  const run = async (): Promise<void> => {
    const under = new Set<Promise<void>>();
    while (!stopping) {
      for (const message of await inflow.next(100)) {
        const work: Promise<void> = handle(message).finally(() => under.delete(work));
        under.add(work);
      }
      if (under.size >= 200) await Promise.race(under);
    }
    await Promise.all(under);
  };
  const running = run();
  return {
    async stop() {
      stopping = true;
      inflow.stop();
      await running;
    },
  };
}
