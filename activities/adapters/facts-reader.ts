/** Reads decisions back from FACTS, of one lead or of all, as they were stored (not upcast). For rebuilds, accounts and timelines; never for appending. */
import type { Log } from '../../events/ports';
import { leadOfSubject, leadSubject, streamNames } from '../../events/subjects';
import type { StoredDecision } from '../ports';
import { storedDecision } from './facts-log';
import type { Nats } from './nats-connection';
import { orderedReader } from './nats-reader';

export type ReadOptions = { /** Stream sequence to start behind; 0 = from the first. */ readonly afterSeq?: number; readonly log?: Log };

/** All decisions of one lead, oldest first. */
export async function readDecisions(nats: Nats, leadId: string, options: ReadOptions = {}): Promise<readonly StoredDecision[]> {
  const found: StoredDecision[] = [];
  const last = await nats.api(`STREAM.MSG.GET.${streamNames.facts}`, { last_by_subj: leadSubject(leadId) });
  if (last.error?.err_code === 10037) return [];
  if (last.error !== undefined) throw new Error(`FACTS cannot be read: ${last.error.description ?? last.error.code}`);
  await read(nats, leadSubject(leadId), (last.message as { readonly seq: number }).seq, (stored) => void found.push(stored), options);
  return found;
}

/** Every decision up to the moment of the call, in stream order. Returns the last one's sequence, for `afterSeq` of the next call. */
export async function readAllDecisions(
  nats: Nats,
  onDecision: (stored: StoredDecision) => void,
  options: ReadOptions = {},
): Promise<number> {
  const last = await nats.api(`STREAM.MSG.GET.${streamNames.facts}`, { last_by_subj: 'facts.lead.>' });
  const through = last.error === undefined ? (last.message as { readonly seq: number }).seq : 0;
  await read(nats, 'facts.lead.>', through, onDecision, options);
  return Math.max(through, options.afterSeq ?? 0);
}

async function read(
  nats: Nats,
  filter: string,
  throughSeq: number,
  onDecision: (stored: StoredDecision) => void,
  { afterSeq = 0, log }: ReadOptions,
): Promise<void> {
  if (throughSeq <= afterSeq) return;
  const reader = orderedReader(nats, { stream: streamNames.facts, filter, fromSeq: afterSeq + 1 }, log === undefined ? {} : { log });
  try {
    for (let seq = afterSeq; seq < throughSeq;) {
      for (const message of await reader.next(1_000)) {
        seq = message.seq;
        if (seq <= throughSeq && leadOfSubject(message.subject) !== undefined) onDecision(storedDecision(seq, message.data));
      }
    }
  } finally {
    reader.stop();
  }
}
