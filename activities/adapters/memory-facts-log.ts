/** The facts log in memory, for tests and the simulator: same conflicts, same digests, and a link that can be cut. */
import type { Decision } from '../../workflows/core/facts';
import { FactsAway, type FactsLog, type StoredDecision } from '../ports';
import { decisionBytes, digestOf, storedDecision } from './facts-log';

export interface MemoryFactsLog extends FactsLog {
  /** Every call throws `FactsAway` while down. */
  setUp(up: boolean): void;
  /** The next append is stored and its answer lost. */
  loseNextAck(): void;
  /** All decisions of all leads in stream order. */
  all(): readonly StoredDecision[];
}

export function memoryFactsLog(): MemoryFactsLog {
  const stored: { readonly seq: number; readonly lead: string; readonly bytes: Uint8Array }[] = [];
  let up = true;
  let loseAck = false;
  const check = (): void => {
    if (!up) throw new FactsAway('the link to NATS is down');
  };
  const decode = ({ seq, bytes }: { readonly seq: number; readonly bytes: Uint8Array }): StoredDecision => storedDecision(seq, bytes);
  const append = (decision: Decision, lastSeq: number): ReturnType<FactsLog['append']> => {
    const last = stored.findLast((entry) => entry.lead === decision.lead)?.seq ?? 0;
    if (last !== lastSeq) return Promise.resolve({ as: 'conflict' });
    const bytes = decisionBytes(decision);
    const seq = stored.length + 1;
    stored.push({ seq, lead: decision.lead, bytes });
    if (!loseAck) return Promise.resolve({ as: 'stored', position: { n: decision.n, seq, digest: digestOf(bytes) } });
    loseAck = false;
    return Promise.resolve({ as: 'conflict' });
  };
  return {
    async append(decision, lastSeq) {
      check();
      return append(decision, lastSeq);
    },
    async last(leadId) {
      check();
      const last = stored.findLast((entry) => entry.lead === leadId);
      return last === undefined ? undefined : decode(last);
    },
    async after(leadId, seq, limit) {
      check();
      return stored
        .filter((entry) => entry.lead === leadId && entry.seq > seq)
        .slice(0, limit)
        .map(decode);
    },
    setUp: (now) => void (up = now),
    loseNextAck: () => void (loseAck = true),
    all: () => stored.map(decode),
  };
}
