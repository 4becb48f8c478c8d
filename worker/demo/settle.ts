/** Waits until nothing is on its way any more, then reads the log and the mail server at one moment. Knows no rule of nurturing. */
import { readAllDecisions } from '../../activities/adapters/facts-reader';
import type { Nats } from '../../activities/adapters/nats-connection';
import type { StoredDecision } from '../../activities/ports';
import { consumers } from '../../events/streams';
import { toldBy } from './compare';
import type { Mail, Receiver } from './receiver';

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
};

/** Engine time goes on meanwhile and touches keep falling due, so the two are read together in a moment when nothing is on its way. */
export async function settle(nats: Nats, receiver: Receiver, { afterSeq, patienceMs }: SettleOptions): Promise<Settled> {
  const until = Date.now() + patienceMs;
  const decisions: StoredDecision[] = [];
  let seq = afterSeq;
  for (;;) {
    const waiting = await undelivered(nats);
    const held = [...receiver.mails];
    seq = await readAllDecisions(nats, (stored) => void decisions.push(stored), { afterSeq: seq });
    const { open } = toldBy(decisions);
    // Facts come before and after every mail, so with nothing open and no mail meanwhile both tell of the same mails.
    if (waiting === 0 && open.length === 0 && receiver.mails.length === held.length) return { decisions, mails: held, unsettled: [] };
    if (Date.now() > until) {
      const unsettled = [
        ...(waiting > 0 ? [`${waiting} events have not reached their leads`] : []),
        ...(open.length > 0
          ? [`${open.length} effects have not ended: ${open.slice(0, 3).join(', ')}${open.length > 3 ? ', …' : ''}`]
          : []),
      ];
      return { decisions, mails: held, unsettled };
    }
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
