/** Brings what is on its way to rest, then reads the log and the mail server at one moment. Knows no rule of nurturing. */
import { readAllDecisions } from '../../activities/adapters/facts-reader';
import type { Nats } from '../../activities/adapters/nats-connection';
import type { StoredDecision } from '../../activities/ports';
import { consumers } from '../../events/streams';
import type { Hush } from './hush';
import type { Mail, Receiver } from './receiver';
import { standing } from './standing';

export type Settled = {
  readonly decisions: readonly StoredDecision[];
  readonly mails: readonly Mail[];
  /** What was still on its way when patience ended; empty = all came to rest. */
  readonly unsettled: readonly string[];
};

export type SettleOptions = {
  /** Stream sequence of FACTS before the demo. */
  readonly afterSeq: number;
  readonly patienceMs: number;
  readonly hush: Hush;
  readonly interrupted: AbortSignal;
};

/** Engine time goes on meanwhile, so whoever is still on a sequence is paused: else the next touch falls due before the last is counted. */
export async function settle(nats: Nats, receiver: Receiver, { afterSeq, patienceMs, hush, interrupted }: SettleOptions): Promise<Settled> {
  const until = Date.now() + patienceMs;
  const all = standing();
  let seq = afterSeq;
  for (;;) {
    interrupted.throwIfAborted();
    const waiting = await undelivered(nats);
    const held = [...receiver.mails];
    seq = await readAllDecisions(nats, all.add, { afterSeq: seq });
    const open = all.open();
    // Facts come before and after every mail, so with nothing open and no mail meanwhile both tell of the same mails.
    const atRest = waiting === 0 && open.length === 0 && receiver.mails.length === held.length;
    if (atRest) return { decisions: all.decisions, mails: held, unsettled: [] };
    if (Date.now() > until) {
      const unsettled = [
        ...(waiting > 0 ? [`${waiting} events have not reached their leads`] : []),
        ...(open.length > 0
          ? [`${open.length} effects have not ended: ${open.slice(0, 3).join(', ')}${open.length > 3 ? ', …' : ''}`]
          : []),
      ];
      return { decisions: all.decisions, mails: held, unsettled };
    }
    await hush.pause(all.enrolled());
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** Messages of the engagement stream that the router or the opt-outs have not acknowledged. */
async function undelivered(nats: Nats): Promise<number> {
  const counts = await Promise.all(
    [consumers.router, consumers.optouts].map(async ({ stream, durable_name }) => {
      const info = (await nats.api(`CONSUMER.INFO.${stream}.${durable_name}`)) as {
        readonly num_pending?: number;
        readonly num_ack_pending?: number;
      };
      return (info.num_pending ?? 0) + (info.num_ack_pending ?? 0);
    }),
  );
  return counts.reduce((all, count) => all + count, 0);
}
