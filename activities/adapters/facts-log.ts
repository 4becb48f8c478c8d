/** A lead's log in the FACTS stream: appends with the expected sequence, reads from the leader. Decides nothing; PROTOCOL 5 to 8. */
import { createHash } from 'node:crypto';
import { NatsAway } from '../../events/ports';
import { leadSubject, streamNames } from '../../events/subjects';
import type { Decision } from '../../workflows/core/facts';
import { FactsAway, type Appended, type FactsLog, type StoredDecision } from '../ports';
import { readBulk } from './nats-bulk';
import type { Nats } from './nats-connection';

/** First 16 hex of SHA-256 of a message's bytes; the next decision's `prev`. */
export const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex').slice(0, 16);
export const decisionBytes = (decision: Decision): Uint8Array => Buffer.from(JSON.stringify(decision));
export const storedDecision = (seq: number, bytes: Uint8Array): StoredDecision => ({
  seq,
  digest: digestOf(bytes),
  decision: JSON.parse(Buffer.from(bytes).toString('utf8')) as Decision,
});

/** Wrong last sequence: single server, and while a cluster's leader is still committing another. */
const conflicts: ReadonlySet<number> = new Set([10071, 10164]);
const noMessage = 10037;

/** So many decisions are read from the leader one by one; a longer log in bulk, where a lag shows as a conflict at the next append. */
const singly = 16;

/** A decision has 8 s in all; an unanswered append leaves room for the read that follows it. */
const appendTimeoutMs = 2_500;

export function natsFactsLog(nats: Nats): FactsLog {
  const away = (error: unknown): never => {
    throw error instanceof NatsAway ? new FactsAway(error.message, { cause: error }) : error;
  };
  const get = async (
    request: { readonly last_by_subj: string } | { readonly seq: number; readonly next_by_subj: string },
  ): Promise<StoredDecision | undefined> => {
    const reply = await nats.api(`STREAM.MSG.GET.${streamNames.facts}`, request).catch(away);
    if (reply.error?.err_code === noMessage) return undefined;
    // JetStream without a leader, without quorum or without the stream: the log is away, not empty.
    if (reply.error !== undefined) throw new FactsAway(`FACTS cannot be read: ${reply.error.description ?? reply.error.code}`);
    const message = reply.message as { readonly seq: number; readonly data?: string };
    return storedDecision(message.seq, Buffer.from(message.data ?? '', 'base64'));
  };
  return {
    async append(decision, lastSeq): Promise<Appended> {
      const bytes = decisionBytes(decision);
      try {
        const ack = await nats.publishExpecting(leadSubject(decision.lead), bytes, lastSeq, appendTimeoutMs);
        if (!('refused' in ack)) return { as: 'stored', position: { n: decision.n, seq: ack.seq, digest: digestOf(bytes) } };
        if (conflicts.has(ack.refused)) return { as: 'conflict' };
        throw new FactsAway(`FACTS did not take the decision: ${ack.says} (${ack.refused})`);
      } catch (error) {
        // The link stands but no ack came: it may be stored, so the caller reads before it decides again.
        if (error instanceof NatsAway && nats.isUp()) return { as: 'conflict' };
        return away(error);
      }
    },
    last: (leadId) => get({ last_by_subj: leadSubject(leadId) }),
    async after(leadId, seq, limit) {
      const subject = leadSubject(leadId);
      const found: StoredDecision[] = [];
      for (let fromSeq = seq + 1; found.length < limit;) {
        const left = limit - found.length;
        if (found.length === singly && left > singly) {
          const rest = await readBulk(nats, { stream: streamNames.facts, subject, fromSeq, limit: left }).catch(away);
          return [...found, ...rest.map((message) => storedDecision(message.seq, message.data))];
        }
        const next = await get({ seq: fromSeq, next_by_subj: subject });
        if (next === undefined) break;
        found.push(next);
        fromSeq = next.seq + 1;
      }
      return found;
    },
  };
}
